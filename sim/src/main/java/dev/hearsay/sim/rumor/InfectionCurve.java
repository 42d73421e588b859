package dev.hearsay.sim.rumor;

import java.util.Arrays;

/** How many nodes have heard, over time. Immutable. */
public final class InfectionCurve {
    private final long[] times;

    /** Takes the array over: when the first node has heard, the second, and so on. */
    InfectionCurve(long[] times) {
        this.times = times;
    }

    /** How many nodes have heard in all; the first is the one that tells. */
    public int informed() {
        return times.length;
    }

    /** How many nodes had heard at that moment, in virtual nanoseconds since the rumor began. */
    public int informedAt(long nanos) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * When so many nodes had heard, in virtual nanoseconds since the rumor began.
     *
     * @throws IllegalArgumentException if the number is not 1 to {@link #informed}
     */
    public long nanosUntil(int nodes) {
        if (nodes < 1 || nodes > times.length) {
            throw new IllegalArgumentException("nodes " + nodes + " is out of range: must be 1 to " + times.length);
        }
        return times[nodes - 1];
    }

    /** The mean over all nodes that have heard but the first, in virtual nanoseconds; 0 if nobody has. */
    public double meanNanos() {
        double sum = 0;
        for (long time : times) {
            sum += time;
        }
        return times.length < 2 ? 0 : sum / (times.length - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InfectionCurve that && Arrays.equals(times, that.times);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(times);
    }

    @Override
    public String toString() {
        return times.length + " informed";
    }
}
