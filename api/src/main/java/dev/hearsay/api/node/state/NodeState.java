package dev.hearsay.api.node.state;

import dev.hearsay.api.Cluster.Listener;
import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.api.Codec;
import dev.hearsay.api.Propagation;
import dev.hearsay.api.QuarantinedEntry;
import dev.hearsay.api.State;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateView;
import dev.hearsay.api.node.state.Watch.Told;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.HybridClock;
import dev.hearsay.core.state.Quarantine;
import dev.hearsay.core.state.SharedState;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's shared state, as its application sees it. */
public final class NodeState implements State {
    private static final Logger log = LoggerFactory.getLogger(NodeState.class);
    private static final String FIGURES = "hearsay.state_";

    /** A listener's queue, and how much of it was dropped. */
    private record Watched(StateHost.Pipe<Told> pipe, AtomicLong dropped) {}

    private final StateHost host;
    private final StateConfig config;
    private final Mirror mirror = new Mirror();
    private final List<Watched> watches = new CopyOnWriteArrayList<>();
    private final AtomicLong listenerDropped = new AtomicLong();

    /** On the loop, like the next three: what watchers hear at the end of the turn. */
    private final List<Told> said = new ArrayList<>();

    private boolean changed;
    private Changes changes = new Changes(0);
    private long replica;
    private long beganMillis;
    private boolean begun;

    private final @Nullable StateStore store;
    private final Delays delays = new Delays();

    /**
     * Nothing yet; {@link #begin} follows.
     *
     * @param store where it is kept; null: nowhere
     */
    public NodeState(StateHost host, StateConfig config, @Nullable StateStore store) {
        this.host = host;
        this.config = config;
        this.store = store;
    }

    // ---- on the loop

    /** The node begins. */
    public void begin(SharedState state, long now, Outbox out) {
        replica = state.replica();
        changes = new Changes(replica);
        beganMillis = host.wallMillis();
        state.onClock(beganMillis, now);
        if (store != null) {
            List<Entry> kept = store.takeEntries();
            Set<Long> writers = store.writtenBy();
            int refused = state.restore(kept, store.synced(), writers, now, out);
            if (refused > 0) {
                log.warn(
                        "node '{}' does not use {} of the {} entries of its state store: their stamps are ahead of this machine's clock, or there is no room",
                        host.name(),
                        refused,
                        kept.size());
            }
            store.begin(alone(kept, writers, store.synced(), replica));
        }
        begun = true;
    }

    /** Earlier processes of this node that have written what perhaps nobody else has, and this one. */
    private static Set<Long> alone(List<Entry> kept, Set<Long> writers, long synced, long replica) {
        Set<Long> alone = new LinkedHashSet<>();
        for (Entry entry : kept) {
            if (entry.time() > synced && writers.contains(entry.writer())) {
                alone.add(entry.writer());
            }
        }
        alone.add(replica);
        return alone;
    }

    /** The node says something: returns whether it is about shared state, and nobody else's concern. */
    public boolean on(Event event) {
        if (event instanceof Event.StateChanged change) {
            if (!watches.isEmpty()) {
                changes.tell(change, mirror.current(), each -> said.add(new Watch.Changed(each)));
            }
            mirror.apply(change);
            changed = true;
            if (begun) {
                keep(change);
            }
            return true;
        } else if (event instanceof Event.StateProgress progress) {
            said.add(new Watch.Progress(progress.entries(), progress.total(), progress.complete()));
            return true;
        }
        if (event instanceof Event.StateSynced synced) {
            if (store != null) {
                store.synced(synced.stamp());
            }
            return true;
        } else if (event instanceof Event.StateQuarantined quarantined) {
            host.quarantined(quarantined.what());
            return true;
        }
        return false;
    }

    private void keep(Event.StateChanged change) {
        Entry after = change.after();
        Entry subject = after == null ? change.before() : after;
        if (store != null && subject != null) {
            store.changed(subject.id(), after);
        }
        if (after != null && after.writer() != replica) {
            long written = HybridClock.millis(after.time());
            if (written >= beganMillis) {
                delays.count(host.wallMillis() - written);
            }
        }
    }

    /** The node has stopped; completes when everything is kept. */
    public CompletableFuture<Void> close() {
        return store == null ? CompletableFuture.completedFuture(null) : store.close();
    }

    /** A turn of the node is over: lets everybody see what has changed, then tells the watchers. */
    public void endTurn() {
        if (changed) {
            changed = false;
            mirror.publish();
        }
        if (!said.isEmpty()) {
            for (Watched watch : watches) {
                said.forEach(watch.pipe()::offer);
            }
            said.clear();
        }
    }

    // ---- on any thread

    /**
     * This, for an application.
     *
     * @param serf whether Serf is above
     * @throws IllegalStateException if not
     */
    public State orThrow(boolean serf) {
        if (!serf) {
            throw new IllegalStateException("there is no shared state on bare memberlist");
        }
        return this;
    }

    @Override
    public CompletableFuture<Void> fact(String key, byte[] value) {
        Bytes content = Bytes.of(value);
        return write(() -> new Write.Fact(KeyText.bytes(key), content), NodeState::nothing);
    }

    @Override
    public CompletableFuture<Void> removeFact(String key) {
        return write(() -> new Write.Fact(KeyText.bytes(key), null), NodeState::nothing);
    }

    @Override
    public <V> SharedMap<V> map(String name, Codec<V> codec) {
        return new TypedMap<>(this, name, codec);
    }

    @Override
    public <E> SharedSet<E> set(String name, Codec<E> codec) {
        return new TypedSet<>(this, name, codec);
    }

    @Override
    public SharedCounter counter(String name) {
        return new TypedCounter(this, name);
    }

    @Override
    public <V> SharedRegister<V> register(String name, Codec<V> codec) {
        return new TypedRegister<>(this, name, codec);
    }

    @Override
    public StateView snapshot() {
        return view();
    }

    /** What there is at this moment. */
    EntriesView view() {
        return new EntriesView(mirror.published(), host.wallMillis());
    }

    @Override
    public Subscription watch(StateListener listener) {
        AtomicReference<@Nullable Watched> self = new AtomicReference<>();
        AtomicLong dropped = new AtomicLong();
        Watch watch = new Watch(listener, dropped);
        StateHost.Pipe<Told> pipe = host.pipe(watch::tell, Listener.MAX_PENDING, dropped, () -> {
            if (watches.remove(self.get())) {
                listenerDropped.addAndGet(dropped.get());
            }
        });
        Watched watched = new Watched(pipe, dropped);
        self.set(watched);
        watches.add(watched);
        return pipe;
    }

    @Override
    public Propagation propagation() {
        return delays.snapshot();
    }

    @Override
    public StateConfig config() {
        return config;
    }

    @Override
    public CompletableFuture<List<QuarantinedEntry>> quarantine() {
        CompletableFuture<List<QuarantinedEntry>> promise = host.promise();
        List<QuarantinedEntry> kept = new ArrayList<>();
        host.turn(
                promise,
                (state, now, out) -> state.quarantine().kept().forEach(each -> kept.add(shown(each))),
                () -> host.complete(promise, List.copyOf(kept)));
        return promise;
    }

    private static QuarantinedEntry shown(Quarantine.Quarantined what) {
        Entry entry = what.entry();
        return new QuarantinedEntry(
                StateKind.text(entry.id().kind()),
                entry.id().collection(),
                entry.id().key(),
                Instant.ofEpochMilli(HybridClock.millis(entry.time())),
                what.reason().text());
    }

    /** What became of the store and the listeners, by name. */
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        long dropped = listenerDropped.get();
        for (Watched each : watches) {
            dropped += each.dropped().get();
        }
        figures.put("state_listener_dropped", dropped);
        Propagation delay = delays.snapshot();
        figures.put("state_delay_p50_ms", delay.quantile(0.5).toMillis());
        figures.put("state_delay_p99_ms", delay.quantile(0.99).toMillis());
        if (store != null) {
            store.figures().forEach((name, value) -> figures.put("state_" + name, value));
        }
        return figures;
    }

    @Override
    public Map<String, String> stats() {
        Map<String, String> figures = new TreeMap<>();
        host.stats().forEach((name, value) -> {
            if (name.startsWith(FIGURES)) {
                figures.put(name.substring(FIGURES.length()), value);
            }
        });
        return figures;
    }

    /**
     * What a write gives its caller.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    interface Result<T> {
        /**
         * Says it.
         *
         * @param entries that were written
         */
        @Nullable T of(List<Entry> entries, SharedState state, long now);
    }

    static @Nullable Void nothing(List<Entry> entries, SharedState state, long now) {
        return null;
    }

    /** Whether the write has found anything to change. */
    static Boolean any(List<Entry> entries, SharedState state, long now) {
        return !entries.isEmpty();
    }

    /**
     * Has the loop write.
     *
     * @param write what; throws {@link IllegalArgumentException} if it cannot be said
     */
    <T> CompletableFuture<T> write(Supplier<Write> write, Result<T> result) {
        CompletableFuture<T> promise = host.promise();
        Write made;
        try {
            made = write.get();
        } catch (IllegalArgumentException e) {
            host.fail(promise, e);
            return promise;
        }
        Written<T> written = new Written<>(made, result, store);
        host.turn(promise, written, () -> {
            if (store == null) {
                host.complete(promise, written.value);
                return;
            }
            store.whenKept(failure -> {
                if (failure == null) {
                    host.complete(promise, written.value);
                } else {
                    host.fail(promise, failure);
                }
            });
        });
        return promise;
    }

    /** One write, and what comes of it. */
    private static final class Written<T> implements StateHost.Input {
        private final Write write;
        private final Result<T> result;
        private final @Nullable StateStore store;
        private @Nullable T value;

        Written(Write write, Result<T> result, @Nullable StateStore store) {
            this.write = write;
            this.result = result;
            this.store = store;
        }

        @Override
        public void apply(SharedState state, long now, Outbox out) {
            if (store != null) {
                store.admit();
            }
            value = result.of(state.write(write, now, out), state, now);
        }
    }
}
