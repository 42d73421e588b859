package dev.hearsay.net;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late an event loop is: a timer that comes every {@link #INTERVAL_NANOS}, one for all nodes of the loop. It
 * beats while there are nodes. Everything here belongs to the loop.
 */
final class Heartbeat {
    static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A log gets at most one line about pauses in this time, however many nodes there are. */
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final CollectionTime collections;
    private int nodes;
    private boolean beating;
    private long due;
    private long lag;
    private long beatAt;
    private long toldAt;
    private boolean told;

    Heartbeat(EventLoop loop, CollectionTime collections) {
        this.loop = loop;
        this.collections = collections;
    }

    CollectionTime collections() {
        return collections;
    }

    /** One node more. */
    void join() {
        nodes++;
        if (!beating) {
            beating = true;
            schedule(System.nanoTime());
        }
    }

    /** One node less. */
    void leave() {
        nodes--;
    }

    /** How late the loop is: the beat that should have come by now, or the last one if it came after that time. */
    long lagSince(long time, long now) {
        long overdue = beating ? Math.max(0, now - due) : 0;
        return beatAt - time > 0 ? Math.max(overdue, lag) : overdue;
    }

    /** Whether it is time for a line about a pause. */
    boolean mayTell(long now) {
        if (told && now - toldAt < TELL_NANOS) {
            return false;
        }
        told = true;
        toldAt = now;
        return true;
    }

    private void beat() {
        long now = System.nanoTime();
        lag = Math.max(0, now - due);
        beatAt = now;
        beating = nodes > 0 && !loop.isShuttingDown();
        if (beating) {
            schedule(now);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Never cancelled: it ends by itself.
    private void schedule(long now) {
        due = now + INTERVAL_NANOS;
        loop.schedule(this::beat, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    }
}
