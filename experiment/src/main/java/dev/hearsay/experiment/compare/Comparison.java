package dev.hearsay.experiment.compare;

import dev.hearsay.experiment.compare.Finding.Verdict;
import dev.hearsay.experiment.sweep.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changed from one result to another.
 *
 * @param before the first
 * @param after the second
 * @param least changes below this share of the value before are negligible, however sure they are
 * @param points what both have, in the order of the first
 * @param onlyBefore points that only the first has
 * @param onlyAfter points that only the second has
 * @param tests how many tests were judged together
 */
public record Comparison(
        Side before,
        Side after,
        double least,
        List<AtPoint> points,
        List<Map<String, String>> onlyBefore,
        List<Map<String, String>> onlyAfter,
        int tests) {
    /**
     * One point of both grids.
     *
     * @param parameters of the point
     * @param runsBefore how many runs the first has
     * @param runsAfter how many the second has
     * @param sameRuns whether they have the same seeds, and each the same trace: then they are the same in every respect
     * @param findings by metric, the share of failed runs first; empty if they are the same runs
     */
    public record AtPoint(
            Map<String, String> parameters, int runsBefore, int runsAfter, boolean sameRuns, List<Finding> findings) {}

    /**
     * Compares.
     *
     * @param metrics those that are of interest; empty for all
     * @param least 0 to 1
     * @throws CompareException if they have no point in common
     */
    public static Comparison of(Side before, Side after, Set<String> metrics, double least) throws CompareException {
        Map<Map<String, String>, List<Candidate>> candidates = new LinkedHashMap<>();
        List<Map<String, String>> onlyBefore = new ArrayList<>();
        before.points().forEach((parameters, rows) -> {
            List<Row> others = after.points().get(parameters);
            if (others == null) {
                onlyBefore.add(parameters);
            } else {
                candidates.put(parameters, sameRuns(rows, others) ? List.of() : candidates(rows, others, metrics));
            }
        });
        List<Map<String, String>> onlyAfter = after.points().keySet().stream()
                .filter(parameters -> !before.points().containsKey(parameters))
                .toList();
        if (candidates.isEmpty()) {
            throw new CompareException(before.place() + " and " + after.place() + " have no point in common: "
                    + ComparisonText.show(onlyBefore) + " there, " + ComparisonText.show(onlyAfter) + " here");
        }
        List<Candidate> tested = candidates.values().stream()
                .flatMap(List::stream)
                .filter(Candidate::differs)
                .toList();
        Correction correction = Correction.of(
                tested.stream().map(each -> each.judgement().orElseThrow()).toList());
        int next = 0;
        List<AtPoint> points = new ArrayList<>();
        for (Map.Entry<Map<String, String>, List<Candidate>> point : candidates.entrySet()) {
            List<Finding> findings = new ArrayList<>();
            for (Candidate candidate : point.getValue()) {
                findings.add(candidate.judged(correction, candidate.differs() ? next++ : -1, least));
            }
            List<Row> rows = before.points().getOrDefault(point.getKey(), List.of());
            List<Row> others = after.points().getOrDefault(point.getKey(), List.of());
            points.add(new AtPoint(
                    point.getKey(), rows.size(), others.size(), sameRuns(rows, others), List.copyOf(findings)));
        }
        return new Comparison(before, after, least, points, onlyBefore, onlyAfter, tested.size());
    }

    /** Whether something got worse. */
    public boolean worse() {
        return points.stream()
                .flatMap(point -> point.findings().stream())
                .anyMatch(finding -> finding.verdict() == Verdict.WORSE);
    }

    private static boolean sameRuns(List<Row> before, List<Row> after) {
        return before.size() == after.size()
                && hashes(before).equals(hashes(after))
                && !hashes(before).containsValue("");
    }

    private static Map<Long, String> hashes(List<Row> rows) {
        Map<Long, String> hashes = new TreeMap<>();
        rows.forEach(row -> hashes.put(row.seed(), row.traceHash()));
        return hashes;
    }

    private static List<Candidate> candidates(List<Row> before, List<Row> after, Set<String> chosen) {
        Set<String> names = new TreeSet<>();
        before.forEach(row -> names.addAll(row.metrics().keySet()));
        after.forEach(row -> names.addAll(row.metrics().keySet()));
        if (!chosen.isEmpty()) {
            names.retainAll(chosen);
        }
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(Candidate.of(
                Finding.FAILED.name(),
                values(before, Finding.FAILED.name()),
                values(after, Finding.FAILED.name()),
                0,
                0));
        for (String name : names) {
            Map<Long, Double> ours = values(before, name);
            Map<Long, Double> theirs = values(after, name);
            candidates.add(Candidate.of(name, ours, theirs, before.size() - ours.size(), after.size() - theirs.size()));
        }
        return candidates;
    }

    private static Map<Long, Double> values(List<Row> rows, String metric) {
        Map<Long, Double> values = new TreeMap<>();
        for (Row row : rows) {
            Double value = row.metrics().get(metric);
            if (metric.equals(Finding.FAILED.name())) {
                value = row.passed() ? 0.0 : 1.0;
            }
            if (value != null && Double.isFinite(value)) {
                values.put(row.seed(), value);
            }
        }
        return values;
    }
}
