package dev.hearsay.api.node.state;

import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.state.Quarantine;
import dev.hearsay.core.state.SharedState;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The node that shared state belongs to, as far as it must ask it. Any thread, unless said otherwise. */
public interface StateHost {
    /** Something that happens to the node's shared state, on the loop. */
    @FunctionalInterface
    interface Input {
        /**
         * Does it.
         *
         * @throws IllegalArgumentException if the node refuses it; likewise {@link IllegalStateException}
         */
        void apply(SharedState state, long now, Outbox out);
    }

    /** The node's name. */
    String name();

    /** The time of day in milliseconds since 1970. */
    long wallMillis();

    /** A future that a caller waits for; it fails when the node is or becomes closed. */
    <T> CompletableFuture<T> promise();

    /** Completes it where the application wants it. */
    <T> void complete(CompletableFuture<T> promise, @Nullable T value);

    /** Fails it, likewise. */
    void fail(CompletableFuture<?> promise, Throwable failure);

    /**
     * Gives the loop a turn of the node, and then, if the node has not refused, lets something follow on the loop: what changed has been
     * published by then. If the node has refused, the promise fails.
     */
    void turn(CompletableFuture<?> promise, Input input, Runnable then);

    /** A way to a listener; see {@link dev.hearsay.api.Cluster#listen}. */
    <E> Pipe<E> pipe(Consumer<? super E> listener, int maxPending, AtomicLong dropped, Runnable onClose);

    /** On the loop: an entry cannot be right, and the log should say so. */
    void quarantined(Quarantine.Quarantined what);

    /** All figures of the node. */
    Map<String, String> stats();

    /**
     * What waits for one listener.
     *
     * @param <E> what is told
     */
    interface Pipe<E> extends Subscription {
        /** Adds something to be told; never blocks. */
        void offer(E event);
    }
}
