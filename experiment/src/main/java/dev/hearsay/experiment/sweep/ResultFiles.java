package dev.hearsay.experiment.sweep;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes everything that a complete sweep leaves behind. */
public final class ResultFiles {
    /** All results, for programs. */
    public static final String JSON = "results.json";

    /** The page for people. */
    public static final String PAGE = "report.html";

    private ResultFiles() {}

    /**
     * Writes the files; each is whole or not there.
     *
     * @param metrics what the page shows
     * @return their names
     */
    public static List<String> write(Path folder, Results results, List<String> metrics) throws SweepException {
        SweepFolder.write(folder.resolve(JSON), target -> ResultsJson.write(results, target));
        SweepFolder.write(folder.resolve("results.csv"), target -> CsvFiles.runs(results, target));
        SweepFolder.write(folder.resolve("summary.csv"), target -> CsvFiles.summary(results, target));
        SweepFolder.write(folder.resolve(PAGE), target -> {
            try (Writer out = Files.newBufferedWriter(target)) {
                SweepPage.write(results, metrics, out);
            }
        });
        return List.of(PAGE, JSON, "results.csv", "summary.csv");
    }
}
