package dev.hearsay.api.node.state;

import dev.hearsay.api.Propagation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts how long writes took to come here, in buckets that grow by about the factor two. One thread counts, any reads. */
final class Delays {
    private static final List<Long> BOUNDS =
            List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 20_000L, 60_000L);

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);
    private final AtomicLong sum = new AtomicLong();

    /** A write has come; its writer's clock may be ahead. */
    void count(long millis) {
        long delay = Math.max(0, millis);
        int bucket = 0;
        while (bucket < BOUNDS.size() && delay > BOUNDS.get(bucket)) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sum.addAndGet(delay);
    }

    /** What was counted so far. */
    Propagation snapshot() {
        List<Long> copy = new ArrayList<>(counts.length());
        for (int i = 0; i < counts.length(); i++) {
            copy.add(counts.get(i));
        }
        return new Propagation(BOUNDS, List.copyOf(copy), sum.get());
    }
}
