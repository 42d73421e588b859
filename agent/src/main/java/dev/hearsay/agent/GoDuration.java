package dev.hearsay.agent;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 500ms}, {@code 1m30s}, {@code 1.5h}. */
public final class GoDuration {
    private static final String RULE = "write numbers with units, as 500ms, 30s or 1m30s; above zero";

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /**
     * Reads the text.
     *
     * @return above zero
     * @throws IllegalArgumentException if it is no such duration; the message is the rule
     */
    public static Duration parse(String text) {
        Matcher parts = PART.matcher(text);
        double nanos = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            nanos += Double.parseDouble(parts.group(1)) * NANOS.getOrDefault(parts.group(2), 0L);
            end = parts.end();
        }
        if (end != text.length() || nanos < 1 || nanos > Long.MAX_VALUE) {
            throw new IllegalArgumentException(RULE);
        }
        return Duration.ofNanos((long) nanos);
    }

    /** As Go prints it, cut to milliseconds: {@code 30s}, {@code 1.5s}, {@code 200ms}. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
    }
}
