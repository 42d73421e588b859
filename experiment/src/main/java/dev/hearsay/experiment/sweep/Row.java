package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sweep keeps of one run: figures, not series.
 *
 * @param point index in the grid
 * @param seed of everything random
 * @param traceHash of the run, in hexadecimal; empty if it ended in an error
 * @param members how many there were
 * @param seconds of virtual time that passed
 * @param metrics figures by name, those that could be measured and are finite
 * @param unmet expectations of the scenario that did not come true, with what was seen instead
 * @param failure the invariant that broke, or the error that ended the run; empty if neither
 */
public record Row(
        int point,
        long seed,
        String traceHash,
        int members,
        double seconds,
        SortedMap<String, Double> metrics,
        List<String> unmet,
        String failure) {
    /** Most characters of a failure or an unmet expectation that are kept. */
    public static final int MOST_TEXT = 400;

    /** Copies. */
    public Row {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        unmet = unmet.stream().map(Row::cut).toList();
        failure = cut(failure);
    }

    /** Of a run that came to its end, or to the end of an invariant. */
    public static Row of(Run run, RunResult result) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
            if (Double.isFinite(metric.getValue())) {
                metrics.put(metric.getKey(), metric.getValue());
            }
        }
        List<String> unmet = new ArrayList<>();
        for (Verdict verdict : result.verdicts()) {
            if (!verdict.met()) {
                unmet.add(verdict.expectation() + " (" + verdict.seen() + ")");
            }
        }
        return new Row(
                run.point().index(),
                run.seed(),
                result.traceHash(),
                result.members(),
                result.seconds(),
                metrics,
                unmet,
                result.violation().orElse(""));
    }

    /** Of a run that ended in an error of the program: it is told like a broken invariant, and the others go on. */
    static Row of(Run run, RuntimeException error) {
        return new Row(run.point().index(), run.seed(), "", 0, 0, new TreeMap<>(), List.of(), "error: " + error);
    }

    /** Whether nothing broke and everything expected came true. */
    public boolean passed() {
        return failure.isEmpty() && unmet.isEmpty();
    }

    /** The first line: an invariant's message goes on with what led to it. */
    private static String cut(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) + "..." : line;
    }
}
