package dev.hearsay.bench.state;

import java.util.Arrays;

/** Times in nanoseconds, to be sorted. Not thread-safe. */
final class Delays {
    private long[] all = new long[1024];
    private int count;

    void add(long nanos) {
        if (count == all.length) {
            all = Arrays.copyOf(all, 2 * count);
        }
        all[count++] = nanos;
    }

    void addAll(Delays other) {
        for (int i = 0; i < other.count; i++) {
            add(other.all[i]);
        }
    }

    int count() {
        return count;
    }

    /** The time that this share, 0 to 1, of all does not exceed, in milliseconds; NaN if there is none. */
    double millis(double share) {
        Arrays.sort(all, 0, count);
        return count == 0 ? Double.NaN : all[Math.max(0, (int) Math.ceil(count * share) - 1)] / 1e6;
    }
}
