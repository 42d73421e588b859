package dev.hearsay.core;

import java.time.Duration;

/** Checks settings; the exceptions name field, value and rule. */
final class Bounds {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Bounds() {}

    /** A duration in nanoseconds: at least that many of them, 0 or 1, and at most ten years. */
    static long nanos(String field, Duration value, long least) {
        if (value.compareTo(LONGEST) > 0 || value.isNegative() || value.toNanos() < least) {
            throw new IllegalArgumentException(field + " " + value + " is out of range: must be "
                    + (least == 0 ? "0 or more" : "above 0") + " and at most 3650 days");
        }
        return value.toNanos();
    }

    /** A number between two others, both included. */
    static int range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    field + " " + value + " is out of range: must be " + least + " to " + most);
        }
        return value;
    }
}
