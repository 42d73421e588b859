package dev.hearsay.api.node;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.Keys;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.State;
import dev.hearsay.api.node.state.NodeState;
import dev.hearsay.api.node.state.StateStore;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Node;
import dev.hearsay.core.Suspected;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.WireConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node as the application sees it, whatever drives it: posts commands to the node's loop, reads its snapshot, hands its
 * events to the listeners.
 *
 * @param <D> the driver
 */
@SuppressWarnings("FutureReturnValueIgnored") // The second future of a whenComplete is of no use to anybody.
public abstract class NodeCluster<D extends NodeLoop> implements Cluster {
    /** Most seeds of one join. */
    public static final int MAX_SEEDS = 1024;

    private final NodeSetup setup;
    /** What drives the node. */
    protected final D driver;

    private final ClusterKeys keys;
    private final SerfLayer serf;
    private final NodeState state;
    private final List<ListenerQueue<Heard>> listeners = new CopyOnWriteArrayList<>();
    /** What slow listeners have missed. */
    protected final AtomicLong listenerDropped = new AtomicLong();

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed;
    /** What callers wait for; fails when the node stops first. */
    private final Promises promises;

    /** Completes on the loop when the goodbye has been said. */
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    private volatile @Nullable MemberView view;

    /**
     * What a node is made of.
     *
     * @param <D> the driver
     */
    public interface Parts<D extends NodeLoop> {
        /** The driver, of a node that has not begun. */
        D driver(NodeHost host);

        /** Where the node keeps its shared state; null: nowhere. Asked for when there is a driver. */
        @Nullable StateStore store();
    }

    /** Puts a node together; the driver begins later. */
    protected NodeCluster(NodeSetup setup, Parts<D> parts) {
        this.setup = setup;
        this.driver = parts.driver(new Host());
        this.closed = driver.promise();
        this.promises =
                new Promises(setup.name(), driver, setup.callbacks().executor(), setup.fallback(), closing::get);
        this.keys = new ClusterKeys(this, driver, setup);
        this.serf = new SerfLayer(this, keys, new NameVotes(this, driver));
        this.state = new NodeState(new StateLink(this), setup.state(), parts.store());
    }

    // ---- what drivers differ in

    /** The addresses of a seed, at least one; completes on any thread, exceptionally with {@link Seed.Unresolved} if there are none. */
    protected abstract CompletableFuture<List<Address>> resolve(Seed seed);

    /** On the loop: the node says something, before the application hears of it. */
    protected void onSaid(Event event) {}

    /** On the loop: the node has said what it had to say. */
    protected void onAllSaid() {}

    /** On the loop: the node is about to leave. */
    protected void onLeave() {}

    /** On the loop: an event about what the layer above said; there is none with Serf. */
    protected void onUpper(Event event) {}

    /** The node has stopped: what is still to be done before it is closed. */
    protected CompletableFuture<Void> onStop() {
        return CompletableFuture.completedFuture(null);
    }

    /** The node has stopped, and all that belongs to it. */
    protected void onClosed() {}

    /** What became of what the node keeps beyond its process, by name; any thread. */
    protected Map<String, Long> kept() {
        return Map.of();
    }

    // ---- what applications see

    @Override
    public ClusterMember self() {
        return Events.toApi(driver.snapshot().self());
    }

    @Override
    public List<ClusterMember> members() {
        return currentView().ordered();
    }

    @Override
    public Optional<ClusterMember> member(String name) {
        return currentView().find(name);
    }

    @Override
    public CompletableFuture<JoinResult> join(Collection<String> seeds, boolean replay) {
        if (seeds.size() > MAX_SEEDS) {
            throw new IllegalArgumentException(seeds.size() + " seeds are too many: must be at most " + MAX_SEEDS);
        }
        List<Seed> parsed =
                seeds.stream().map(seed -> Seed.parse(seed, setup.port())).toList();
        CompletableFuture<JoinResult> result = promise();
        JoinRun run = new JoinRun(
                driver, parsed, replay, setup.config().streamTimeoutNanos(), done -> complete(result, done));
        result.whenComplete((done, failure) -> {
            if (failure != null) {
                driver.execute(run::abandon);
            }
        });
        command(() -> run.start(this::resolve));
        return result;
    }

    @Override
    public Subscription listen(Listener listener) {
        return Heard.subscribe(listener, listeners, setup.callbacks(), listenerDropped);
    }

    @Override
    public CompletableFuture<Void> tags(Map<String, String> tags) {
        return updateMeta(Tags.encode(tags, Capability.ours(setup.config(), setup.state())));
    }

    /** Announces other metadata. */
    protected final CompletableFuture<Void> updateMeta(Bytes meta) {
        CompletableFuture<Void> result = promise();
        command(() -> {
            driver.turn((node, now, out) -> node.updateMeta(meta, now, out));
            driver.publish();
            complete(result, null);
        });
        return result;
    }

    @Override
    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> result = promise();
        left.thenRun(() -> complete(result, null));
        command(() -> {
            onLeave();
            driver.turn((node, now, out) -> node.leave(now, out));
        });
        return result;
    }

    @Override
    public CompletableFuture<Boolean> forceLeave(String name, boolean prune) {
        CompletableFuture<Boolean> result = promise();
        command(() -> {
            boolean[] known = new boolean[1];
            driver.turn((node, now, out) -> known[0] = node.forceLeave(name, prune, now, out));
            driver.publish();
            complete(result, known[0]);
        });
        return result;
    }

    @Override
    public CompletableFuture<Void> event(String name, byte[] payload, boolean coalesce) {
        Bytes content = Bytes.of(payload);
        return attempt((node, now, out) -> node.fire(name, content, coalesce, now, out));
    }

    @Override
    public CompletableFuture<QueryResult> query(QueryRequest request, QueryListener listener) {
        return serf.ask(request, listener);
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public State state() {
        return state.orThrow(!setup.bare());
    }

    @Override
    public CompletableFuture<Optional<Coordinate>> coordinate(String member) {
        return ask((node, now) -> Optional.ofNullable(node.coordinate(member)));
    }

    @Override
    public CompletableFuture<Map<String, Coordinate>> coordinates() {
        return ask(Figures::coordinates);
    }

    @Override
    public CompletableFuture<List<Suspected>> suspicions() {
        return ask(Suspected::of);
    }

    @Override
    public CompletableFuture<Map<String, Double>> phi() {
        return ask(Figures::phi);
    }

    private <T> CompletableFuture<T> ask(BiFunction<Node, Long, T> question) {
        CompletableFuture<T> result = promise();
        command(() -> driver.turn((node, now, out) -> complete(result, question.apply(node, now))));
        return result;
    }

    @Override
    public WireConfig wire() {
        return driver.wire();
    }

    @Override
    public void wire(UnaryOperator<WireConfig> change) {
        driver.wire(change);
    }

    @Override
    public Map<String, String> stats() {
        return Figures.toStats(driver.snapshot(), driver.wire(), listenerDropped.get(), kept(), state.figures());
    }

    @Override
    public CompletableFuture<Void> closed() {
        return closed;
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            driver.execute(() -> driver.stop(null));
        }
    }

    /** Name, bound port and status, for a log. */
    @Override
    public String toString() {
        return setup.name() + " at " + driver.snapshot().self().address() + (closed.isDone() ? " (closed)" : "");
    }

    private MemberView currentView() {
        // Two readers may both convert a new snapshot: harmless, and cheaper than a lock for all.
        MemberView current = MemberView.of(driver.snapshot(), view);
        view = current;
        return current;
    }

    /** Has the loop do something, unless the node has stopped: then the caller's promise fails. */
    protected final void command(Runnable action) {
        driver.execute(() -> {
            if (!driver.stopped()) {
                action.run();
            }
        });
    }

    /** A future that a caller waits for; it fails when the node is or becomes closed. */
    protected final <T> CompletableFuture<T> promise() {
        return promises.make();
    }

    protected final <T> void complete(CompletableFuture<T> future, @Nullable T value) {
        promises.run(() -> future.complete(value));
    }

    /** Runs application code where the application wants it. */
    protected final void onExecutor(Runnable action) {
        promises.run(action);
    }

    /** The node's name. */
    protected final String name() {
        return setup.name();
    }

    /** How the application is called. */
    protected final Callbacks callbacks() {
        return setup.callbacks();
    }

    /** What the cluster shares, for the driver that tells it when the node begins. */
    protected final NodeState shared() {
        return state;
    }

    final SerfLayer serf() {
        return serf;
    }

    /** Has the node do something that it may refuse, by throwing; completes when it has. */
    protected final CompletableFuture<Void> attempt(NodeLoop.Input input) {
        CompletableFuture<Void> result = promise();
        command(() -> {
            if (attempt(result, input)) {
                complete(result, null);
            }
        });
        return result;
    }

    /** The same on the loop; returns whether the node has done it, and else fails the promise. */
    protected final boolean attempt(CompletableFuture<?> promise, NodeLoop.Input input) {
        boolean[] refused = new boolean[1];
        driver.turn((node, now, out) -> {
            try {
                input.apply(node, now, out);
            } catch (IllegalArgumentException | IllegalStateException e) {
                refused[0] = true;
                onExecutor(() -> promise.completeExceptionally(e));
            }
        });
        return !refused[0];
    }

    /** What the driver tells, on the loop. */
    private final class Host implements NodeHost {
        @Override
        public boolean onState(Event event) {
            return state.on(event);
        }

        @Override
        public void onTurnEnd() {
            state.endTurn();
        }

        @Override
        public void onEvents(List<Event> events) {
            for (Event event : events) {
                onSaid(event);
                Incoming query = serf.on(event);
                if (query != null || Heard.concerns(event)) {
                    Heard heard = new Heard(event, query);
                    listeners.forEach(listener -> listener.offer(heard));
                } else if (event instanceof Event.LeaveCompleted) {
                    left.complete(null);
                } else if (event instanceof Event.MergeRefused refused) {
                    Mismatch.refused(setup.name(), refused);
                } else {
                    onUpper(event);
                }
            }
            onAllSaid();
        }

        @Override
        public void onStopped(@Nullable Throwable cause) {
            closing.set(true);
            promises.close();
            var unused = onStop().thenCombine(state.close(), (a, b) -> b).thenRun(() -> {
                promises.settle(closed, cause);
                onClosed();
            });
        }
    }
}
