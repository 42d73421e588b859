package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Metric;
import dev.hearsay.experiment.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of a result in the order in which a person asks for them. */
final class Figures {
    /** What one wants to know at first sight, most important first. */
    private static final List<String> KEY = List.of(
            "agreement",
            "detection-first.p50",
            "detection-all.p99",
            "undetected",
            "false-failures",
            "false-failures-well",
            "events-delivered",
            "event-all.p50",
            "event-all.p99",
            "event-copies",
            "state-delivered",
            "state-all.p99",
            "bytes",
            "bytes-busiest",
            "bytes-peak",
            "queue-peak");

    /** The topics, each with how the names of its figures begin. What fits nowhere stands under the last. */
    private static final Map<String, List<String>> TOPICS = topics();

    private Figures() {}

    /** A figure. */
    record Single(Metric metric, double value) {
        /** With its unit. */
        String shown() {
            return metric.unit().show(value);
        }
    }

    /**
     * A distribution.
     *
     * @param name before the dot
     * @param unit of all columns
     * @param meaning of all columns
     * @param columns by quantile, those that were measured
     */
    record Spread(String name, Metric.Unit unit, String meaning, Map<String, Double> columns) {
        /** A column with its unit; a dash if it was not measured. */
        String shown(String quantile) {
            Double value = columns.get(quantile);
            return value == null ? "-" : unit.show(value);
        }
    }

    /** What belongs together. */
    record Topic(String title, List<Single> singles, List<Spread> spreads) {}

    private static Map<String, List<String>> topics() {
        Map<String, List<String>> topics = new LinkedHashMap<>();
        topics.put("Failures", List.of("agreement", "detection", "undetected", "false-", "suspicions", "health"));
        topics.put("User events", List.of("event"));
        topics.put("Shared state", List.of("state"));
        topics.put("Load", List.of());
        return topics;
    }

    /** That metric; a plain number without a meaning if this version knows none of that name. */
    static Metric metric(String name) {
        @Nullable Metric known = Metric.find(name);
        return known == null ? new Metric(name, Metric.Unit.COUNT, Metric.Better.NEITHER, "") : known;
    }

    /** The most important of those that were measured. */
    static List<Single> key(RunResult result) {
        List<Single> key = new ArrayList<>();
        for (String name : KEY) {
            Double value = result.metrics().get(name);
            if (value != null) {
                key.add(new Single(metric(name), value));
            }
        }
        return key;
    }

    /** All that were measured, by topic; topics without figures are left out. */
    static List<Topic> byTopic(RunResult result) {
        Map<String, Topic> topics = new LinkedHashMap<>();
        TOPICS.keySet().forEach(title -> topics.put(title, new Topic(title, new ArrayList<>(), new ArrayList<>())));
        new TreeMap<>(result.metrics()).forEach((name, value) -> {
            Topic topic = topics.get(title(name));
            if (topic != null) {
                add(topic, metric(name), value);
            }
        });
        return topics.values().stream()
                .filter(topic -> !topic.singles().isEmpty() || !topic.spreads().isEmpty())
                .toList();
    }

    private static String title(String name) {
        String last = "";
        for (Map.Entry<String, List<String>> topic : TOPICS.entrySet()) {
            last = topic.getKey();
            if (topic.getValue().stream().anyMatch(name::startsWith)) {
                return last;
            }
        }
        return last;
    }

    private static void add(Topic topic, Metric metric, double value) {
        int dot = metric.name().lastIndexOf('.');
        String quantile = metric.name().substring(dot + 1);
        if (dot < 0 || !Metric.QUANTILES.contains(quantile)) {
            topic.singles().add(new Single(metric, value));
            return;
        }
        String name = metric.name().substring(0, dot);
        Spread last = topic.spreads().isEmpty()
                ? null
                : topic.spreads().get(topic.spreads().size() - 1);
        if (last == null || !last.name().equals(name)) {
            String meaning = metric.meaning().replaceFirst(": " + quantile + "$", "");
            last = new Spread(name, metric.unit(), meaning, new LinkedHashMap<>());
            topic.spreads().add(last);
        }
        last.columns().put(quantile, value);
    }
}
