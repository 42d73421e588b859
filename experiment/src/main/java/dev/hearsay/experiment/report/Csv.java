package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Infection.Curve;
import dev.hearsay.experiment.run.Metric;
import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a result as tables for other programs: commas, one header line, quotes where needed (RFC 4180 with single line
 * feeds). Times are seconds of virtual time, shares 0 to 1; numbers are as exact as they were measured.
 */
final class Csv {
    private Csv() {}

    /** Each figure: name, value, unit, what it means. */
    static void metrics(RunResult result, Appendable out) throws IOException {
        row(out, "name", "value", "unit", "meaning");
        for (Map.Entry<String, Double> figure : new TreeMap<>(result.metrics()).entrySet()) {
            Metric metric = Figures.metric(figure.getKey());
            row(out, metric.name(), figure.getValue(), unit(metric.unit()), metric.meaning());
        }
    }

    /** Each series, one line for each moment. */
    static void series(RunResult result, Appendable out) throws IOException {
        row(out, "series", "unit", "seconds", "value");
        for (var entry : new TreeMap<>(result.series()).entrySet()) {
            var series = entry.getValue();
            for (int i = 0; i < series.times().size(); i++) {
                row(
                        out,
                        entry.getKey(),
                        unit(series.unit()),
                        series.times().get(i),
                        series.values().get(i));
            }
        }
    }

    /** Each distribution, one line for each value. */
    static void samples(RunResult result, Appendable out) throws IOException {
        row(out, "sample", "seconds");
        for (var entry : new TreeMap<>(result.samples()).entrySet()) {
            for (double value : entry.getValue().values()) {
                row(out, entry.getKey(), value);
            }
        }
    }

    /** Each watched event, one line for each moment at which somebody heard it; what theory expects is empty if it is silent. */
    static void infections(RunResult result, Appendable out) throws IOException {
        row(out, "event", "origin", "fired", "seconds", "informed", "theory");
        for (Curve curve : result.infections()) {
            for (int i = 0; i < curve.seconds().size(); i++) {
                row(
                        out,
                        curve.name(),
                        curve.origin(),
                        curve.fired(),
                        curve.seconds().get(i),
                        curve.informed().get(i),
                        i < curve.theory().size() ? curve.theory().get(i) : "");
            }
        }
    }

    /** A share is written as one, not in percent. */
    private static String unit(Metric.Unit unit) {
        return unit == Metric.Unit.SHARE ? "share" : unit.sign();
    }

    private static void row(Appendable out, Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            out.append(i == 0 ? "" : ",").append(quote(String.valueOf(cells[i])));
        }
        out.append('\n');
    }

    private static String quote(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
