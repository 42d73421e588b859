package dev.hearsay.net.state;

import dev.hearsay.api.Cluster.Listener;
import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateView;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.SharedState;
import dev.hearsay.core.state.Write;
import dev.hearsay.net.state.Watch.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's shared state, as its application sees it. */
public final class NodeState implements State {
    private static final String FIGURES = "hearsay.state_";

    private final StateHost host;
    private final Mirror mirror = new Mirror();
    private final List<StateHost.Pipe<Told>> watches = new CopyOnWriteArrayList<>();
    private final AtomicLong listenerDropped = new AtomicLong();

    /** On the loop, like the next three: what watchers hear at the end of the turn. */
    private final List<Told> said = new ArrayList<>();

    private boolean changed;
    private Changes changes = new Changes(0);

    /** Nothing yet; {@link #begin} follows. */
    public NodeState(StateHost host) {
        this.host = host;
    }

    // ---- on the loop

    /** The node begins. */
    public void begin(SharedState state, long now) {
        changes = new Changes(state.replica());
        state.onClock(System.currentTimeMillis(), now);
    }

    /** The node says something: returns whether it is about shared state, and nobody else's concern. */
    public boolean on(Event event) {
        if (event instanceof Event.StateChanged change) {
            if (!watches.isEmpty()) {
                changes.tell(change, mirror.current(), each -> said.add(new Watch.Changed(each)));
            }
            mirror.apply(change);
            changed = true;
            return true;
        } else if (event instanceof Event.StateProgress progress) {
            said.add(new Watch.Progress(progress.entries(), progress.total(), progress.complete()));
            return true;
        }
        return event instanceof Event.StateSynced || event instanceof Event.StateQuarantined;
    }

    /** A turn of the node is over: lets everybody see what has changed, then tells the watchers. */
    public void endTurn() {
        if (changed) {
            changed = false;
            mirror.publish();
        }
        if (!said.isEmpty()) {
            for (StateHost.Pipe<Told> watch : watches) {
                said.forEach(watch::offer);
            }
            said.clear();
        }
    }

    // ---- on any thread

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
        return new EntriesView(mirror.published(), System.currentTimeMillis());
    }

    @Override
    public Subscription watch(StateListener listener) {
        AtomicReference<StateHost.@Nullable Pipe<Told>> self = new AtomicReference<>();
        AtomicLong dropped = new AtomicLong();
        Watch watch = new Watch(listener, dropped);
        StateHost.Pipe<Told> pipe = host.pipe(watch::tell, Listener.MAX_PENDING, dropped, () -> {
            if (watches.remove(self.get())) {
                listenerDropped.addAndGet(dropped.get());
            }
        });
        self.set(pipe);
        watches.add(pipe);
        return pipe;
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
        Written<T> written = new Written<>(made, result);
        host.turn(promise, written, () -> host.complete(promise, written.value));
        return promise;
    }

    /** One write, and what comes of it. */
    private static final class Written<T> implements StateHost.Input {
        private final Write write;
        private final Result<T> result;
        private @Nullable T value;

        Written(Write write, Result<T> result) {
            this.write = write;
            this.result = result;
        }

        @Override
        public void apply(SharedState state, long now, Outbox out) {
            value = result.of(state.write(write, now, out), state, now);
        }
    }
}
