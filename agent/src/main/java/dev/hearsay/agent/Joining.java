package dev.hearsay.agent;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a node join whom it was told to: once at the start, and then again and again. */
final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

    private final Cluster cluster;
    private final AgentSettings.Joining settings;
    private final Lifecycle lifecycle;
    private volatile boolean pending;

    Joining(Cluster cluster, AgentSettings.Joining settings, Lifecycle lifecycle) {
        this.cluster = cluster;
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.pending = !settings.seeds().isEmpty() || !settings.retrySeeds().isEmpty();
    }

    /** Whether the agent was told to join, and has reached nobody yet. */
    boolean pending() {
        return pending;
    }

    /** Joins those of the start, if there are any. If none answers, the agent ends. */
    void atStart(PrintStream out) {
        if (settings.seeds().isEmpty()) {
            return;
        }
        out.println("==> Joining cluster...(replay: " + settings.replay() + ")");
        try {
            int contacted = join(settings.seeds());
            out.println("    Join completed. Synced with " + contacted + " initial agents");
        } catch (JoinResult.JoinException | IllegalArgumentException e) {
            lifecycle.failed("Failed to join: " + e.getMessage());
        }
    }

    /** Begins to try those to be tried again, on a thread of its own. */
    void retry() {
        if (!settings.retrySeeds().isEmpty()) {
            Thread thread = new Thread(this::retryUntilJoined, "retry-join");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** One attempt; returns how many seeds answered. Ends early if the agent ends meanwhile. */
    int join(List<String> seeds) throws JoinResult.JoinException {
        LOG.info("joining: {} replay: {}", seeds, settings.replay());
        CompletableFuture<JoinResult> attempt = cluster.join(seeds, settings.replay());
        if (!lifecycle.await(attempt)) {
            attempt.cancel(false);
            return 0;
        }
        int contacted = attempt.join().orThrow().contacted();
        LOG.info("joined: {} nodes", contacted);
        pending = false;
        return contacted;
    }

    /** One attempt with those that were found. */
    int joinFound(List<String> found) throws IOException {
        try {
            return join(found);
        } catch (JoinResult.JoinException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void retryUntilJoined() {
        for (int attempt = 1; !lifecycle.ending(); attempt++) {
            try {
                join(settings.retrySeeds());
                return;
            } catch (JoinResult.JoinException | IllegalArgumentException e) {
                if (attempt == settings.retryMax()) {
                    lifecycle.failed("Gave up after " + attempt + " attempts to join: " + e.getMessage());
                    return;
                }
                LOG.warn("Join failed: {}, retrying in {}", e.getMessage(), GoDuration.text(settings.retryInterval()));
                lifecycle.pause(settings.retryInterval());
            }
        }
    }
}
