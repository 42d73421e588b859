package dev.hearsay.net;

import dev.hearsay.core.Event;
import dev.hearsay.core.Load;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures for one node how late it runs, and decides when to tell it: about once a second, and at once, before the next
 * input, when it is {@link #AT_ONCE_NANOS} late. What is late shows in two ways: by the node's own timers, and by the
 * {@link Heartbeat} of its loop, which is asked at each input. Everything here belongs to the loop.
 */
final class LoadMeter {
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is later than this may matter to the next decision. */
    static final long AT_ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Logger log = LoggerFactory.getLogger(LoadMeter.class);

    private final String name;
    private final Heartbeat heartbeat;
    private long lookedAt = System.nanoTime();
    private long reportedAt = lookedAt;
    private long collected;
    private long worst;

    LoadMeter(String name, Heartbeat heartbeat) {
        this.name = name;
        this.heartbeat = heartbeat;
    }

    /** The node starts. */
    void start() {
        heartbeat.join();
        lookedAt = System.nanoTime();
        reportedAt = lookedAt;
        collected = heartbeat.collections().nanos(lookedAt);
    }

    /** The node has stopped. */
    void stop() {
        heartbeat.leave();
    }

    /**
     * The measure to report before the next input; null if there is nothing to say yet.
     *
     * @param late how much later than it was due that input comes, or for how long packets could not leave; 0 for neither
     * @param unsentBytes what the kernel has not taken
     */
    @Nullable Load measure(long late, long unsentBytes, long now) {
        long lag = Math.max(late, heartbeat.lagSince(lookedAt, now));
        worst = Math.max(worst, lag);
        lookedAt = now;
        if (lag < AT_ONCE_NANOS && now - reportedAt < REPORT_NANOS) {
            return null;
        }
        if (lag >= AT_ONCE_NANOS) {
            heartbeat.collections().poll(now);
        }
        long total = heartbeat.collections().nanos(now);
        Load load = new Load(worst, total - collected, unsentBytes);
        collected = total;
        reportedAt = now;
        worst = 0;
        return load;
    }

    /** The node says that it was away. */
    void onPause(Event.LocalPause pause) {
        if (heartbeat.mayTell(lookedAt)) {
            log.warn(
                    "node '{}' was away for {} ms, {} ms of it collecting garbage: it accuses nobody of silence for now",
                    name,
                    TimeUnit.NANOSECONDS.toMillis(pause.nanos()),
                    TimeUnit.NANOSECONDS.toMillis(pause.collectionNanos()));
        }
    }
}
