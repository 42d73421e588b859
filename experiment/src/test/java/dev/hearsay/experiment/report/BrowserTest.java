package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, opened from the disk, where there is one. */
class BrowserTest {
    @TempDir
    private Path folder;

    @Test
    void everyPlotIsDrawnUnderThePagesOwnPolicy() throws Exception {
        String browser = Programs.installed("chromium");
        Path page = folder.resolve("report.html");
        StringBuilder html = new StringBuilder();
        HtmlReport.write(SampleRun.rackLoss(), html);
        Files.writeString(page, html);
        String drawn = Programs.run(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri().toString()));
        assertTrue(drawn.contains("data-ready=\"true\""), "the script ran to its end");
        assertFalse(drawn.contains("class=\"failed\""), "and drew all");
        assertEquals(count(drawn, "<figure"), count(drawn, "data-drawn="));
        assertEquals(count(drawn, "<figure"), count(drawn, "<svg viewBox="));
        // 3 lines of news, 4 distributions, 6 series
        assertEquals(13, count(drawn, "class=\"series"));
        assertEquals(
                3 * 2, count(drawn, "class=\"fault\""), "two flags over three plots: the last two faults are close");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
