package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void look() throws IOException {
        for (var run : java.util.List.of(SampleRun.rackLoss(), SampleRun.broken())) {
            StringBuilder page = new StringBuilder();
            HtmlReport.write(run, page);
            Files.writeString(Path.of("/tmp/report-" + run.seed() + ".html"), page);
            TextSummary.lines(run, false).forEach(System.out::println);
        }
        assertTrue(true);
    }
}
