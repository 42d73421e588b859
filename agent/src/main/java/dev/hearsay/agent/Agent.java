package dev.hearsay.agent;

import dev.hearsay.HearsayException;
import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.discovery.Discovery;
import dev.hearsay.agent.discovery.MulticastDns;
import dev.hearsay.agent.handler.EventHandlers;
import dev.hearsay.agent.http.HttpServer;
import dev.hearsay.agent.log.AgentLog;
import dev.hearsay.agent.log.ConsoleLog;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.log.Syslog;
import dev.hearsay.agent.metrics.StatsSender;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.MemberEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent from start to exit: starts the node and what belongs to it, joins, waits for a reason to end ({@link Lifecycle}),
 * and closes everything in the opposite order. Used once, by one thread; the reasons come from others.
 */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentSettings settings;
    private final ConfigSource source;
    private final PrintStream out;
    private final PrintStream err;
    private final LogRing ring = new LogRing();
    private final AtomicReference<LogLevel> level;
    private final AtomicReference<String> httpToken;
    private final Lifecycle lifecycle;
    /** What has been started, the last first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /**
     * An agent that has not started.
     *
     * @param settings what it was told
     * @param source whence, for when it is to read that again
     */
    public Agent(AgentSettings settings, ConfigSource source, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.source = source;
        this.out = out;
        this.err = err;
        this.level = new AtomicReference<>(settings.logging().level());
        this.httpToken = new AtomicReference<>(
                settings.http() == null ? "" : settings.http().token());
        this.lifecycle = new Lifecycle(settings.ending(), out, err);
    }

    /** Runs until there is a reason to stop; returns the exit code. */
    public int run() {
        AgentLog.install(ring, settings.logging().level());
        Signals.on("INT", lifecycle::interrupted);
        Signals.on("TERM", lifecycle::terminated);
        settings.warnings().forEach(warning -> out.println("==> " + warning));
        out.println("==> Starting Hearsay agent...");
        try {
            return runUntilTheEnd();
        } catch (HearsayException | IllegalArgumentException e) {
            err.println("==> Failed to start the Hearsay agent: " + e.getMessage());
            return 1;
        } finally {
            started.forEach(Agent::close);
        }
    }

    private int runUntilTheEnd() {
        startSyslog();
        Cluster cluster = NodeStart.start(settings);
        started.push(cluster);
        listen(cluster);
        EventHandlers handlers = startHandlers(cluster);
        StatsSender stats = StatsSender.start(
                cluster, settings.metrics().statsd(), settings.metrics().statsite());
        if (stats != null) {
            started.push(stats);
        }
        out.println("==> Starting Hearsay agent RPC...");
        RpcServer rpc = startRpc(cluster, handlers);
        Joining joining = new Joining(cluster, settings.joining(), lifecycle);
        HttpServer http = startHttp(cluster, joining, () -> figures(cluster, handlers, rpc));
        Banner.print(out, settings, cluster, rpc.address(), http == null ? null : http.address());
        if (settings.ending().withParent()) {
            ParentWatch.start(lifecycle);
        }
        startDiscovery(cluster, joining);
        joining.atStart(out);
        if (!lifecycle.ending()) {
            showLog();
            joining.retry();
        }
        return lifecycle.end(cluster, Duration.ofNanos(settings.node().config().leaveTimeoutNanos()));
    }

    private void startSyslog() {
        String facility = settings.logging().syslogFacility();
        try {
            if (!facility.isEmpty()) {
                started.push(Syslog.start(ring, facility, level::get));
            }
        } catch (IOException e) {
            throw new HearsayException("Syslog setup failed: " + e.getMessage(), e);
        }
    }

    private void listen(Cluster cluster) {
        LOG.info("Hearsay agent starting");
        LOG.info(
                "EventMemberJoin: {} {}",
                cluster.self().name(),
                HostPort.of(cluster.self().address()).host());
        cluster.listen(new MemberLog());
        cluster.listen(this::heed);
        var unused = cluster.closed()
                .whenComplete((ok, broken) ->
                        lifecycle.failed("The node has stopped" + (broken == null ? "" : ": " + broken.getMessage())));
    }

    private void heed(MemberEvent event) {
        if (event.kind() == MemberEvent.Kind.NAME_LOST) {
            lifecycle.nameLost("The name '" + event.member().name() + "' belongs to " + event.by()
                    + ", most members say. Choose another with -node");
        }
    }

    private EventHandlers startHandlers(Cluster cluster) {
        AgentSettings.Handlers scripts = settings.handlers();
        EventHandlers handlers = EventHandlers.start(cluster, scripts.specs(), scripts.timeout());
        started.push(handlers);
        Reloading reloading = new Reloading(source, cluster, handlers, lifecycle, level, httpToken);
        Signals.on("HUP", reloading::run);
        Signals.on("USR1", () -> logFigures(cluster, handlers));
        return handlers;
    }

    private RpcServer startRpc(Cluster cluster, EventHandlers handlers) {
        AgentSettings.Rpc at = settings.rpc();
        RpcServer.Host host = new RpcServer.Host() {
            @Override
            public void exit() {
                lifecycle.left();
            }

            @Override
            public Map<String, String> figures() {
                return handlers.figures();
            }

            @Override
            public Map<String, String> eventHandlers() {
                return handlers.scripts();
            }
        };
        try {
            RpcServer rpc = RpcServer.start(at.address(), cluster, ring, at.auth(), host);
            started.push(rpc);
            return rpc;
        } catch (IOException e) {
            throw new HearsayException(
                    "Error starting RPC listener on " + HostPort.of(at.address()) + ": " + why(e)
                            + ". Choose another address with -rpc-addr.",
                    e);
        }
    }

    private @Nullable HttpServer startHttp(Cluster cluster, Joining joining, Supplier<Map<String, String>> figures) {
        AgentSettings.Http at = settings.http();
        if (at == null) {
            return null;
        }
        try {
            HttpServer http = HttpServer.start(
                    at.address(), cluster, new HttpHost(settings, lifecycle, joining, figures, httpToken::get));
            started.push(http);
            return http;
        } catch (IOException e) {
            throw new HearsayException(
                    "Error starting HTTP listener on " + HostPort.of(at.address()) + ": " + why(e)
                            + ". Choose another address with -http-addr, or none with -http-addr=off.",
                    e);
        }
    }

    private static String why(IOException e) {
        return String.valueOf(e.getMessage()).replace(" (Bind failed)", "").toLowerCase(Locale.ROOT);
    }

    private void startDiscovery(Cluster cluster, Joining joining) {
        AgentSettings.Mdns mdns = settings.mdns();
        if (mdns == null) {
            return;
        }
        try {
            MulticastDns dns = MulticastDns.of(
                    cluster.self().name(),
                    mdns.cluster(),
                    cluster.self().address(),
                    mdns.iface(),
                    mdns.ipv4(),
                    mdns.ipv6());
            started.push(Discovery.start(dns, joining::joinFound, dns.self()));
        } catch (IOException e) {
            throw new HearsayException("Error starting mDNS listener: " + e.getMessage(), e);
        }
    }

    /** From now on, until the end. */
    private void showLog() {
        out.println();
        out.println("==> Log data will now stream in as it occurs:");
        out.println();
        // Closed last, so that it shows how the others end.
        started.addLast(ConsoleLog.start(ring, level::get, out));
    }

    private static Map<String, String> figures(Cluster cluster, EventHandlers handlers, RpcServer rpc) {
        Map<String, String> figures = new LinkedHashMap<>(cluster.stats());
        figures.putAll(handlers.figures());
        figures.putAll(rpc.figures());
        return figures;
    }

    private static void logFigures(Cluster cluster, EventHandlers handlers) {
        Map<String, String> figures = new LinkedHashMap<>(cluster.stats());
        figures.putAll(handlers.figures());
        LOG.info(
                "Figures:\n{}",
                figures.entrySet().stream()
                        .map(figure -> "  " + figure.getKey() + " = " + figure.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("closing {}", part.getClass().getSimpleName(), e);
        }
    }
}
