package dev.hearsay.agent.http;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.api.Cluster;
import dev.hearsay.web.Site;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP for one node. {@link #start} binds the address, and the rest of the start, which loads some thousand classes,
 * goes on beside that of the agent: whoever connects meanwhile waits in the kernel's queue. Each request has a thread while it
 * is under way.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    /** How long the end waits for requests that are under way. */
    private static final long STOP_MILLIS = 1000;
    /** How long it waits for the server's own threads; they take some ten milliseconds. */
    private static final long END_MILLIS = 10_000;

    private final ServerSocketChannel socket;
    private final InetSocketAddress address;
    private final HttpContext context;
    private final List<Cluster.Subscription> subscriptions;
    private final RouteTable table;
    private final Pages pages;
    private final Guard guard;
    private final JettySetup setup;
    private final CompletableFuture<Javalin> started = new CompletableFuture<>();

    /** What the agent does for the server. Any thread. */
    public interface Host {
        /** Ends the process: called after {@code /v1/leave} was carried out and answered. */
        void exit();

        /** Ends the process: the server cannot be started. */
        void failed(String line);

        /** Whether the agent has joined, if it was told to. */
        boolean joined();

        /** What the agent and its node counted, by name. */
        Map<String, String> figures();

        /** What the agent was told. */
        AgentSettings settings();

        /** The token that clients must present now; empty for none. */
        String token();
    }

    private HttpServer(ServerSocketChannel socket, Cluster cluster, Host host, HttpLimits limits) throws IOException {
        this.socket = socket;
        this.address = (InetSocketAddress) socket.getLocalAddress();
        String epoch = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Feed feed = new Feed(epoch);
        StateFeed stateFeed = new StateFeed(epoch + ".state");
        FigureSampler sampler = new FigureSampler(cluster, host, new Feed(epoch + ".figures", FigureSampler.RING));
        MemberHistory history = new MemberHistory();
        Semaphore streams = new Semaphore(limits.streams());
        Meters meters = new Meters(cluster, host, () -> limits.streams() - streams.availablePermits());
        this.context = new HttpContext(cluster, host, limits, feed, stateFeed, sampler, history, streams, meters);
        this.table = new RouteTable(context);
        this.pages = Pages.dashboard(new Site());
        this.guard = new Guard(address, host::token);
        this.setup = new JettySetup(
                socket, limits, meters.http(), ctx -> pages.has(ctx) ? Pages.METHODS : table.allowed(ctx.path()));
        this.subscriptions = Stream.of(new ClusterFeed(feed), sampler, history)
                .map(cluster::listen)
                .toList();
    }

    /**
     * Starts to listen.
     *
     * @param at where; port 0 takes a free one, see {@link #address}
     * @throws IOException if the address cannot be bound
     */
    public static HttpServer start(InetSocketAddress at, Cluster cluster, Host host) throws IOException {
        return start(at, cluster, host, HttpLimits.DEFAULTS);
    }

    static HttpServer start(InetSocketAddress at, Cluster cluster, Host host, HttpLimits limits) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(at, limits.connections());
            HttpServer server = new HttpServer(socket, cluster, host, limits);
            Thread thread = new Thread(server::serve, "http-start");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    RouteTable table() {
        return table;
    }

    /** Ends all streams, waits a moment for other requests under way, stops listening and closes every connection. */
    @Override
    public void close() {
        subscriptions.forEach(Cluster.Subscription::close);
        context.feed().end();
        context.stateFeed().close();
        context.sampler().close();
        setup.gate().awaitIdle(STOP_MILLIS);
        stopJetty();
        closeSocket();
    }

    /** Jetty waits without a bound for its selectors to end, which once they did not: the end of an agent must not hang on that. */
    private void stopJetty() {
        Thread stopping = new Thread(
                () -> started.handle((app, failed) -> app == null ? null : app.stop())
                        .join(),
                "http-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(END_MILLIS);
            if (stopping.isAlive()) {
                LOG.warn(
                        "The HTTP server has not ended within {} ms; its threads are left to the end of the process",
                        END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            Javalin app = Javalin.create(this::configure);
            started.complete(app.start());
            context.sampler().start();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The HTTP server does not start", e);
            closeSocket();
            started.completeExceptionally(e);
            context.host().failed("The HTTP server does not start: " + e.getMessage());
        }
    }

    private void configure(JavalinConfig config) {
        setup.apply(config);
        config.routes.before(ctx -> guard.check(ctx, pages.has(ctx)));
        pages.addTo(config);
        for (Route route : table.routes()) {
            config.routes.addHttpHandler(route.method(), route.path(), ctx -> carryOut(route, ctx));
            if (route.method().equals(HandlerType.GET)) {
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), ctx -> carryOut(route, ctx));
            }
        }
    }

    private void carryOut(Route route, Context ctx) throws Exception {
        ctx.req().setAttribute(RequestGate.ROUTE, route.path());
        Call call = new Call(ctx, route, context.limits());
        call.check();
        if (ctx.method().equals(HandlerType.HEAD) && route.streams()) {
            call.reply(Route.EVENT_STREAM, new byte[0]);
        } else {
            route.action().run(call);
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the HTTP listener", e);
        }
    }
}
