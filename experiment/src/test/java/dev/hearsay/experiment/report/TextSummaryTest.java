package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TextSummaryTest {
    @Test
    void aRunReadsWellInATerminal() throws IOException {
        assertEquals(golden("rack-loss.txt"), text(SampleRun.rackLoss()));
    }

    @Test
    void aBrokenInvariantComesFirst() throws IOException {
        assertEquals(golden("broken.txt"), text(SampleRun.broken()));
    }

    @Test
    void noLineIsLongerThanATerminal() {
        for (String line : TextSummary.lines(SampleRun.rackLoss(), false)) {
            assertTrue(line.length() <= TextSummary.WIDTH, line);
        }
    }

    @Test
    void coloursChangeNoLetter() {
        List<String> plain = TextSummary.lines(SampleRun.rackLoss(), false);
        List<String> coloured = TextSummary.lines(SampleRun.rackLoss(), true);
        assertTrue(coloured.stream().anyMatch(line -> line.contains("\u001b[31;1mFAIL\u001b[0m")));
        assertEquals(
                plain,
                coloured.stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                        .toList());
    }

    private static String text(RunResult result) {
        return String.join("\n", TextSummary.lines(result, false)) + "\n";
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TextSummaryTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
