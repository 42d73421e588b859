package dev.hearsay.agent;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.agent.log.AgentLog;
import dev.hearsay.agent.log.ConsoleLog;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent from start to exit: starts the node and its RPC, joins, and waits for a reason to stop. Used once, by one thread;
 * the reasons come from others.
 *
 * <p>Signals and exit codes are Serf's: INT leaves and exits 0, TERM stops without a word and exits 1, a second signal while
 * it leaves exits 1 at once; {@code leave} over RPC exits 0.
 */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentSettings settings;
    private final PrintStream out;
    private final PrintStream err;
    private final LogRing ring = new LogRing();
    private final CompletableFuture<Reason> stop = new CompletableFuture<>();
    private final CountDownLatch secondSignal = new CountDownLatch(1);

    /** Why an agent stops. */
    private enum Cause {
        INTERRUPTED,
        TERMINATED,
        LEFT,
        FAILED
    }

    /** A cause, and a line for the operator. */
    private record Reason(Cause cause, String line) {}

    /** An agent that has not started. */
    public Agent(AgentSettings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** Runs until there is a reason to stop; returns the exit code. */
    public int run() {
        AgentLog.install(ring, settings.logLevel());
        Signals.listen(this::onSignal);
        out.println("==> Starting Hearsay agent...");
        try (Cluster cluster = startNode()) {
            return runWith(cluster);
        } catch (HearsayException | IllegalArgumentException e) {
            err.println("==> Failed to start the Hearsay agent: " + e.getMessage());
            return 1;
        }
    }

    private Cluster startNode() {
        Hearsay.Builder builder = Hearsay.builder()
                .bind(settings.bind().host(), settings.bind().port())
                .tags(settings.tags())
                .config(settings.config())
                .wire(settings.wire())
                .validateNames(settings.validateNames());
        if (!settings.allow().isEmpty()) {
            builder.allow(settings.allow().toArray(new String[0]));
        }
        if (!settings.node().isEmpty()) {
            builder.name(settings.node());
        }
        if (!settings.advertise().host().isEmpty()) {
            builder.advertise(settings.advertise().host(), settings.advertise().port());
        }
        return builder.start();
    }

    private int runWith(Cluster cluster) {
        LOG.info("Hearsay agent starting");
        String self = cluster.self().name();
        LOG.info(
                "EventMemberJoin: {} {}",
                self,
                HostPort.of(cluster.self().address()).host());
        cluster.listen(new MemberLog());
        var unused = cluster.closed()
                .whenComplete((ok, broken) -> stop.complete(new Reason(
                        Cause.FAILED, "The node has stopped" + (broken == null ? "" : ": " + broken.getMessage()))));
        out.println("==> Starting Hearsay agent RPC...");
        try (RpcServer rpc = RpcServer.start(settings.rpc(), cluster, ring, settings.rpcAuth(), this::onLeft)) {
            banner(cluster, rpc);
            if (settings.stopWithParent()) {
                watchParent();
            }
            if (joined(cluster)) {
                out.println();
                out.println("==> Log data will now stream in as it occurs:");
                out.println();
                ConsoleLog console = ConsoleLog.start(ring, settings.logLevel(), out);
                try {
                    retryJoin(cluster);
                    return end(cluster, stop.join());
                } finally {
                    console.close();
                }
            }
            return end(cluster, stop.join());
        } catch (IOException e) {
            err.println("==> Error starting RPC listener on " + HostPort.of(settings.rpc()) + ": " + plain(e)
                    + ". Choose another address with -rpc-addr.");
            return 1;
        }
    }

    private void banner(Cluster cluster, RpcServer rpc) {
        out.println("==> Hearsay agent running!");
        row("Node name", "'" + cluster.self().name() + "'");
        row("Bind addr", "'" + settings.bind() + "'");
        HostPort advertised = HostPort.of(cluster.self().address());
        if (!advertised.equals(settings.bind())) {
            row("Advertise addr", "'" + advertised + "'");
        }
        row("RPC addr", "'" + HostPort.of(rpc.address()) + "'");
        row("Encrypted", String.valueOf(settings.wire().keyring() != null));
        row("Profile", settings.profile());
    }

    private void row(String name, String value) {
        out.printf("%31s: %s%n", name, value);
    }

    /** Joins as -join says; returns whether the agent may go on. If not, the reason is given. */
    private boolean joined(Cluster cluster) {
        if (settings.join().isEmpty()) {
            return true;
        }
        out.println("==> Joining cluster...(replay: false)");
        try {
            int contacted = join(cluster, settings.join());
            out.println("    Join completed. Synced with " + contacted + " initial agents");
        } catch (JoinResult.JoinException | IllegalArgumentException e) {
            stop.complete(new Reason(Cause.FAILED, "Failed to join: " + e.getMessage()));
        }
        return !stop.isDone();
    }

    /** One attempt; returns how many seeds answered. Ends early if the agent is told to stop meanwhile. */
    private int join(Cluster cluster, List<String> seeds) {
        LOG.info("joining: {} replay: false", seeds);
        CompletableFuture<JoinResult> attempt = cluster.join(seeds);
        CompletableFuture.anyOf(attempt, stop).join();
        if (!attempt.isDone()) {
            attempt.cancel(false);
            return 0;
        }
        int contacted = attempt.join().orThrow().contacted();
        LOG.info("joined: {} nodes", contacted);
        return contacted;
    }

    private void retryJoin(Cluster cluster) {
        AgentSettings.Retry retry = settings.retry();
        if (retry.seeds().isEmpty()) {
            return;
        }
        Thread thread = new Thread(() -> retryUntilJoined(cluster, retry), "retry-join");
        thread.setDaemon(true);
        thread.start();
    }

    private void retryUntilJoined(Cluster cluster, AgentSettings.Retry retry) {
        for (int attempt = 1; !stop.isDone(); attempt++) {
            try {
                join(cluster, retry.seeds());
                return;
            } catch (JoinResult.JoinException | IllegalArgumentException e) {
                if (attempt == retry.max()) {
                    stop.complete(new Reason(
                            Cause.FAILED, "Gave up after " + attempt + " attempts to join: " + e.getMessage()));
                    return;
                }
                LOG.warn(
                        "Join failed: {}, retrying in {} s",
                        e.getMessage(),
                        retry.interval().toMillis() / 1000.0);
                pause(retry.interval());
            }
        }
    }

    /** Waits, unless the agent stops. */
    private void pause(Duration time) {
        try {
            stop.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
    }

    private int end(Cluster cluster, Reason reason) {
        if (!reason.line().isEmpty()) {
            (reason.cause() == Cause.FAILED ? err : out).println("==> " + reason.line());
        }
        int code = switch (reason.cause()) {
            case INTERRUPTED -> leave(cluster);
            case LEFT -> 0;
            case TERMINATED, FAILED -> 1;
        };
        LOG.info("shutdown complete");
        return code;
    }

    private int leave(Cluster cluster) {
        out.println("==> Gracefully shutting down agent...");
        LOG.info("requesting graceful leave");
        CompletableFuture<Void> left = cluster.leave();
        CompletableFuture<Void> forced = CompletableFuture.runAsync(this::awaitSecondSignal);
        try {
            // Each of the two steps of leaving is bounded by leaveTimeout.
            CompletableFuture.anyOf(left, forced)
                    .get(2 * settings.config().leaveTimeoutNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            err.println("==> Could not leave gracefully: "
                    + (e.getCause() == null ? "timed out" : e.getCause().getMessage()));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
        if (!left.isDone()) {
            err.println("==> Second signal: stopping without having left");
            return 1;
        }
        return 0;
    }

    private void awaitSecondSignal() {
        try {
            secondSignal.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onSignal(String name) {
        Cause cause = name.equals("interrupt") ? Cause.INTERRUPTED : Cause.TERMINATED;
        if (!stop.complete(new Reason(cause, "Caught signal: " + name))) {
            secondSignal.countDown();
        }
    }

    private void onLeft() {
        stop.complete(new Reason(Cause.LEFT, ""));
    }

    private void watchParent() {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // What the parent says does not matter, only that it is there.
                        }
                    } catch (IOException e) {
                        LOG.debug("standard input is gone", e);
                    }
                    stop.complete(new Reason(Cause.TERMINATED, "Standard input has ended"));
                },
                "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static String plain(IOException e) {
        return String.valueOf(e.getMessage()).replace(" (Bind failed)", "").toLowerCase(Locale.ROOT);
    }
}
