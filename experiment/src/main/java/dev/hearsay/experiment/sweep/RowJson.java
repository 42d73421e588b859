package dev.hearsay.experiment.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A row as a line of JSON, and back. */
public final class RowJson {
    private RowJson() {}

    /** The line, without its end. */
    public static String line(Row row) {
        return Json.line(tree(row));
    }

    static ObjectNode tree(Row row) {
        ObjectNode tree = Json.object();
        tree.put("point", row.point());
        tree.put("seed", row.seed());
        return rest(tree, row);
    }

    /** Adds what a row has besides its place. */
    static ObjectNode rest(ObjectNode tree, Row row) {
        tree.put("traceHash", row.traceHash());
        tree.put("members", row.members());
        tree.put("seconds", row.seconds());
        tree.put("passed", row.passed());
        if (!row.failure().isEmpty()) {
            tree.put("failure", row.failure());
        }
        if (!row.unmet().isEmpty()) {
            ArrayNode unmet = tree.putArray("unmet");
            row.unmet().forEach(unmet::add);
        }
        ObjectNode metrics = tree.putObject("metrics");
        row.metrics().forEach(metrics::put);
        return tree;
    }

    /**
     * Reads a line.
     *
     * @throws SweepException if it is not one; the message says why, not where
     */
    public static Row read(String line) throws SweepException {
        try {
            return read(Json.MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            throw new SweepException("not JSON: " + e.getOriginalMessage());
        }
    }

    static Row read(JsonNode tree) throws SweepException {
        if (!tree.isObject()) {
            throw new SweepException("not an object");
        }
        SortedMap<String, Double> metrics = new TreeMap<>();
        for (Map.Entry<String, JsonNode> metric : tree.path("metrics").properties()) {
            if (!metric.getValue().isNumber()) {
                throw new SweepException("the metric '" + metric.getKey() + "' is not a number");
            }
            metrics.put(metric.getKey(), metric.getValue().asDouble());
        }
        List<String> unmet = new ArrayList<>();
        tree.path("unmet").forEach(text -> unmet.add(text.asText()));
        return new Row(
                (int) whole(tree, "point"),
                whole(tree, "seed"),
                tree.path("traceHash").asText(),
                (int) whole(tree, "members"),
                tree.path("seconds").asDouble(),
                metrics,
                unmet,
                tree.path("failure").asText());
    }

    private static long whole(JsonNode tree, String key) throws SweepException {
        JsonNode value = tree.path(key);
        if (!value.isIntegralNumber()) {
            throw new SweepException("has no whole number '" + key + "'");
        }
        return value.asLong();
    }
}
