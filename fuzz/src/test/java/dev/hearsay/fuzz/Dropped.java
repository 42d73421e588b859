package dev.hearsay.fuzz;

import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.DropReason;
import java.util.Arrays;

/** What was counted at one moment, or between two. */
final class Dropped {
    static final Dropped NOTHING = new Dropped(new long[DropReason.values().length]);

    private static final DropReason[] REASONS = DropReason.values();

    private final long[] counts;

    private Dropped(long[] counts) {
        this.counts = counts;
    }

    /** What those counters say now. */
    static Dropped in(DropCounters drops) {
        long[] counts = new long[REASONS.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = drops.get(REASONS[i]);
        }
        return new Dropped(counts);
    }

    /** What came since then. */
    Dropped since(Dropped before) {
        long[] counts = this.counts.clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] -= before.counts[i];
        }
        return new Dropped(counts);
    }

    long of(DropReason reason) {
        return counts[reason.ordinal()];
    }

    long total() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dropped that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (DropReason reason : REASONS) {
            if (of(reason) > 0) {
                text.append(reason).append('=').append(of(reason)).append(' ');
            }
        }
        return text.toString().strip();
    }
}
