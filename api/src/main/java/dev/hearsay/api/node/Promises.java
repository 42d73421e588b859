package dev.hearsay.api.node;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What callers of a node wait for: none waits for ever, as all fail when the node stops. Any thread. */
final class Promises {
    private final String node;
    private final NodeLoop loop;
    private final Executor executor;
    private final Executor fallback;
    private final BooleanSupplier closing;
    private final Map<Long, CompletableFuture<?>> made = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /**
     * None yet.
     *
     * @param loop makes them
     * @param executor where they complete
     * @param fallback where they do if the application has shut its executor down
     * @param closing whether the node is stopping
     */
    Promises(String node, NodeLoop loop, Executor executor, Executor fallback, BooleanSupplier closing) {
        this.node = node;
        this.loop = loop;
        this.executor = executor;
        this.fallback = fallback;
        this.closing = closing;
    }

    /** A future that a caller waits for; it fails when the node is or becomes closed. */
    <T> CompletableFuture<T> make() {
        CompletableFuture<T> promise = loop.promise();
        long number = last.incrementAndGet();
        made.put(number, promise);
        var unused = promise.whenComplete((value, failure) -> made.remove(number));
        if (closing.getAsBoolean()) {
            promise.completeExceptionally(closedFailure());
        }
        return promise;
    }

    /** The node has stopped: nothing that was promised comes any more. */
    void close() {
        for (CompletableFuture<?> promise : made.values()) {
            run(() -> promise.completeExceptionally(closedFailure()));
        }
    }

    /** Runs application code where the application wants it; if it has shut its executor down, on the fallback. */
    void run(Runnable action) {
        try {
            executor.execute(action);
        } catch (RejectedExecutionException e) {
            fallback.execute(action);
        }
    }

    /** Completes it where the application wants it, exceptionally if there is a cause. */
    void settle(CompletableFuture<Void> future, @Nullable Throwable cause) {
        run(() -> {
            if (cause == null) {
                future.complete(null);
            } else {
                future.completeExceptionally(cause);
            }
        });
    }

    private IllegalStateException closedFailure() {
        return new IllegalStateException("node '" + node + "' is closed");
    }
}
