package dev.hearsay.sim;

import java.time.Duration;

/**
 * How long a packet travels one way. A pure function from 64 random bits to nanoseconds, in arithmetic that gives the
 * same result on every JVM and in a browser.
 */
@FunctionalInterface
public interface Latency {

    /** The time on the way, in nanoseconds, 0 or more, for evenly distributed random bits. */
    long nanos(long randomBits);

    /** Always the same. */
    static Latency fixed(Duration time) {
        long nanos = positive("latency", time);
        return bits -> nanos;
    }

    /**
     * Evenly distributed between two bounds, both included.
     *
     * @throws IllegalArgumentException if a bound is negative or they are in the wrong order
     */
    static Latency uniform(Duration least, Duration most) {
        long from = positive("least", least);
        long span = positive("most", most) - from + 1;
        if (span <= 0) {
            throw new IllegalArgumentException("most " + most + " must not be below least " + least);
        }
        return bits -> from + (bits >>> 1) % span;
    }

    /**
     * Mostly close to the least, sometimes far above: a Pareto distribution of shape 2, cut off. The median is 1.41
     * times the least and the mean about twice; one packet in 100 takes 10 times the least, one in 10,000 takes 100 times.
     *
     * @throws IllegalArgumentException if a bound is negative or they are in the wrong order
     */
    static Latency heavyTailed(Duration least, Duration most) {
        long from = positive("least", least);
        long to = positive("most", most);
        if (to < from) {
            throw new IllegalArgumentException("most " + most + " must not be below least " + least);
        }
        // 53 bits above zero fill a double exactly; square root and division are exactly rounded everywhere.
        return bits -> {
            double chance = ((bits >>> 11) + 1) * 0x1p-53;
            return Math.min(to, (long) (from / Math.sqrt(chance)));
        };
    }

    private static long positive(String field, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(field + " " + value + " must not be negative");
        }
        return value.toNanos();
    }
}
