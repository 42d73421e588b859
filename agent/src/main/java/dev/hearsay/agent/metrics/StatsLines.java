package dev.hearsay.agent.metrics;

import dev.hearsay.api.MemberEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A node's figures as lines of statsd and statsite, {@code serf-agent.serf.events:3|c}: those for which Serf has a name, with
 * that name. Counters are what came since the lines before. Gauges have the host's name in theirs, as in Serf. One caller at a
 * time; events may come from other threads.
 */
final class StatsLines {
    private static final String PREFIX = "serf-agent.";
    /** A node's figure, and Serf's name for it. */
    private static final Map<String, String> GAUGES = new LinkedHashMap<>();

    private static final Map<String, String> SAMPLES = new LinkedHashMap<>();
    private static final Map<String, String> COUNTERS = new LinkedHashMap<>();
    private static final Map<MemberEvent.Kind, String> EVENTS = new EnumMap<>(MemberEvent.Kind.class);

    static {
        GAUGES.put("health_score", "memberlist.health.score");
        GAUGES.put("hearsay.members_live", "memberlist.node.instances.alive");
        GAUGES.put("failed", "memberlist.node.instances.dead");
        GAUGES.put("left", "memberlist.node.instances.left");
        GAUGES.put("hearsay.suspicions", "memberlist.node.instances.suspect");
        SAMPLES.put("intent_queue", "serf.queue.Intent");
        SAMPLES.put("event_queue", "serf.queue.Event");
        SAMPLES.put("query_queue", "serf.queue.Query");
        COUNTERS.put("hearsay.bytes_out", "memberlist.udp.sent");
        COUNTERS.put("hearsay.bytes_in", "memberlist.udp.received");
        COUNTERS.put("hearsay.streams_in", "memberlist.tcp.accept");
        COUNTERS.put("hearsay.streams_out", "memberlist.tcp.connect");
        COUNTERS.put("hearsay.user_events", "serf.events");
        COUNTERS.put("hearsay.queries", "serf.queries");
        COUNTERS.put("hearsay.coordinates_rejected", "serf.coordinate.rejected");
        EVENTS.put(MemberEvent.Kind.JOINED, "serf.member.join");
        EVENTS.put(MemberEvent.Kind.LEFT, "serf.member.left");
        EVENTS.put(MemberEvent.Kind.FAILED, "serf.member.failed");
        EVENTS.put(MemberEvent.Kind.UPDATED, "serf.member.update");
        EVENTS.put(MemberEvent.Kind.DAMPED, "serf.member.flap");
    }

    private final String host;
    private final Map<String, Double> before = new HashMap<>();
    private final Map<MemberEvent.Kind, Long> counted = new EnumMap<>(MemberEvent.Kind.class);

    /**
     * Lines of one node.
     *
     * @param host the host's name; dots become underscores, because dots part a metric's name
     */
    StatsLines(String host) {
        this.host = host.replaceAll("[.:|\\s]", "_");
    }

    /** Counts an event. */
    synchronized void count(MemberEvent event) {
        counted.merge(event.kind(), 1L, Long::sum);
    }

    /** The lines for these figures, each ending in a line feed; counters that stood still are left out. */
    synchronized List<String> next(Map<String, String> figures) {
        List<String> lines = new ArrayList<>();
        GAUGES.forEach((figure, name) -> {
            if (figures.containsKey(figure)) {
                lines.add(line(host + "." + name, number(figures, figure), "g"));
            }
        });
        SAMPLES.forEach((figure, name) -> {
            if (figures.containsKey(figure)) {
                lines.add(line(name, number(figures, figure), "ms"));
            }
        });
        COUNTERS.forEach((figure, name) -> {
            double now = number(figures, figure);
            Double last = before.put(figure, now);
            double more = now - (last == null ? 0 : last);
            if (more > 0) {
                lines.add(line(name, more, "c"));
            }
        });
        EVENTS.forEach((kind, name) -> {
            Long count = counted.remove(kind);
            if (count != null) {
                lines.add(line(name, count, "c"));
            }
        });
        return lines;
    }

    private static double number(Map<String, String> figures, String name) {
        try {
            return Double.parseDouble(figures.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number: " + figures.get(name), e);
        }
    }

    private static String line(String name, double value, String type) {
        return String.format(Locale.ROOT, "%s%s:%f|%s\n", PREFIX, name, value, type);
    }
}
