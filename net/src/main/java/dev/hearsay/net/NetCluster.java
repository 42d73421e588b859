package dev.hearsay.net;

import dev.hearsay.HearsayException;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.Keys;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.State;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Node;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.net.state.NodeState;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.WireConfig;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node over real sockets, as the application sees it: posts commands to the node's loop, reads its snapshot, hands its
 * events to the listeners.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The second future of a whenComplete is of no use to anybody.
public class NetCluster implements Cluster {
    private final NodeSettings settings;
    private final HearsayRuntime runtime;
    private final EventLoop loop;
    final Executor executor;
    private final SeedResolver resolver;
    final NodeDriver driver;
    private final int port;

    private final Recollection recollection;
    private final ClusterKeys keys;
    private final SerfLayer serf;
    private final NodeState state;
    private final List<ListenerQueue<Heard>> listeners = new CopyOnWriteArrayList<>();
    final AtomicLong listenerDropped = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    /** What callers wait for; fails when the node stops first. */
    private final Promises promises;

    /** Completes on the loop when the goodbye has been said. */
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    private volatile @Nullable MemberView view;

    NetCluster(NodeSettings settings, HearsayRuntime runtime, HearsayRuntime.Lane lane, Sockets sockets) {
        this.settings = settings;
        this.runtime = runtime;
        this.loop = lane.loop();
        this.executor = settings.executor() == null ? runtime.callbacks() : settings.executor();
        this.resolver = new SeedResolver(runtime.resolvers());
        this.promises = new Promises(settings.name(), executor, runtime.callbacks(), closing::get);
        this.port = sockets.local().getPort();
        this.recollection = Recollection.of(settings);
        this.driver = new NodeDriver(
                lane,
                Identities.of(settings, sockets),
                settings,
                new SecureRandom().nextLong(),
                sockets,
                SerfDelegate.above(settings),
                new Host());
        this.keys = new ClusterKeys(this, driver, settings);
        this.serf = new SerfLayer(this, keys, new NameVotes(this, driver));
        this.state = NodeState.open(new StateLink(this), settings.state());
    }

    /**
     * Starts a node; blocks until its ports are bound.
     *
     * @throws HearsayException if an address cannot be resolved or bound
     * @throws IllegalArgumentException if a setting breaks its rule; the message names setting, value and rule
     */
    public static NetCluster start(NodeSettings settings) {
        return start(settings, NetCluster::new);
    }

    /** Makes a cluster of a kind. */
    @FunctionalInterface
    interface Maker<C extends NetCluster> {
        C make(NodeSettings settings, HearsayRuntime runtime, HearsayRuntime.Lane lane, Sockets sockets);
    }

    static <C extends NetCluster> C start(NodeSettings settings, Maker<C> maker) {
        HearsayRuntime given = settings.runtime();
        HearsayRuntime runtime = given == null ? HearsayRuntime.acquireShared() : given.acquire();
        boolean started = false;
        try {
            Sockets sockets = Sockets.bind(Identities.resolve("bind", settings.bindHost()), settings.bindPort());
            try {
                C cluster = maker.make(settings, runtime, runtime.nextLane(), sockets);
                cluster.driver.execute(cluster::begin);
                started = true;
                return cluster;
            } finally {
                if (!started) {
                    sockets.close();
                }
            }
        } finally {
            if (!started) {
                runtime.release();
            }
        }
    }

    /** On the loop: the node begins, and looks for those it remembers. */
    final void begin() {
        driver.start((node, now, out) -> {
            recollection.restore(node);
            state.begin(node.state(), now, out);
            node.start(now, out);
        });
        recollection.rejoin(this, loop, settings.config().reconnectIntervalNanos());
    }

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
        if (seeds.size() > SeedResolver.MAX_SEEDS) {
            throw new IllegalArgumentException(
                    seeds.size() + " seeds are too many: must be at most " + SeedResolver.MAX_SEEDS);
        }
        List<Seed> parsed = seeds.stream().map(seed -> Seed.parse(seed, port)).toList();
        CompletableFuture<JoinResult> result = promise();
        JoinRun run = new JoinRun(
                driver, parsed, replay, settings.config().streamTimeoutNanos(), done -> complete(result, done));
        result.whenComplete((done, failure) -> {
            if (failure != null) {
                driver.execute(run::abandon);
            }
        });
        command(() -> run.start(loop, resolver));
        return result;
    }

    @Override
    public Subscription listen(Listener listener) {
        return Heard.subscribe(listener, listeners, executor, listenerDropped);
    }

    @Override
    public CompletableFuture<Void> tags(Map<String, String> tags) {
        return updateMeta(Tags.encode(tags, settings.state().capabilities(settings.config())));
    }

    final CompletableFuture<Void> updateMeta(Bytes meta) {
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
            recollection.leave();
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
        return state.orThrow(settings.delegate() == null);
    }

    @Override
    public CompletableFuture<Optional<Coordinate>> coordinate(String member) {
        return ask((node, now) -> Optional.ofNullable(node.coordinate(member)));
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
        return Figures.toStats(driver.snapshot(), driver.wire(), listenerDropped.get(), recollection, state.figures());
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
        return settings.name() + " at " + driver.snapshot().self().address() + (closed.isDone() ? " (closed)" : "");
    }

    private MemberView currentView() {
        // Two readers may both convert a new snapshot: harmless, and cheaper than a lock for all.
        MemberView current = MemberView.of(driver.snapshot(), view);
        view = current;
        return current;
    }

    /** Has the loop do something, unless the node has stopped: then the caller's promise fails. */
    final void command(Runnable action) {
        driver.execute(() -> {
            if (!driver.stopped()) {
                action.run();
            }
        });
    }

    /** A future that a caller waits for; it fails when the node is or becomes closed. */
    final <T> CompletableFuture<T> promise() {
        return promises.make();
    }

    final <T> void complete(CompletableFuture<T> future, @Nullable T value) {
        promises.run(() -> future.complete(value));
    }

    /** Runs application code where the application wants it. */
    final void onExecutor(Runnable action) {
        promises.run(action);
    }

    /** An event about what the layer above said; there is none with Serf. */
    void onUpper(Event event) {}

    final String name() {
        return settings.name();
    }

    final SerfLayer serf() {
        return serf;
    }

    /** Has the node do something that it may refuse, by throwing; completes when it has. */
    final CompletableFuture<Void> attempt(NodeDriver.Input input) {
        CompletableFuture<Void> result = promise();
        command(() -> {
            if (attempt(result, input)) {
                complete(result, null);
            }
        });
        return result;
    }

    /** The same on the loop; returns whether the node has done it, and else fails the promise. */
    final boolean attempt(CompletableFuture<?> promise, NodeDriver.Input input) {
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
                recollection.on(event);
                Incoming query = serf.on(event);
                if (query != null || Heard.concerns(event)) {
                    Heard heard = new Heard(event, query);
                    listeners.forEach(listener -> listener.offer(heard));
                } else if (event instanceof Event.LeaveCompleted) {
                    left.complete(null);
                } else if (event instanceof Event.MergeRefused refused) {
                    Mismatch.refused(settings.name(), refused);
                } else {
                    onUpper(event);
                }
            }
            recollection.clock(driver.snapshot().figures().memberTime());
        }

        @Override
        public void onStopped(@Nullable Throwable cause) {
            closing.set(true);
            promises.close();
            var unused = recollection
                    .close()
                    .thenCombine(state.close(), (a, b) -> b)
                    .thenRun(() -> {
                        onExecutor(() -> {
                            if (cause == null) {
                                closed.complete(null);
                            } else {
                                closed.completeExceptionally(cause);
                            }
                        });
                        runtime.release();
                    });
        }
    }
}
