package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearsay.experiment.run.Metric.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's own script, in Node.js: what needs no browser. */
class PageScriptTest {
    @TempDir
    private Path folder;

    @Test
    void theScriptIsCorrectJavaScript() throws Exception {
        String node = Programs.installed("node");
        Path script = folder.resolve("script.mjs");
        Files.writeString(script, resource("data.js") + resource("plots.js") + resource("page.js"));
        Programs.run(List.of(node, "--check", script.toString()));
    }

    @Test
    void valuesLookInThePageAsInTheTerminal() throws Exception {
        double[] values = {0, 1, 1234567, 0.25, 0.0123, 0.9996, 3.14159, 47.11, 999.4, 1834.26, -2.5, 26276};
        List<String> expected = new ArrayList<>();
        StringBuilder asked = new StringBuilder();
        for (Unit unit : Unit.values()) {
            for (double value : values) {
                expected.add(unit.show(value));
                asked.append(", show('" + unit + "', " + value + ")");
            }
        }
        assertEquals(new ObjectMapper().writeValueAsString(expected), evaluate("[" + asked.substring(2) + "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[0, 0.0025, 0.5, 59, 60, 61.5, 3600, 86461].map(clock) | [`0`,`2.5 ms`,`500 ms`,`59 s`,`1:00`,`1:02`,`1:00:00`,`24:01:01`]",
                "timeTicks(0, 300, 6) | [0,60,120,180,240,300]",
                "timeTicks(0, 3, 6) | null",
                "[-1, 0, 1.5, 9].map((x) => lastUpTo([0, 1, 2], x)) | [-1,0,1,2]",
                "[-1, 0.5, 7].map((x) => valueAt({x: [0, 1], y: [5, null]}, x)) | [null,5,null]",
                "extent({kind: `time`, unit: `COUNT`}, [{y: [450, null, 500]}]) | [442.5,507.5]",
                "extent({kind: `time`, unit: `COUNT`}, [{y: [0, 100]}]) | [0,104]",
                "extent({kind: `time`, unit: `SHARE`}, [{y: [0, 0]}]) | [0,0.01]",
                "extent({kind: `time`, unit: `COUNT`}, [{y: [null]}]) | [0,1]",
                "extent({kind: `infection`, unit: `COUNT`, top: 50}, [{y: [1, 40]}]) | [0,52]",
                "marks([{at: 1}, {at: 2}, {at: 9}], (x) => x * 10, 24).map((m) => m.label) | [`1–2`,`3`]",
                "rows([{x: [0, 2], y: [1, 2]}, {x: [1], y: [7]}], 9) | [[0,1,null],[1,1,7],[2,2,7]]",
                "rows([{x: [0, 1, 2, 3, 4], y: [5, 6, 7, 8, 9]}], 3) | [[0,5],[2,7],[4,9]]",
                "[tick(`BYTES_PER_SECOND`, 26000), tick(`COUNT`, 500), tick(`SHARE`, 0.05)] | [`26 kB/s`,`500`,`5 %`]",
            })
    void whatIsDrawnIsPreparedAsItShouldBe(String expression, String expected) throws Exception {
        assertEquals(expected.replace('`', '"'), evaluate(expression.replace('`', '"')));
    }

    private String evaluate(String expression) throws IOException, InterruptedException {
        String node = Programs.installed("node");
        Path script = folder.resolve("asked.mjs");
        Files.writeString(script, resource("data.js") + "\nconsole.log(JSON.stringify(" + expression + "));\n");
        return Programs.run(List.of(node, script.toString())).strip();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
