package dev.hearsay.experiment.compare;

import dev.hearsay.experiment.report.JsonResult;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.sweep.Point;
import dev.hearsay.experiment.sweep.ResultFiles;
import dev.hearsay.experiment.sweep.Results;
import dev.hearsay.experiment.sweep.ResultsJson;
import dev.hearsay.experiment.sweep.Row;
import dev.hearsay.experiment.sweep.Run;
import dev.hearsay.experiment.sweep.SweepException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of two results.
 *
 * @param place where it was read, as it was given
 * @param scenario its name
 * @param text of the scenario file
 * @param points rows by parameters, in the order of the grid; a single run is one point without parameters
 */
public record Side(String place, String scenario, String text, Map<Map<String, String>, List<Row>> points) {
    /** What a single run leaves. */
    private static final String RUN = "result.json";

    /** Enough to see what a file begins with. */
    private static final int HEAD = 100;

    /**
     * Reads a folder of a sweep or of a run, or a file of results.
     *
     * @throws CompareException if there is none
     */
    public static Side read(Path place) throws CompareException {
        Path file = place;
        if (Files.isDirectory(place)) {
            file = place.resolve(ResultFiles.JSON);
            if (!Files.exists(file)) {
                file = place.resolve(RUN);
            }
            if (!Files.exists(file)) {
                boolean begun = Files.exists(place.resolve("sweep.json"));
                throw new CompareException(
                        place + " has no " + ResultFiles.JSON + " (of a sweep) and no " + RUN + " (of a run)"
                                + (begun ? ": its sweep is not complete; go on with it, or merge what there is" : ""));
            }
        } else if (!Files.exists(place)) {
            throw new CompareException(place + " does not exist");
        }
        try {
            return sweep(file) ? of(place, ResultsJson.read(file)) : of(place, run(file));
        } catch (SweepException e) {
            throw new CompareException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CompareException("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static boolean sweep(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains("\"" + ResultsJson.FORMAT + "\"");
        }
    }

    private static RunResult run(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return JsonResult.read(file.toString(), in);
        }
    }

    /** Of a sweep. */
    static Side of(Path place, Results results) {
        Map<Map<String, String>, List<Row>> points = new LinkedHashMap<>();
        results.byPoint().forEach((point, rows) -> {
            if (!rows.isEmpty()) {
                points.put(point.parameters(), rows);
            }
        });
        return new Side(
                place.toString(), results.plan().scenario(), results.plan().text(), points);
    }

    /** Of a single run. */
    static Side of(Path place, RunResult result) {
        Row row = Row.of(new Run(new Point(0, Map.of()), result.seed()), result);
        return new Side(place.toString(), result.scenario(), result.text(), Map.of(Map.of(), List.of(row)));
    }

    /** How many runs there are. */
    int runs() {
        return points.values().stream().mapToInt(List::size).sum();
    }
}
