package dev.hearsay.net;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long garbage collection has stopped this process, as far as the JVM tells: to the millisecond. Thread-safe. */
final class CollectionTime {
    /** Collectors that work beside the program report whole cycles under this name, and their pauses under another. */
    private static final String CONCURRENT = "Cycles";

    /** The JVM is asked at most this often. */
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> !collector.getName().contains(CONCURRENT))
            .toList();

    private volatile long polledAt = System.nanoTime() - POLL_NANOS;
    private volatile long nanos;

    /** Since the JVM started, not more than a second ago. */
    long nanos(long now) {
        if (now - polledAt >= POLL_NANOS) {
            poll(now);
        }
        return nanos;
    }

    /** Asks the JVM now: there was a pause, and somebody wants to know its cause. */
    void poll(long now) {
        polledAt = now;
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
