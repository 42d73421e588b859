package dev.hearsay.experiment.sweep;

import java.nio.file.Path;
import java.util.List;

/** Writes everything that a complete sweep leaves behind. */
public final class ResultFiles {
    /** All results, for programs. */
    public static final String JSON = "results.json";

    private ResultFiles() {}

    /**
     * Writes the files; each is whole or not there.
     *
     * @return their names
     */
    public static List<String> write(Path folder, Results results) throws SweepException {
        SweepFolder.write(folder.resolve(JSON), target -> ResultsJson.write(results, target));
        SweepFolder.write(folder.resolve("results.csv"), target -> CsvFiles.runs(results, target));
        SweepFolder.write(folder.resolve("summary.csv"), target -> CsvFiles.summary(results, target));
        return List.of(JSON, "results.csv", "summary.csv");
    }
}
