package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of a sweep, for a terminal: a line for each point, with the mean of some metrics and how sure it is. */
public final class SweepTable {
    /** Most points that a table shows; {@code summary.csv} has all. */
    public static final int MOST_POINTS = 200;

    private static final int MOST_FAILURES = 5;

    /** What is shown if nothing is chosen: the first of these that some run measured. */
    private static final List<String> USUAL = List.of(
            "detection-first.mean",
            "detection-all.p99",
            "undetected",
            "false-failures",
            "agreement",
            "event-all.p99",
            "events-delivered",
            "state-all.p99",
            "state-delivered",
            "bytes",
            "queue-peak");

    private static final int MOST_COLUMNS = 6;

    private SweepTable() {}

    /**
     * Reads {@code --metrics a,b}.
     *
     * @throws SweepException if there is no such metric; names it and those there are
     */
    public static List<String> metrics(String text) throws SweepException {
        List<String> names = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (Metric.find(name) == null) {
                throw new SweepException("--metrics: there is no metric '" + name + "'; there are "
                        + String.join(", ", Metric.ALL.keySet()));
            }
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The metrics to show of these results, if nobody chose. */
    public static List<String> usual(Results results) {
        List<String> measured = results.metrics();
        return USUAL.stream().filter(measured::contains).limit(MOST_COLUMNS).toList();
    }

    /** The table, with line ends, and what failed below it. */
    public static String show(Results results, List<String> metrics) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>();
        results.plan().axes().forEach(axis -> head.add(axis.path()));
        head.add("runs");
        head.add("failed");
        head.addAll(metrics);
        rows.add(head);
        Map<Point, List<Row>> byPoint = results.byPoint();
        byPoint.entrySet().stream().limit(MOST_POINTS).forEach(point -> {
            List<String> cells = new ArrayList<>(point.getKey().parameters().values());
            List<Row> runs = point.getValue();
            cells.add(Integer.toString(runs.size()));
            cells.add(Long.toString(runs.stream().filter(row -> !row.passed()).count()));
            metrics.forEach(metric -> cells.add(cell(metric, runs)));
            rows.add(cells);
        });
        StringBuilder text = new StringBuilder(align(rows, results.plan().axes().size()));
        if (byPoint.size() > MOST_POINTS) {
            text.append("and ").append(byPoint.size() - MOST_POINTS).append(" more points\n");
        }
        text.append(failures(results));
        return text.toString();
    }

    /** The mean of a metric, half the width of its interval, and how many runs measured it if not all. */
    static String cell(String metric, List<Row> runs) {
        Optional<Summary> summary = Summary.of(metric, runs);
        if (summary.isEmpty()) {
            return "-";
        }
        Summary s = summary.get();
        Metric.Unit unit = Results.unit(metric);
        double half = s.high() - s.mean();
        String some = s.n() < runs.size() ? " (" + s.n() + " runs)" : "";
        return unit.show(s.mean()) + (half > 0 ? " ±" + unit.show(half) : "") + some;
    }

    private static String failures(Results results) {
        List<Point> points = results.plan().points();
        StringBuilder text = new StringBuilder();
        List<Row> failed = results.rows().stream().filter(row -> !row.passed()).toList();
        for (Row row : failed.subList(0, Math.min(MOST_FAILURES, failed.size()))) {
            String why = row.failure().isEmpty() ? "not met: " + String.join("; ", row.unmet()) : row.failure();
            text.append("failed: ")
                    .append(new Run(points.get(row.point()), row.seed()).show())
                    .append(": ")
                    .append(why)
                    .append('\n');
        }
        if (failed.size() > MOST_FAILURES) {
            text.append("and ").append(failed.size() - MOST_FAILURES).append(" more failed; results.csv has all\n");
        }
        return text.toString();
    }

    /** Columns two spaces apart: texts to the left, figures to the right. */
    private static String align(List<List<String>> rows, int texts) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String blanks = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ");
                line.append(i < texts ? row.get(i) + blanks : blanks + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
