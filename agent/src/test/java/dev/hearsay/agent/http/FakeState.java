package dev.hearsay.agent.http;

import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.api.Codec;
import dev.hearsay.api.Propagation;
import dev.hearsay.api.QuarantinedEntry;
import dev.hearsay.api.State;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateView;
import dev.hearsay.core.state.StateConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A node's shared state, but for what the test says: what facts come to, what watchers hear, figures. */
final class FakeState implements State {
    /** Why facts are not told; null: they are. */
    volatile @Nullable Throwable failure;
    /** How long writes took. */
    volatile Propagation propagation = new Propagation(List.of(1L), List.of(0L, 0L), 0);
    /** What could not be right. */
    volatile List<QuarantinedEntry> quarantined = List.of();
    /** Who hears of changes. */
    final List<StateListener> watchers = new CopyOnWriteArrayList<>();

    private final State rest;

    FakeState(State rest) {
        this.rest = rest;
    }

    @Override
    public CompletableFuture<Void> fact(String key, byte[] value) {
        Throwable why = failure;
        return why == null ? rest.fact(key, value) : CompletableFuture.failedFuture(why);
    }

    @Override
    public CompletableFuture<Void> removeFact(String key) {
        return rest.removeFact(key);
    }

    @Override
    public <V> SharedMap<V> map(String name, Codec<V> codec) {
        return rest.map(name, codec);
    }

    @Override
    public <E> SharedSet<E> set(String name, Codec<E> codec) {
        return rest.set(name, codec);
    }

    @Override
    public SharedCounter counter(String name) {
        return rest.counter(name);
    }

    @Override
    public <V> SharedRegister<V> register(String name, Codec<V> codec) {
        return rest.register(name, codec);
    }

    @Override
    public StateView snapshot() {
        return rest.snapshot();
    }

    @Override
    public Subscription watch(StateListener listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public Propagation propagation() {
        return propagation;
    }

    @Override
    public StateConfig config() {
        return rest.config();
    }

    @Override
    public CompletableFuture<List<QuarantinedEntry>> quarantine() {
        return CompletableFuture.completedFuture(quarantined);
    }

    @Override
    public Map<String, String> stats() {
        return rest.stats();
    }
}
