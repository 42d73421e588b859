package dev.hearsay.api.node;

import dev.hearsay.api.Cluster.Subscription;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one listener, and the task that brings it there: one at a time, in order, on the executor.
 *
 * <p>What waits has a weight, and a bound to it; then the oldest is dropped and counted. A task gives the thread back after
 * {@value #BATCH} of them, so that many listeners share few threads fairly.
 */
public final class ListenerQueue<E> implements Subscription, Runnable {
    private static final int BATCH = 64;

    private final Consumer<? super E> listener;
    private final ToLongFunction<? super E> weigh;
    private final long maxWeight;
    private final Callbacks callbacks;
    private final AtomicLong dropped;
    private final Runnable onClose;

    /** Guarded by itself, like the two flags. */
    private final ArrayDeque<E> pending = new ArrayDeque<>();

    private long weight;

    private boolean scheduled;
    private boolean closed;

    /**
     * Makes a queue that brings events to the listener.
     *
     * @param weigh what an event weighs
     * @param maxWeight of all that wait
     * @param dropped counts the events that never reach it
     * @param onClose runs when the subscription ends
     */
    public ListenerQueue(
            Consumer<? super E> listener,
            ToLongFunction<? super E> weigh,
            long maxWeight,
            Callbacks callbacks,
            AtomicLong dropped,
            Runnable onClose) {
        this.listener = listener;
        this.weigh = weigh;
        this.maxWeight = maxWeight;
        this.callbacks = callbacks;
        this.dropped = dropped;
        this.onClose = onClose;
    }

    /** Adds an event; never blocks. */
    public void offer(E event) {
        synchronized (pending) {
            if (closed) {
                return;
            }
            weight += weigh.applyAsLong(event);
            pending.addLast(event);
            while (weight > maxWeight) {
                weight -= weigh.applyAsLong(pending.removeFirst());
                dropped.incrementAndGet();
            }
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
            E event = next();
            if (event == null) {
                return;
            }
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                callbacks.failures().failed(event, e);
            }
        }
        schedule();
    }

    @Override
    public void close() {
        synchronized (pending) {
            closed = true;
            pending.clear();
            weight = 0;
        }
        onClose.run();
    }

    /** The next event, or null: then this task is over, and the next offer starts another. */
    private @Nullable E next() {
        synchronized (pending) {
            E event = pending.pollFirst();
            scheduled = event != null;
            weight -= event == null ? 0 : weigh.applyAsLong(event);
            return event;
        }
    }

    private void schedule() {
        try {
            callbacks.executor().execute(this);
        } catch (RejectedExecutionException e) {
            // The application has shut its executor down: nobody listens any more.
            synchronized (pending) {
                dropped.addAndGet(pending.size());
                pending.clear();
                weight = 0;
                scheduled = false;
            }
        }
    }
}
