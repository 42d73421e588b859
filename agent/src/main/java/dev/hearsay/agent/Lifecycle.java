package dev.hearsay.agent;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.api.Cluster;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why and how an agent ends; thread-safe. The first reason counts.
 *
 * <p>Signals and exit codes are Serf's: INT leaves and exits 0, TERM stops without a word and exits 1; two settings change
 * that. Where a signal does not leave, the code is 1. A second signal while the agent leaves ends it at once with 1. {@code
 * leave} over RPC exits 0.
 */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final PrintStream out;
    private final PrintStream err;
    private final CompletableFuture<Reason> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> secondSignal = new CompletableFuture<>();
    private volatile AgentSettings.Ending ending;

    /** How an agent ends. */
    private enum Way {
        /** Says goodbye first; 0. */
        LEAVING,
        /** Has said goodbye; 0. */
        LEFT,
        /** Without a word; 1. */
        STOPPED,
        /** The same, because something went wrong. */
        FAILED
    }

    /** A way, and a line for the operator. */
    private record Reason(Way way, String line) {}

    Lifecycle(AgentSettings.Ending ending, PrintStream out, PrintStream err) {
        this.ending = ending;
        this.out = out;
        this.err = err;
    }

    /** Other settings from now on. */
    void settings(AgentSettings.Ending changed) {
        ending = changed;
    }

    /** SIGINT. */
    void interrupted() {
        signal("interrupt", !ending.skipLeaveOnInterrupt());
    }

    /** SIGTERM. */
    void terminated() {
        signal("terminated", ending.leaveOnTerminate());
    }

    private void signal(String name, boolean leave) {
        if (!stop.complete(new Reason(leave ? Way.LEAVING : Way.STOPPED, "Caught signal: " + name))) {
            secondSignal.complete(null);
        }
    }

    /** The node has left, as a command wanted. */
    void left() {
        stop.complete(new Reason(Way.LEFT, ""));
    }

    /** Nobody needs the agent any more. */
    void stopped(String line) {
        stop.complete(new Reason(Way.STOPPED, line));
    }

    /** It cannot go on. */
    void failed(String line) {
        stop.complete(new Reason(Way.FAILED, line));
    }

    /** Most members say that this node's name is somebody else's. */
    void nameLost(String line) {
        if (ending.onNameLost()) {
            failed(line);
        }
    }

    /** Whether there is a reason to end. */
    boolean ending() {
        return stop.isDone();
    }

    /** Waits for the future or for a reason to end; returns whether the future is done. It must not fail. */
    boolean await(CompletableFuture<?> future) {
        CompletableFuture.anyOf(future.handle((ok, error) -> ok), stop).join();
        return future.isDone();
    }

    /** Waits so long, unless the agent ends. */
    void pause(Duration time) {
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

    /**
     * Waits for the reason to end, and ends the node accordingly; {@link Cluster#close} is the caller's.
     *
     * @param leaveTimeout bound on each of the two steps of leaving
     * @return the exit code
     */
    int end(Cluster cluster, Duration leaveTimeout) {
        Reason reason = stop.join();
        if (!reason.line().isEmpty()) {
            (reason.way() == Way.FAILED ? err : out).println("==> " + reason.line());
        }
        int code = switch (reason.way()) {
            case LEAVING -> leave(cluster, leaveTimeout.multipliedBy(2).plusSeconds(1));
            case LEFT -> 0;
            case STOPPED, FAILED -> 1;
        };
        LOG.info("shutdown complete");
        return code;
    }

    private int leave(Cluster cluster, Duration bound) {
        out.println("==> Gracefully shutting down agent...");
        LOG.info("requesting graceful leave");
        CompletableFuture<Void> left = cluster.leave();
        try {
            CompletableFuture.anyOf(left, secondSignal).get(bound.toNanos(), TimeUnit.NANOSECONDS);
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
}
