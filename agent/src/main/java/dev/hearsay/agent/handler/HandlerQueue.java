package dev.hearsay.agent.handler;

import dev.hearsay.agent.GoDuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler: runs its script for one event after the other, in their order. Up to {@value #MAX_WAITING} events wait while it
 * is busy, then the oldest is dropped, counted, and reported. Thread-safe.
 */
final class HandlerQueue {
    /** How many events wait for a slow script. */
    static final int MAX_WAITING = 1024;
    /** A script that runs longer is reported (Serf's {@code warnSlow}). */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(HandlerQueue.class);

    private final String script;
    private final Executor pool;
    private final Supplier<Self> self;
    private final Supplier<Duration> timeout;
    private final HandlerFigures figures;
    private final Queue<HandlerEvent> waiting = new ArrayDeque<>();
    private boolean busy;
    private long dropped;

    /**
     * Whom scripts run for.
     *
     * @param name this node's
     * @param tags this node's, as they are now
     */
    record Self(String name, Map<String, String> tags) {}

    HandlerQueue(
            String script, Executor pool, Supplier<Self> self, Supplier<Duration> timeout, HandlerFigures figures) {
        this.script = script;
        this.pool = pool;
        this.self = self;
        this.timeout = timeout;
        this.figures = figures;
    }

    /** Has the script run for that event, some time; does not wait. */
    synchronized void offer(HandlerEvent event) {
        if (waiting.size() == MAX_WAITING) {
            waiting.remove();
            dropped++;
            figures.dropped.incrementAndGet();
        }
        waiting.add(event);
        next();
    }

    private synchronized void next() {
        if (!busy && !waiting.isEmpty()) {
            try {
                pool.execute(this::runOne);
                busy = true;
            } catch (RejectedExecutionException e) {
                LOG.debug("the agent ends: script '{}' does not run any more", script);
            }
        }
    }

    private void runOne() {
        HandlerEvent event;
        long lost;
        synchronized (this) {
            event = waiting.remove();
            lost = dropped;
            dropped = 0;
        }
        if (lost > 0) {
            LOG.warn("Script '{}' is too slow: {} events were dropped for it", script, lost);
        }
        try {
            run(event);
        } catch (IOException e) {
            figures.failed.incrementAndGet();
            LOG.error("Error invoking script '{}': {}", script, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                busy = false;
                next();
            }
        }
    }

    private void run(HandlerEvent event) throws IOException, InterruptedException {
        figures.runs.incrementAndGet();
        ScriptRun run = new ScriptRun(script, environment(self.get(), event), event.input());
        Duration limit = timeout.get();
        ScriptRun.Ended ended = run.run(
                limit, SLOW, () -> LOG.warn("Script '{}' slow, execution exceeding {}", script, GoDuration.text(SLOW)));
        byte[] output = run.output();
        if (run.outputBytes() > output.length) {
            LOG.warn(
                    "Script '{}' generated {} bytes of output, truncated to {}",
                    script,
                    run.outputBytes(),
                    output.length);
        }
        String text = new String(output, StandardCharsets.UTF_8);
        LOG.debug("Event '{}' script output: {}", event.kind(), text);
        if (ended.killed()) {
            figures.killed.incrementAndGet();
            LOG.error("Error invoking script '{}': killed after {}", script, GoDuration.text(limit));
        } else if (ended.exitCode() != 0) {
            figures.failed.incrementAndGet();
            LOG.error("Error invoking script '{}': exit status {}{}", script, ended.exitCode(), lastLine(text));
        } else if (event instanceof HandlerEvent.Query asked && output.length > 0) {
            respond(asked, output);
        }
    }

    private static void respond(HandlerEvent.Query asked, byte[] output) {
        var unused = asked.query().respond(output).whenComplete((ok, error) -> {
            if (error != null) {
                LOG.warn("Failed to respond to query '{}': {}", asked, error.getMessage());
            }
        });
    }

    /** The reason, most likely: a shell that finds no program says so there. */
    private static String lastLine(String output) {
        String text = output.strip();
        return text.isEmpty() ? "" : ": " + text.substring(text.lastIndexOf('\n') + 1);
    }

    private static Map<String, String> environment(Self self, HandlerEvent event) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SERF_EVENT", event.kind());
        environment.put("SERF_SELF_NAME", self.name());
        environment.put("SERF_SELF_ROLE", self.tags().getOrDefault("role", ""));
        self.tags().forEach((key, value) -> environment.put("SERF_TAG_" + variable(key), value));
        environment.putAll(event.environment());
        return environment;
    }

    /** A tag's name as shells can read it: capitals, digits and underscores, one for each character. */
    static String variable(String tag) {
        StringBuilder name = new StringBuilder(tag.length());
        tag.codePoints()
                .map(Character::toUpperCase)
                .forEach(c ->
                        name.append((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ? (char) c : '_'));
        return name.toString();
    }
}
