package dev.hearsay.agent.cluster;

import dev.hearsay.Hearsay;
import dev.hearsay.agent.Await;
import dev.hearsay.api.Cluster;
import dev.hearsay.core.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Nodes on loopback. */
final class SocketGround implements Ground {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final List<Cluster> nodes = new ArrayList<>();

    SocketGround(int count, Config config) {
        for (int i = 0; i < count; i++) {
            nodes.add(Hearsay.builder()
                    .name("n" + i)
                    .bind("127.0.0.1", 0)
                    .config(config)
                    .start());
        }
    }

    @Override
    public List<Cluster> nodes() {
        return nodes;
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        Await.until(what, BOUND, condition::getAsBoolean);
    }

    @Override
    public void close() {
        nodes.forEach(Cluster::close);
        nodes.forEach(node -> node.closed().exceptionally(failure -> null).join());
    }
}
