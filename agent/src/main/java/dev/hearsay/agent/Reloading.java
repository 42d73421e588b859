package dev.hearsay.agent;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigException;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.handler.EventHandlers;
import dev.hearsay.agent.handler.HandlerSpec;
import dev.hearsay.agent.log.AgentLog;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.api.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a running agent read its configuration again and take over what can change while it runs: the log level, the event
 * handlers, the tags, the token for HTTP, and what INT and TERM do. Everything else keeps its value until the next start. If anything in a file is
 * wrong, nothing changes.
 */
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final ConfigSource source;
    private final Cluster cluster;
    private final EventHandlers handlers;
    private final Lifecycle lifecycle;
    private final AtomicReference<LogLevel> level;
    private final AtomicReference<String> httpToken;

    Reloading(
            ConfigSource source,
            Cluster cluster,
            EventHandlers handlers,
            Lifecycle lifecycle,
            AtomicReference<LogLevel> level,
            AtomicReference<String> httpToken) {
        this.source = source;
        this.cluster = cluster;
        this.handlers = handlers;
        this.lifecycle = lifecycle;
        this.level = level;
        this.httpToken = httpToken;
    }

    /** Reads and takes over; one call at a time. What it did, or why not, is in the log. */
    synchronized void run() {
        LOG.info("Reloading configuration...");
        AgentSettings read;
        try {
            read = source.read();
        } catch (ConfigException e) {
            LOG.error("Failed to reload configs: {}. Everything stays as it was", e.getMessage());
            return;
        }
        lifecycle.settings(read.ending());
        List<String> changes = new ArrayList<>();
        LogLevel before = level.getAndSet(read.logging().level());
        if (before != read.logging().level()) {
            AgentLog.level(read.logging().level());
            changes.add("log level " + before + " to " + read.logging().level());
        }
        String token = read.http() == null ? "" : read.http().token();
        if (!httpToken.getAndSet(token).equals(token)) {
            changes.add("the token for HTTP");
        }
        List<HandlerSpec> scripts = handlers.specs();
        handlers.update(read.handlers().specs(), read.handlers().timeout());
        if (!scripts.equals(read.handlers().specs())) {
            changes.add("event handlers, now " + read.handlers().specs().size());
        }
        if (!cluster.self().tags().equals(read.node().tags())) {
            changes.add("tags, now " + read.node().tags());
            changeTags(read);
        }
        LOG.info("Reloaded: {}", changes.isEmpty() ? "nothing has changed" : String.join("; ", changes));
    }

    private void changeTags(AgentSettings read) {
        try {
            var unused = cluster.tags(read.node().tags()).whenComplete((ok, error) -> {
                if (error != null) {
                    LOG.error("Failed to update tags: {}", error.getMessage());
                }
            });
        } catch (IllegalArgumentException e) {
            LOG.error("Failed to update tags: {}", e.getMessage());
        }
    }
}
