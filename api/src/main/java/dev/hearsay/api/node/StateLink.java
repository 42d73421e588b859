package dev.hearsay.api.node;

import dev.hearsay.api.node.state.StateHost;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.Quarantine;
import dev.hearsay.core.state.StateKind;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What shared state is given of its node. */
final class StateLink implements StateHost {
    private static final Logger log = LoggerFactory.getLogger(StateLink.class);

    private final NodeCluster<?> cluster;
    private final LineLimit quarantineLines = new LineLimit();

    StateLink(NodeCluster<?> cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public long wallMillis() {
        return cluster.driver.wallMillis();
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
                new ListenerQueue<>(listener, event -> 1, maxPending, cluster.callbacks(), dropped, onClose);
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
    public void quarantined(Quarantine.Quarantined what) {
        if (quarantineLines.pass(cluster.driver.nanoTime())) {
            EntryId id = what.entry().id();
            log.warn(
                    "node '{}' has an entry of shared state that {}: {} '{}'; it is not used{}",
                    name(),
                    what.reason().text(),
                    StateKind.text(id.kind()),
                    id.collection(),
                    quarantineLines.takeHeldBack());
        }
    }

    @Override
    public Map<String, String> stats() {
        return cluster.stats();
    }
}
