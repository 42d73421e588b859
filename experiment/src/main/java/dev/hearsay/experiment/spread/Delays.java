package dev.hearsay.experiment.spread;

import java.util.Arrays;

/** Times in nanoseconds, to be sorted. Not thread-safe. */
public final class Delays {
    private long[] all = new long[1024];
    private int count;

    /** One more. */
    public void add(long nanos) {
        if (count == all.length) {
            all = Arrays.copyOf(all, 2 * count);
        }
        all[count++] = nanos;
    }

    /** All of the other. */
    public void addAll(Delays other) {
        for (int i = 0; i < other.count; i++) {
            add(other.all[i]);
        }
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The time that this share, 0 to 1, of all does not exceed, in milliseconds; NaN if there is none. */
    public double millis(double share) {
        Arrays.sort(all, 0, count);
        return count == 0 ? Double.NaN : all[Math.max(0, (int) Math.ceil(count * share) - 1)] / 1e6;
    }
}
