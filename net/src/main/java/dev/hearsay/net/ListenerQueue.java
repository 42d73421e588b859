package dev.hearsay.net;

import dev.hearsay.api.Cluster.Listener;
import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.core.Event;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that wait for one listener, and the task that brings them to it: one at a time, in order, on the executor.
 *
 * <p>At most {@link Listener#MAX_PENDING} events wait; then the oldest is dropped and counted. A task gives the thread back
 * after {@value #BATCH} events, so that many listeners share few threads fairly.
 */
final class ListenerQueue implements Subscription, Runnable {
    private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);
    private static final int BATCH = 64;

    private final Listener listener;
    private final Executor executor;
    private final AtomicLong dropped;
    private final Runnable onClose;

    /** Guarded by itself, like the two flags. */
    private final ArrayDeque<Event.MemberEvent> pending = new ArrayDeque<>();

    private boolean scheduled;
    private boolean closed;

    /**
     * Makes a queue that brings events to the listener.
     *
     * @param dropped counts the events that never reach it
     * @param onClose runs when the subscription ends
     */
    ListenerQueue(Listener listener, Executor executor, AtomicLong dropped, Runnable onClose) {
        this.listener = listener;
        this.executor = executor;
        this.dropped = dropped;
        this.onClose = onClose;
    }

    /** Adds an event; never blocks. */
    void offer(Event.MemberEvent event) {
        synchronized (pending) {
            if (closed) {
                return;
            }
            if (pending.size() == Listener.MAX_PENDING) {
                pending.removeFirst();
                dropped.incrementAndGet();
            }
            pending.addLast(event);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    @Override
    public void run() {
        for (int i = 0; i < BATCH; i++) {
            Event.MemberEvent event = next();
            if (event == null) {
                return;
            }
            try {
                listener.onEvent(Events.toApi(event));
            } catch (RuntimeException | Error e) {
                log.warn("a listener failed on {}", event, e);
            }
        }
        schedule();
    }

    @Override
    public void close() {
        synchronized (pending) {
            closed = true;
            pending.clear();
        }
        onClose.run();
    }

    /** The next event, or null: then this task is over, and the next offer starts another. */
    private Event.@Nullable MemberEvent next() {
        synchronized (pending) {
            Event.MemberEvent event = pending.pollFirst();
            scheduled = event != null;
            return event;
        }
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            // The application has shut its executor down: nobody listens any more.
            synchronized (pending) {
                dropped.addAndGet(pending.size());
                pending.clear();
                scheduled = false;
            }
        }
    }
}
