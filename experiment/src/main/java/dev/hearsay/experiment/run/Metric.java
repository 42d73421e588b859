package dev.hearsay.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A figure that a run measures. The table of all of them is {@link #ALL}; scenario files name them in {@code expect}, results
 * hold them by name.
 *
 * @param name as scenario files and results have it: lower case, with hyphens; the part after a dot is a quantile
 * @param unit what it is counted in
 * @param better which direction is the good one
 * @param meaning one sentence for a person
 */
public record Metric(String name, Unit unit, Better better, String meaning) {

    /** What a figure is counted in. */
    public enum Unit {
        /** Seconds of virtual time. */
        SECONDS("s"),
        /** A number of things. */
        COUNT(""),
        /** A share, 0 to 1. */
        SHARE("%"),
        /** Bytes a second of virtual time. */
        BYTES_PER_SECOND("B/s"),
        /** Things a second of virtual time. */
        PER_SECOND("/s");

        private final String sign;

        Unit(String sign) {
            this.sign = sign;
        }

        /** What stands behind the number; empty for a plain count. */
        public String sign() {
            return sign;
        }

        /** A value of this unit as a person reads it, with as many digits as tell something. */
        public String show(double value) {
            return switch (this) {
                case SHARE -> digits(value * 100) + " %";
                case SECONDS -> value > 0 && value < 1 ? digits(value * 1_000) + " ms" : digits(value) + " s";
                case COUNT -> digits(value);
                default -> digits(value) + " " + sign;
            };
        }

        private static String digits(double value) {
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                return String.format(Locale.ROOT, "%,d", (long) value);
            }
            double size = Math.abs(value);
            int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
            return String.format(Locale.ROOT, "%,." + decimals + "f", value);
        }
    }

    /** Which direction of a figure is the good one. */
    public enum Better {
        /** Less is better. */
        LOWER,
        /** More is better. */
        HIGHER,
        /** It depends on what one wants. */
        NEITHER
    }

    /** What a distribution is told by: the mean, the median, the 99th percentile, the largest. */
    public static final List<String> QUANTILES = List.of("mean", "p50", "p99", "max");

    /** Every metric there is, by name. */
    public static final Map<String, Metric> ALL = all();

    /** The metric of that name; null if there is none. */
    public static @Nullable Metric find(String name) {
        return ALL.get(name);
    }

    private static Map<String, Metric> all() {
        Map<String, Metric> all = new TreeMap<>();
        List<Metric> table = new ArrayList<>();
        table.add(lower("agreement", Unit.SECONDS, "after the last fault, until all that run agree who is there"));
        table.add(lower(
                "false-failures", Unit.COUNT, "members told failed while they were well, once for each who told it"));
        table.add(lower("false-failures-well", Unit.COUNT, "the same, told by members that were well themselves"));
        table.add(lower("suspicions", Unit.COUNT, "suspicions that members told, once for each who told it"));
        table.add(lower("undetected", Unit.COUNT, "members that were gone and not known failed to all in the end"));
        table.addAll(spread(
                "detection-first", Unit.SECONDS, "from the end of a process until the first member tells it failed"));
        table.addAll(spread(
                "detection-all",
                Unit.SECONDS,
                "from the end of a process until all others that are well tell it failed"));
        table.add(new Metric("events-sent", Unit.COUNT, Better.NEITHER, "user events that members fired"));
        table.add(higher(
                "events-delivered",
                Unit.SHARE,
                "of all pairs of a user event and a member that ran throughout: heard"));
        table.addAll(spread("event-member", Unit.SECONDS, "from firing a user event until a member hears it"));
        table.addAll(spread("event-all", Unit.SECONDS, "from firing a user event until the last member hears it"));
        table.add(lower("event-copies", Unit.COUNT, "copies of a user event sent, for each member and event"));
        table.add(new Metric("state-writes", Unit.COUNT, Better.NEITHER, "writes to shared state that were taken"));
        table.add(lower("state-refused", Unit.COUNT, "writes to shared state that a member refused for want of room"));
        table.add(higher(
                "state-delivered", Unit.SHARE, "of all pairs of a write and a member that ran throughout: visible"));
        table.add(lower(
                "state-versions",
                Unit.COUNT,
                "different contents of shared state among those that run in the end; 1 if all have the same"));
        table.addAll(spread("state-member", Unit.SECONDS, "from a write until it is visible at a member"));
        table.addAll(spread("state-all", Unit.SECONDS, "from a write until it is visible at the last member"));
        table.add(lower("packets", Unit.PER_SECOND, "packets that a member sends"));
        table.add(lower("bytes", Unit.BYTES_PER_SECOND, "UDP payload that a member sends, on average"));
        table.add(lower("bytes-busiest", Unit.BYTES_PER_SECOND, "the same of the member that sends most"));
        table.add(lower("bytes-peak", Unit.BYTES_PER_SECOND, "most that one member sends in one second"));
        table.add(new Metric("packets-lost", Unit.SHARE, Better.NEITHER, "packets that the network lost"));
        table.add(lower("queue-peak", Unit.COUNT, "most updates that wait at one member"));
        table.add(lower("health-peak", Unit.COUNT, "worst health score of a member (Lifeguard); 0 is healthy"));
        table.add(new Metric(
                "inputs", Unit.COUNT, Better.NEITHER, "messages, timers and stream results that members took"));
        for (Metric metric : table) {
            all.put(metric.name, metric);
        }
        return java.util.Collections.unmodifiableMap(all);
    }

    private static Metric lower(String name, Unit unit, String meaning) {
        return new Metric(name, unit, Better.LOWER, meaning);
    }

    private static Metric higher(String name, Unit unit, String meaning) {
        return new Metric(name, unit, Better.HIGHER, meaning);
    }

    private static List<Metric> spread(String name, Unit unit, String meaning) {
        return QUANTILES.stream()
                .map(quantile -> lower(name + "." + quantile, unit, meaning + ": " + quantile))
                .toList();
    }
}
