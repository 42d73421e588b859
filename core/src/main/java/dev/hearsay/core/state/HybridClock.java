package dev.hearsay.core.state;

/**
 * A hybrid logical clock (Kulkarni et al. 2014): close to the time of day, and later than everything heard. Of two writes of which
 * one knew of the other, the later one has the greater stamp, however wrong the clocks are.
 *
 * <p>A stamp is a number of 64 bits: milliseconds since 1970 in the upper 48, a counter in the lower 16. When the counter is used
 * up, it runs into the milliseconds.
 */
public final class HybridClock {
    /** Bits of the counter. */
    static final int COUNTER_BITS = 16;

    /** The last millisecond since 1970 that a stamp can hold. */
    static final long MOST_MILLIS = Long.MAX_VALUE >>> COUNTER_BITS;

    private long wallOffsetNanos;
    private long last;

    /** The stamp at the beginning of a millisecond since 1970. */
    public static long at(long wallMillis) {
        return wallMillis << COUNTER_BITS;
    }

    /** The milliseconds since 1970 of a stamp. */
    public static long millis(long stamp) {
        return stamp >>> COUNTER_BITS;
    }

    /** The driver has looked at its wall clock: from now on the time of day is counted from there. */
    public void set(long wallMillis, long now) {
        wallOffsetNanos = wallMillis * 1_000_000 - now;
    }

    /** The time of day in milliseconds since 1970, as this machine has it. */
    public long wallMillis(long now) {
        return (wallOffsetNanos + now) / 1_000_000;
    }

    /** A stamp that this clock has not given before, later than all it has given and heard. */
    public long next(long now) {
        last = Math.max(last + 1, at(wallMillis(now)));
        return last;
    }

    /** The clock is at least there from now on. */
    public void witness(long stamp) {
        last = Math.max(last, stamp);
    }

    /** The latest stamp given or heard, or the time of day if that is later. */
    public long time(long now) {
        return Math.max(last, at(wallMillis(now)));
    }
}
