package dev.hearsay.experiment.sweep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results of a sweep for a spreadsheet, quoted as in RFC 4180: {@code results.csv} and {@code summary.csv}. */
final class CsvFiles {
    private CsvFiles() {}

    /** A line for each run: parameters, seed, whether it passed, every metric. What was not measured is empty. */
    static void runs(Results results, Path target) throws IOException {
        List<String> metrics = results.metrics();
        List<String> head = new ArrayList<>();
        results.plan().axes().forEach(axis -> head.add(axis.path()));
        head.addAll(List.of("seed", "passed", "failure", "unmet", "trace-hash", "members", "seconds"));
        head.addAll(metrics);
        List<Point> points = results.plan().points();
        try (BufferedWriter out = Files.newBufferedWriter(target)) {
            line(out, head);
            for (Row row : results.rows()) {
                List<String> cells =
                        new ArrayList<>(points.get(row.point()).parameters().values());
                cells.add(Long.toString(row.seed()));
                cells.add(Boolean.toString(row.passed()));
                cells.add(row.failure());
                cells.add(String.join("; ", row.unmet()));
                cells.add(row.traceHash());
                cells.add(Integer.toString(row.members()));
                cells.add(Json.number(row.seconds()));
                for (String metric : metrics) {
                    Double value = row.metrics().get(metric);
                    cells.add(value == null ? "" : Json.number(value));
                }
                line(out, cells);
            }
        }
    }

    /** A line for each point and metric. */
    static void summary(Results results, Path target) throws IOException {
        List<String> metrics = results.metrics();
        List<String> head = new ArrayList<>();
        results.plan().axes().forEach(axis -> head.add(axis.path()));
        head.addAll(List.of("runs", "failed", "metric", "unit", "n", "mean", "median", "p5", "p95", "low", "high"));
        try (BufferedWriter out = Files.newBufferedWriter(target)) {
            line(out, head);
            for (Map.Entry<Point, List<Row>> point : results.byPoint().entrySet()) {
                List<Row> rows = point.getValue();
                long failed = rows.stream().filter(row -> !row.passed()).count();
                for (String metric : metrics) {
                    Optional<Summary> measured = Summary.of(metric, rows);
                    if (measured.isEmpty()) {
                        continue;
                    }
                    Summary summary = measured.get();
                    List<String> cells =
                            new ArrayList<>(point.getKey().parameters().values());
                    cells.addAll(List.of(Integer.toString(rows.size()), Long.toString(failed), metric));
                    cells.add(Results.unit(metric).name().toLowerCase(Locale.ROOT));
                    cells.add(Integer.toString(summary.n()));
                    cells.add(Json.number(summary.mean()));
                    cells.add(Json.number(summary.median()));
                    cells.add(Json.number(summary.p5()));
                    cells.add(Json.number(summary.p95()));
                    cells.add(Json.number(summary.low()));
                    cells.add(Json.number(summary.high()));
                    line(out, cells);
                }
            }
        }
    }

    private static void line(BufferedWriter out, List<String> cells) throws IOException {
        String between = "";
        for (String cell : cells) {
            out.write(between);
            out.write(cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"');
            between = ",";
        }
        out.write("\n");
    }
}
