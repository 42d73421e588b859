package dev.hearsay.agent;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.handler.EventHandlers;
import dev.hearsay.agent.log.AgentLog;
import dev.hearsay.agent.log.ConsoleLog;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.agent.state.KeyringFile;
import dev.hearsay.agent.state.TagsFile;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.core.Versions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent from start to exit: starts the node and what belongs to it, joins, and waits for a reason to end ({@link
 * Lifecycle}). Used once, by one thread; the reasons come from others.
 */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentSettings settings;
    private final ConfigSource source;
    private final PrintStream out;
    private final PrintStream err;
    private final LogRing ring = new LogRing();
    private final AtomicReference<LogLevel> level;
    private final Lifecycle lifecycle;

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
        this.lifecycle = new Lifecycle(settings.ending(), out, err);
    }

    /** Runs until there is a reason to stop; returns the exit code. */
    public int run() {
        AgentLog.install(ring, settings.logging().level());
        Signals.on("INT", lifecycle::interrupted);
        Signals.on("TERM", lifecycle::terminated);
        settings.warnings().forEach(warning -> out.println("==> " + warning));
        out.println("==> Starting Hearsay agent...");
        try (Cluster node = startNode()) {
            return runWith(new AgentCluster(node, tagsFile()));
        } catch (HearsayException | IllegalArgumentException e) {
            err.println("==> Failed to start the Hearsay agent: " + e.getMessage());
            return 1;
        }
    }

    private Cluster startNode() {
        AgentSettings.Node node = settings.node();
        AgentSettings.Files files = settings.files();
        Hearsay.Builder builder = Hearsay.builder()
                .bind(node.bind().host(), node.bind().port())
                .tags(node.tags())
                .config(node.config())
                .serf(node.serf())
                .wire(node.wire())
                .versions(versions(node.protocol()))
                .validateNames(node.validateNames());
        if (!node.allow().isEmpty()) {
            builder.allow(node.allow().toArray(new String[0]));
        }
        if (!node.name().isEmpty()) {
            builder.name(node.name());
        }
        if (!node.advertise().host().isEmpty()) {
            builder.advertise(node.advertise().host(), node.advertise().port());
        }
        if (files.keyring() != null) {
            builder.keyringStore(new KeyringFile(files.keyring()));
        }
        if (files.snapshot() != null) {
            builder.snapshotFile(files.snapshot(), files.rejoinAfterLeave());
        }
        return builder.start();
    }

    private static Versions versions(int protocol) {
        Versions serf = Versions.SERF;
        return new Versions(
                serf.protocolMin(),
                serf.protocolMax(),
                serf.protocol(),
                serf.delegateMin(),
                serf.delegateMax(),
                protocol);
    }

    private @Nullable TagsFile tagsFile() {
        Path file = settings.files().tags();
        return file == null ? null : new TagsFile(file);
    }

    private int runWith(Cluster cluster) {
        LOG.info("Hearsay agent starting");
        String self = cluster.self().name();
        LOG.info(
                "EventMemberJoin: {} {}",
                self,
                HostPort.of(cluster.self().address()).host());
        cluster.listen(new MemberLog());
        cluster.listen(this::heed);
        var unused = cluster.closed()
                .whenComplete((ok, broken) ->
                        lifecycle.failed("The node has stopped" + (broken == null ? "" : ": " + broken.getMessage())));
        AgentSettings.Handlers scripts = settings.handlers();
        try (EventHandlers handlers = EventHandlers.start(cluster, scripts.specs(), scripts.timeout())) {
            Reloading reloading = new Reloading(source, cluster, handlers, lifecycle, level);
            Signals.on("HUP", reloading::run);
            Signals.on("USR1", () -> logFigures(cluster, handlers));
            out.println("==> Starting Hearsay agent RPC...");
            return serve(cluster, host(handlers));
        }
    }

    private RpcServer.Host host(EventHandlers handlers) {
        return new RpcServer.Host() {
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
    }

    private int serve(Cluster cluster, RpcServer.Host host) {
        try (RpcServer rpc = RpcServer.start(
                settings.rpc().address(), cluster, ring, settings.rpc().auth(), host)) {
            Banner.print(out, settings, cluster, rpc.address());
            if (settings.ending().withParent()) {
                ParentWatch.start(lifecycle);
            }
            Joining joining = new Joining(cluster, settings.joining(), lifecycle);
            joining.atStart(out);
            return lifecycle.ending() ? end(cluster) : stream(cluster, joining);
        } catch (IOException e) {
            err.println("==> Error starting RPC listener on "
                    + HostPort.of(settings.rpc().address()) + ": " + plain(e)
                    + ". Choose another address with -rpc-addr.");
            return 1;
        }
    }

    /** Shows the log until the end. */
    private int stream(Cluster cluster, Joining joining) {
        out.println();
        out.println("==> Log data will now stream in as it occurs:");
        out.println();
        ConsoleLog console = ConsoleLog.start(ring, level::get, out);
        try {
            joining.retry();
            return end(cluster);
        } finally {
            console.close();
        }
    }

    private int end(Cluster cluster) {
        return lifecycle.end(cluster, Duration.ofNanos(settings.node().config().leaveTimeoutNanos()));
    }

    private void heed(MemberEvent event) {
        if (event.kind() == MemberEvent.Kind.NAME_LOST) {
            lifecycle.nameLost("The name '" + event.member().name() + "' belongs to " + event.by()
                    + ", most members say. Choose another with -node");
        }
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

    private static String plain(IOException e) {
        return String.valueOf(e.getMessage()).replace(" (Bind failed)", "").toLowerCase(Locale.ROOT);
    }
}
