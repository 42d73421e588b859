package dev.hearsay.agent.cluster;

import dev.hearsay.api.Cluster;
import dev.hearsay.core.Config;
import dev.hearsay.sim.cluster.SimulatedClusters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** Nodes in virtual time. */
final class VirtualGround implements Ground {
    private static final Duration BOUND = Duration.ofMinutes(5);

    private final SimulatedClusters clusters;

    VirtualGround(int count, Config config) {
        clusters = SimulatedClusters.of(count).config(config).start();
    }

    @Override
    public List<Cluster> nodes() {
        return clusters.clusters();
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return clusters.await(future, BOUND);
        } catch (CompletionException e) {
            throw new ExecutionException(e.getCause());
        }
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        clusters.await("not " + what, condition, BOUND);
    }

    @Override
    public void close() {}
}
