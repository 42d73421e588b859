package dev.hearsay.bench.detection;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Who lists whom as alive, and since when, as far as the watchers have told. Thread-safe. */
final class Views {
    private final Map<String, Map<String, View>> bySubject = new HashMap<>();

    /** Alive or failed, and the time on the monotonic clock when that was told. */
    private record View(boolean alive, long since) {}

    /** A watcher now lists the subject as alive, or as failed. */
    synchronized void saw(String watcher, String subject, boolean alive) {
        bySubject.computeIfAbsent(subject, any -> new HashMap<>()).put(watcher, new View(alive, System.nanoTime()));
        notifyAll();
    }

    /**
     * Waits until all watchers list the subject so.
     *
     * @return when the last of them did, on the monotonic clock
     * @throws IllegalStateException if that does not happen within so many seconds
     */
    synchronized long await(Set<String> watchers, String subject, boolean alive, int seconds)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            Map<String, View> views = bySubject.getOrDefault(subject, Map.of());
            long last = Long.MIN_VALUE;
            int agreed = 0;
            for (String watcher : watchers) {
                View view = views.get(watcher);
                if (view != null && view.alive == alive) {
                    agreed++;
                    last = Math.max(last, view.since);
                }
            }
            if (agreed == watchers.size()) {
                return last;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("after " + seconds + " s " + subject + " is "
                        + (alive ? "alive" : "failed") + " in the eyes of " + agreed + " of " + watchers.size());
            }
            wait(left);
        }
    }
}
