package dev.hearsay.experiment.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearsay.experiment.compare.Comparison.AtPoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison for programs. What is infinite or unknown is null. */
public final class ComparisonJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private ComparisonJson() {}

    /** All of it, with line ends. */
    public static String show(Comparison comparison) {
        ObjectNode tree = MAPPER.createObjectNode();
        tree.put("format", "hearsay-comparison-1");
        tree.put("worse", comparison.worse());
        side(tree.putObject("before"), comparison.before());
        side(tree.putObject("after"), comparison.after());
        tree.put("level", Correction.LEVEL);
        tree.put("least", comparison.least());
        tree.put("tests", comparison.tests());
        points(tree.putArray("onlyBefore"), comparison.onlyBefore());
        points(tree.putArray("onlyAfter"), comparison.onlyAfter());
        ArrayNode points = tree.putArray("points");
        for (AtPoint point : comparison.points()) {
            ObjectNode node = points.addObject();
            point.parameters().forEach(node.putObject("parameters")::put);
            node.put("runsBefore", point.runsBefore());
            node.put("runsAfter", point.runsAfter());
            node.put("sameRuns", point.sameRuns());
            ArrayNode findings = node.putArray("findings");
            point.findings().forEach(finding -> finding(findings.addObject(), finding));
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static void side(ObjectNode node, Side side) {
        node.put("place", side.place());
        node.put("scenario", side.scenario());
        node.put("points", side.points().size());
        node.put("runs", side.runs());
    }

    private static void points(ArrayNode node, List<Map<String, String>> points) {
        points.forEach(point -> point.forEach(node.addObject()::put));
    }

    private static void finding(ObjectNode node, Finding finding) {
        Judgement judgement = finding.judgement();
        node.put("metric", finding.metric());
        node.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("paired", finding.paired());
        node.put("runsBefore", finding.runsBefore());
        node.put("runsAfter", finding.runsAfter());
        node.put("differing", finding.differing());
        node.put("unmeasuredBefore", finding.unmeasuredBefore());
        node.put("unmeasuredAfter", finding.unmeasuredAfter());
        number(node, "before", finding.before());
        number(node, "after", finding.after());
        number(node, "relative", finding.relative());
        node.put("test", judgement.test());
        number(node, "p", judgement.p());
        number(node, "adjustedP", finding.adjusted());
        number(node, "shift", judgement.shift());
        number(node, "low", judgement.low());
        number(node, "high", judgement.high());
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
