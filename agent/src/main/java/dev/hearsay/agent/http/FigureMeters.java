package dev.hearsay.agent.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of {@code hearsay info} as meters. They are read once for each scrape; one that appears for the first time, as a
 * reason to drop a packet does, becomes a meter then. Milliseconds become seconds.
 */
final class FigureMeters {
    /** Figures that go up and down. Every other one only grows while the agent runs. */
    static final Set<String> GAUGES = Set.of(
            "encrypted",
            "event_queue",
            "event_time",
            "guards",
            "health_score",
            "intent_queue",
            "lag_worst_minute_ms",
            "last_pause_collection_ms",
            "last_pause_ms",
            "member_time",
            "members_live",
            "query_queue",
            "query_time",
            "state_alone",
            "state_asked",
            "state_backlog",
            "state_bytes",
            "state_delay_p50_ms",
            "state_delay_p99_ms",
            "state_entries",
            "state_fetching",
            "state_live",
            "state_store_bytes",
            "state_store_pending",
            "state_telling",
            "suspicions",
            "updates_queued");
    /** Figures that {@link MemberMeters} has by status. */
    static final Set<String> ELSEWHERE = Set.of("failed", "left", "members");

    private static final String OURS = "hearsay.";
    private static final String DROPPED = "dropped_";
    private static final String MILLIS = "_ms";

    private final MeterRegistry registry;
    private final Supplier<Map<String, String>> source;
    private final Map<String, Double> values = new ConcurrentHashMap<>();

    FigureMeters(MeterRegistry registry, Supplier<Map<String, String>> source) {
        this.registry = registry;
        this.source = source;
    }

    /** Reads the figures anew. */
    void refresh() {
        source.get().forEach((figure, text) -> {
            String name = name(figure);
            Double value = number(text);
            if (value != null && !ELSEWHERE.contains(name) && values.put(name, value) == null) {
                register(name);
            }
        });
    }

    /** The name without the prefix that sets our figures apart from Serf's. */
    static String name(String figure) {
        return figure.startsWith(OURS) ? figure.substring(OURS.length()) : figure;
    }

    private void register(String name) {
        if (GAUGES.contains(name)) {
            boolean millis = name.endsWith(MILLIS);
            String shown = millis ? name.substring(0, name.length() - MILLIS.length()) + "_seconds" : name;
            Gauge.builder(OURS + shown, values, from -> value(from, name) / (millis ? 1000 : 1))
                    .description("'" + name + "' of hearsay info")
                    .register(registry);
        } else if (name.startsWith(DROPPED)) {
            FunctionCounter.builder(OURS + "packets.rejected", values, from -> value(from, name))
                    .description("What came from the network and was dropped, by reason")
                    .tag("reason", name.substring(DROPPED.length()))
                    .register(registry);
        } else {
            FunctionCounter.builder(OURS + name, values, from -> value(from, name))
                    .description("'" + name + "' of hearsay info")
                    .register(registry);
        }
    }

    private static double value(Map<String, Double> from, String name) {
        return from.getOrDefault(name, 0.0);
    }

    /** True counts one, false none; null for what is no number. */
    private static @Nullable Double number(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true") ? 1.0 : 0.0;
        }
        return text.matches("-?[0-9]+(\\.[0-9]+)?") ? Double.valueOf(text) : null;
    }
}
