package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.run.RunResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonResultTest {
    @Provide
    Arbitrary<RunResult> results() {
        return Results.any();
    }

    @Property(tries = 500)
    void whatIsReadBackIsWhatWasWritten(@ForAll("results") RunResult result) throws IOException {
        String text = text(result);
        RunResult back = read(text);
        assertEquals(result, back);
        assertEquals(text, text(back), "equal results are equal bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "| no result of a run",
                "[] | no result of a run",
                "{\"seed\":1} | no result of a run",
                "{\"format\":2} | its format is 2, this version reads 1",
                "{\"format\":99999999999} | its format is 99999999999, this version reads 1",
                "{\"format\":\"1\"} | its format is 1",
                "{\"format\":1} | nothing follows",
                "{\"format\":1,\"seed\":\"x\"} | x.json:1: [\"seed\"]:",
                "{\"format\":1,\"seed\":1} | Missing creator property 'scenario'",
                "{\"format\":1,\"seed\":1 | x.json:1",
                "name: rack-loss | x.json:1: Unrecognized token 'name'",
            })
    void whatIsNoResultIsRefusedWithFilePlaceAndReason(String text, String reason) {
        String given = text == null ? "" : text;
        ResultException e = assertThrows(ResultException.class, () -> read(given));
        assertTrue(e.getMessage().startsWith("x.json:"), e.getMessage());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    private static String text(RunResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonResult.write(result, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static RunResult read(String text) throws IOException {
        return JsonResult.read("x.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
