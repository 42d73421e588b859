package dev.hearsay.core;

import dev.hearsay.core.Counters.Counter;

/**
 * A Lamport clock that cannot be used up. It runs ahead of everything heard (Lamport's rule), so one message with the
 * highest time there is would leave no later one for anybody. Hence it believes only so much at a time.
 */
public final class LamportClock {
    /** How far ahead of it a time may be: more than a cluster counts in its life, and 2^30 lies away from the end. */
    public static final long MAX_AHEAD = 1L << 32;

    /** The highest time that is believed: also the first one heard, when there is nothing to compare it with. */
    public static final long MAX_TIME = 1L << 62;

    private final Counters counters;
    private long time = 1;
    private boolean met;

    /** A clock that starts at 1 and counts the times it does not believe. */
    public LamportClock(Counters counters) {
        this.counters = counters;
    }

    /** The time of the next message. */
    public long time() {
        return time;
    }

    /** The time for a message of our own; the clock goes on. */
    public long tick() {
        return time++;
    }

    /** Hears a time. False if it is too far ahead to be true: that is counted, and the clock stays as it is. */
    public boolean witness(long heard) {
        if (heard > MAX_TIME || (met && heard - time > MAX_AHEAD)) {
            counters.count(Counter.TIMES_REJECTED);
            return false;
        }
        met = true;
        time = Math.max(time, heard + 1);
        return true;
    }
}
