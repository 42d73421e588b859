package dev.hearsay.experiment.scenario;

import dev.hearsay.experiment.run.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a figure must be for a run to pass.
 *
 * @param line where it stands in the file, from 1
 * @param metric its name, one of {@link Metric#ALL}
 * @param bound how it is compared
 * @param value with what, in the metric's unit
 * @param text the bound as it stands in the file
 */
public record Expectation(int line, String metric, Bound bound, double value, String text) {

    /** How a figure is compared. */
    public enum Bound {
        /** No more than that. */
        AT_MOST,
        /** No less than that. */
        AT_LEAST,
        /** Exactly that. */
        EXACTLY
    }

    private static final Map<String, Bound> WORDS = Map.of(
            "at most ", Bound.AT_MOST,
            "within ", Bound.AT_MOST,
            "at least ", Bound.AT_LEAST,
            "exactly ", Bound.EXACTLY);

    /** Whether a measured figure is as expected. */
    public boolean metBy(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= value;
            case AT_LEAST -> measured >= value;
            case EXACTLY -> measured == value;
        };
    }

    @Override
    public String toString() {
        return metric + ": " + text;
    }

    static List<Expectation> read(Section section) {
        List<Expectation> expectations = new ArrayList<>();
        for (String name : List.copyOf(section.keys())) {
            Metric metric = Metric.find(name);
            section.has(name);
            if (metric == null) {
                section.problem(name, "there is no such metric" + Section.nearest(name, Metric.ALL.keySet()));
                continue;
            }
            section.value(name, true, new Quantity<>(rule(metric), text -> {
                expectations.add(of(section.line(name), metric, text));
                return true;
            }));
        }
        return List.copyOf(expectations);
    }

    private static Expectation of(int line, Metric metric, String text) {
        for (Map.Entry<String, Bound> word : WORDS.entrySet()) {
            if (text.startsWith(word.getKey())) {
                String rest = text.substring(word.getKey().length()).strip();
                return new Expectation(line, metric.name(), word.getValue(), value(metric, rest), text);
            }
        }
        return new Expectation(line, metric.name(), Bound.EXACTLY, value(metric, text), text);
    }

    private static double value(Metric metric, String text) {
        try {
            return switch (metric.unit()) {
                case SECONDS ->
                    Quantity.DURATION.reader().andThen(Duration::toNanos).apply(text) / 1e9;
                case SHARE -> Quantity.SHARE_OF.read(text);
                case BYTES_PER_SECOND -> Quantity.BYTES_PER_SECOND.read(text);
                default -> Double.parseDouble(text);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(rule(metric), e);
        }
    }

    private static String rule(Metric metric) {
        String example = switch (metric.unit()) {
            case SECONDS -> "10s";
            case SHARE -> "99.9 %";
            case BYTES_PER_SECOND -> "2 kB/s";
            default -> "5";
        };
        return "must be 'at most', 'at least' or 'exactly' and a value such as " + example + ", or the value alone";
    }
}
