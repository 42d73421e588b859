package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.run.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All rows of a plan, or those that there are.
 *
 * @param plan what was to run
 * @param rows by point, then by seed
 */
public record Results(Plan plan, List<Row> rows) {
    /** Sorts. */
    public Results {
        rows = sorted(rows);
    }

    static List<Row> sorted(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparingInt(Row::point).thenComparingLong(Row::seed))
                .toList();
    }

    /** Runs of the plan without a row. */
    public List<Run> missing() {
        Set<String> there = new HashSet<>();
        rows.forEach(row -> there.add(row.point() + "/" + row.seed()));
        return plan.runs().stream()
                .filter(run -> !there.contains(run.point().index() + "/" + run.seed()))
                .toList();
    }

    /** How many runs broke an invariant or an expectation, or ended in an error. */
    public int failed() {
        return (int) rows.stream().filter(row -> !row.passed()).count();
    }

    /** The rows of each point, in the order of the grid; those without a row are there, with an empty list. */
    public Map<Point, List<Row>> byPoint() {
        Map<Integer, List<Row>> byIndex = new LinkedHashMap<>();
        rows.forEach(row ->
                byIndex.computeIfAbsent(row.point(), index -> new ArrayList<>()).add(row));
        Map<Point, List<Row>> byPoint = new LinkedHashMap<>();
        plan.points().forEach(point -> byPoint.put(point, byIndex.getOrDefault(point.index(), List.of())));
        return byPoint;
    }

    /** Names of all metrics that some run measured, in order. */
    public List<String> metrics() {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.metrics().keySet()));
        return List.copyOf(names);
    }

    /** The unit of a metric; a plain number if a newer release measured something that this one does not know. */
    static Metric.Unit unit(String metric) {
        Metric known = Metric.find(metric);
        return known == null ? Metric.Unit.COUNT : known.unit();
    }
}
