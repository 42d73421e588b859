package dev.hearsay.agent.http;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.api.Cluster;
import dev.hearsay.web.Site;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP for one node. {@link #start} binds the address, and the rest of the start, which loads some thousand classes,
 * goes on beside that of the agent: whoever connects meanwhile waits in the kernel's queue. Each request has a thread while it
 * is under way.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    /** Threads for what is no request: accepting, selecting, and answering those for whom there is no room. */
    private static final int SPARE_THREADS = 16;
    /** How long the end waits for requests that are under way. */
    private static final long STOP_MILLIS = 1000;

    private final ServerSocketChannel socket;
    private final InetSocketAddress address;
    private final HttpContext context;
    private final List<Cluster.Subscription> subscriptions;
    private final RouteTable table;
    private final Pages pages;
    private final Guard guard;
    private final RequestGate gate;
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
        this.guard = new Guard(address, host);
        this.gate = new RequestGate(limits, meters.http());
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
        gate.awaitIdle(STOP_MILLIS);
        started.handle((app, failed) -> app == null ? null : app.stop()).join();
        closeSocket();
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
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.routes.before(ctx -> guard.check(ctx, pages.has(ctx)));
        pages.addTo(config);
        for (Route route : table.routes()) {
            config.routes.addHttpHandler(route.method(), route.path(), ctx -> carryOut(route, ctx));
            if (route.method().equals(HandlerType.GET)) {
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), ctx -> carryOut(route, ctx));
            }
        }
        config.routes.exception(Problem.class, this::refuse);
        config.routes.exception(HttpResponseException.class, this::refuse);
        config.routes.exception(Exception.class, this::fail);
        QueuedThreadPool threads = new QueuedThreadPool(context.limits().requests() + SPARE_THREADS, 4);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(this::modify);
        config.jetty.modifyServletContextHandler(
                handler -> handler.addFilter(new FilterHolder(gate), "/*", EnumSet.of(DispatcherType.REQUEST)));
        config.jetty.modifyHttpConfiguration(this::modify);
        config.jetty.addConnector(this::connector);
    }

    private void modify(Server server) {
        // Jetty's own patience is with idle connections, too.
        server.setStopTimeout(0);
        server.setErrorHandler(new JettyErrors(context.meters().http()));
        server.addBean(new NetworkConnectionLimit(context.limits().connections(), server));
    }

    private void modify(HttpConfiguration config) {
        config.setRequestHeaderSize(context.limits().headerBytes());
        config.setSendDateHeader(false);
        // Names in paths may be any bytes, and no rule here goes by paths: what is ambiguous for other servers is a
        // name for this one.
        config.setUriCompliance(UriCompliance.LEGACY.with(
                "names",
                UriCompliance.Violation.BAD_UTF8_ENCODING,
                UriCompliance.Violation.TRUNCATED_UTF8_ENCODING,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
    }

    private Connector connector(Server server, HttpConfiguration config) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(config));
        connector.setIdleTimeout(context.limits().idle().toMillis());
        try {
            connector.open(socket);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return connector;
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

    private void refuse(Problem problem, Context ctx) {
        try {
            if (!ctx.res().isCommitted()) {
                RequestGate.refuse(ctx.res(), problem, context.meters().http());
            }
        } catch (IOException e) {
            LOG.debug("a client is gone before it could be refused", e);
        }
    }

    private void refuse(HttpResponseException refusal, Context ctx) {
        if (refusal.getStatus() == 405) {
            String allowed = pages.has(ctx) ? Pages.METHODS : table.allowed(ctx.path());
            ctx.header("Allow", allowed);
            String message = "the method " + ctx.req().getMethod() + " is not one of this path's: " + allowed;
            refuse(new Problem(405, "method_not_allowed", message, null), ctx);
        } else if (refusal.getStatus() == 404) {
            String message = "there is nothing at " + ctx.path() + "; see /v1/openapi.json";
            refuse(new Problem(404, "not_found", message, null), ctx);
        } else {
            refuse(JettyErrors.problem(refusal.getStatus(), refusal.getMessage()), ctx);
        }
    }

    private void fail(Exception failure, Context ctx) {
        if (failure instanceof IOException) {
            LOG.debug("a client is gone before it was answered", failure);
            return;
        }
        LOG.error("{} {} failed", ctx.method(), ctx.path(), failure);
        refuse(new Problem(500, "internal", "this is a fault of the agent; its log says more", null), ctx);
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the HTTP listener", e);
        }
    }
}
