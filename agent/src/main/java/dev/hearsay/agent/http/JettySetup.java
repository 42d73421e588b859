package dev.hearsay.agent.http;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumSet;
import java.util.function.Function;
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

/** What each server here has, whatever it answers: Jetty on a socket that is bound already, within bounds, and refusals of one shape. */
final class JettySetup {
    private static final Logger LOG = LoggerFactory.getLogger(JettySetup.class);
    /** Threads for what is no request: accepting, selecting, and answering those for whom there is no room. */
    private static final int SPARE_THREADS = 16;

    private final ServerSocketChannel socket;
    private final HttpLimits limits;
    private final HttpMeters meters;
    private final RequestGate gate;
    private final Function<Context, String> allowed;

    /**
     * A setup.
     *
     * @param socket bound
     * @param allowed the methods that a request's path has, as the header {@code Allow} lists them
     */
    JettySetup(ServerSocketChannel socket, HttpLimits limits, HttpMeters meters, Function<Context, String> allowed) {
        this.socket = socket;
        this.limits = limits;
        this.meters = meters;
        this.gate = new RequestGate(limits, meters);
        this.allowed = allowed;
    }

    /** Lets requests in, and no longer. */
    RequestGate gate() {
        return gate;
    }

    void apply(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.routes.exception(Problem.class, this::refuse);
        config.routes.exception(HttpResponseException.class, this::refuse);
        config.routes.exception(Exception.class, this::fail);
        QueuedThreadPool threads = new QueuedThreadPool(limits.requests() + SPARE_THREADS, 4);
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
        server.setErrorHandler(new JettyErrors(meters));
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    }

    private void modify(HttpConfiguration config) {
        config.setRequestHeaderSize(limits.headerBytes());
        config.setSendDateHeader(false);
        // Names in paths may be any bytes, and no rule here goes by paths: what is ambiguous for other servers is a
        // name for this one. Only pages go by paths, and they take none that can be written in two ways.
        config.setUriCompliance(UriCompliance.LEGACY.with(
                "names",
                UriCompliance.Violation.BAD_UTF8_ENCODING,
                UriCompliance.Violation.TRUNCATED_UTF8_ENCODING,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
    }

    private Connector connector(Server server, HttpConfiguration config) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(config));
        connector.setIdleTimeout(limits.idle().toMillis());
        try {
            connector.open(socket);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return connector;
    }

    private void refuse(Problem problem, Context ctx) {
        try {
            if (!ctx.res().isCommitted()) {
                RequestGate.refuse(ctx.res(), problem, meters);
            }
        } catch (IOException e) {
            LOG.debug("a client is gone before it could be refused", e);
        }
    }

    private void refuse(HttpResponseException refusal, Context ctx) {
        if (refusal.getStatus() == 405) {
            String methods = allowed.apply(ctx);
            ctx.header("Allow", methods);
            String message = "the method " + ctx.req().getMethod() + " is not one of this path's: " + methods;
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
        refuse(new Problem(500, "internal", "this is a fault of Hearsay; its log says more", null), ctx);
    }
}
