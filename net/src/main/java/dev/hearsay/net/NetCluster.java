package dev.hearsay.net;

import dev.hearsay.HearsayException;
import dev.hearsay.api.node.Callbacks;
import dev.hearsay.api.node.NodeCluster;
import dev.hearsay.api.node.NodeHost;
import dev.hearsay.api.node.NodeSetup;
import dev.hearsay.api.node.Seed;
import dev.hearsay.api.node.state.StateStore;
import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.net.store.StoreWriter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A node over real sockets: binds them, remembers what it knew, looks names up. */
public class NetCluster extends NodeCluster<NodeDriver> {
    private final NodeSettings settings;
    private final HearsayRuntime runtime;
    private final EventLoop loop;
    private final SeedResolver resolver;
    private final Recollection recollection;

    NetCluster(NodeSettings settings, HearsayRuntime runtime, HearsayRuntime.Lane lane, Sockets sockets) {
        this(settings, runtime, lane, sockets, Recollection.of(settings));
    }

    private NetCluster(
            NodeSettings settings,
            HearsayRuntime runtime,
            HearsayRuntime.Lane lane,
            Sockets sockets,
            Recollection recollection) {
        super(setup(settings, runtime, sockets), new Parts<>() {
            @Override
            public NodeDriver driver(NodeHost host) {
                return new NodeDriver(
                        lane,
                        Identities.of(settings, sockets),
                        settings,
                        new SecureRandom().nextLong(),
                        sockets,
                        ApplicationState.above(settings),
                        host);
            }

            @Override
            public @Nullable StateStore store() {
                Path file = settings.state().store();
                return file == null
                        ? null
                        : StoreWriter.open(file, settings.state().sync());
            }
        });
        this.settings = settings;
        this.runtime = runtime;
        this.loop = lane.loop();
        this.resolver = new SeedResolver(runtime.resolvers());
        this.recollection = recollection;
    }

    private static NodeSetup setup(NodeSettings settings, HearsayRuntime runtime, Sockets sockets) {
        Executor executor = settings.executor() == null ? runtime.callbacks() : settings.executor();
        return new NodeSetup(
                settings.name(),
                sockets.local().getPort(),
                settings.config(),
                settings.serf(),
                settings.state().config(),
                settings.delegate() != null,
                settings.keyringStore(),
                Callbacks.on(executor),
                runtime.callbacks());
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
                HearsayRuntime.Lane lane = runtime.nextLane();
                C cluster = maker.make(settings, runtime, lane, sockets);
                begin(cluster, lane.loop(), settings.state().store() != null);
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

    /** Has the node begin. Where it keeps shared state, that can be read when this returns. */
    private static void begin(NetCluster cluster, EventLoop loop, boolean keeps) {
        Promise<Void> begun = loop.newPromise();
        loop.execute(() -> {
            try {
                cluster.begin();
            } finally {
                begun.setSuccess(null);
            }
        });
        if (keeps && !loop.inEventLoop()) {
            begun.awaitUninterruptibly();
        }
    }

    /** On the loop: the node begins, and looks for those it remembers. */
    final void begin() {
        driver.start((node, now, out) -> {
            recollection.restore(node);
            shared().begin(node.state(), now, out);
            node.start(now, out);
        });
        recollection.rejoin(this, loop, settings.config().reconnectIntervalNanos());
    }

    /** Runs the action on the loop, later if this is the loop. */
    final void execute(Runnable action) {
        driver.execute(action);
    }

    final String nodeName() {
        return name();
    }

    /** Whether the node has stopped, or knows somebody besides itself. */
    final boolean hasCompany() {
        return driver.stopped() || driver.snapshot().live() > 1;
    }

    @Override
    protected final CompletableFuture<List<Address>> resolve(Seed seed) {
        return resolver.resolve(seed);
    }

    @Override
    protected final void onSaid(Event event) {
        recollection.on(event);
    }

    @Override
    protected final void onAllSaid() {
        recollection.clock(driver.snapshot().figures().memberTime());
    }

    @Override
    protected final void onLeave() {
        recollection.leave();
    }

    @Override
    protected final CompletableFuture<Void> onStop() {
        return recollection.close();
    }

    @Override
    protected final void onClosed() {
        runtime.release();
    }

    @Override
    protected final Map<String, Long> kept() {
        return recollection.figures();
    }
}
