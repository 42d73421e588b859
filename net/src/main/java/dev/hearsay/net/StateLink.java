package dev.hearsay.net;

import dev.hearsay.net.state.StateHost;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What shared state is given of its node. */
final class StateLink implements StateHost {
    private final NetCluster cluster;

    StateLink(NetCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public <T> CompletableFuture<T> promise() {
        return cluster.promise();
    }

    @Override
    public <T> void complete(CompletableFuture<T> promise, @Nullable T value) {
        cluster.complete(promise, value);
    }

    @Override
    public void fail(CompletableFuture<?> promise, Throwable failure) {
        cluster.onExecutor(() -> promise.completeExceptionally(failure));
    }

    @Override
    public void turn(CompletableFuture<?> promise, Input input, Runnable then) {
        cluster.command(() -> {
            if (cluster.attempt(promise, (node, now, out) -> input.apply(node.state(), now, out))) {
                then.run();
            }
        });
    }

    @Override
    public <E> Pipe<E> pipe(Consumer<? super E> listener, int maxPending, AtomicLong dropped, Runnable onClose) {
        ListenerQueue<E> queue =
                new ListenerQueue<>(listener, event -> 1, maxPending, cluster.executor, dropped, onClose);
        return new Pipe<>() {
            @Override
            public void offer(E event) {
                queue.offer(event);
            }

            @Override
            public void close() {
                queue.close();
            }
        };
    }

    @Override
    public Map<String, String> stats() {
        return cluster.stats();
    }
}
