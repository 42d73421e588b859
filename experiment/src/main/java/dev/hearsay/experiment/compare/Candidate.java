package dev.hearsay.experiment.compare;

import dev.hearsay.experiment.compare.Finding.Verdict;
import dev.hearsay.experiment.run.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** One metric at one point, tested, but not yet judged among the others. */
final class Candidate {
    private final String metric;
    private final boolean paired;
    private final double[] before;
    private final double[] after;
    private final int unmeasuredBefore;
    private final int unmeasuredAfter;
    private final Optional<Judgement> judgement;

    private Candidate(
            String metric,
            boolean paired,
            double[] before,
            double[] after,
            int unmeasuredBefore,
            int unmeasuredAfter,
            Optional<Judgement> judgement) {
        this.metric = metric;
        this.paired = paired;
        this.before = before;
        this.after = after;
        this.unmeasuredBefore = unmeasuredBefore;
        this.unmeasuredAfter = unmeasuredAfter;
        this.judgement = judgement;
    }

    /** What the test says. */
    Optional<Judgement> judgement() {
        return judgement;
    }

    /**
     * Tests a metric.
     *
     * @param before values by seed
     * @param after values by seed
     */
    static Candidate of(
            String metric,
            Map<Long, Double> before,
            Map<Long, Double> after,
            int unmeasuredBefore,
            int unmeasuredAfter) {
        List<Long> both = before.keySet().stream().filter(after::containsKey).toList();
        // Pairs are worth more than as many runs without partner, but not if most runs have none.
        boolean paired = !both.isEmpty() && 2 * both.size() >= Math.min(before.size(), after.size());
        double[] ours = values(before, paired ? both : List.copyOf(before.keySet()));
        double[] theirs = values(after, paired ? both : List.copyOf(after.keySet()));
        Optional<Judgement> judgement = Optional.empty();
        if (ours.length > 0 && theirs.length > 0) {
            judgement = Optional.of(paired ? SignedRank.of(differences(ours, theirs)) : RankSum.of(ours, theirs));
        }
        return new Candidate(metric, paired, ours, theirs, unmeasuredBefore, unmeasuredAfter, judgement);
    }

    private static double[] values(Map<Long, Double> all, List<Long> seeds) {
        return seeds.stream()
                .mapToDouble(seed -> all.getOrDefault(seed, Double.NaN))
                .toArray();
    }

    private static double[] differences(double[] before, double[] after) {
        double[] differences = new double[before.length];
        for (int i = 0; i < before.length; i++) {
            differences[i] = after[i] - before[i];
        }
        return differences;
    }

    /** Whether there is something to test: no outcome of chance can make a difference of values that are all equal. */
    boolean differs() {
        return judgement.isPresent() && judgement.get().attainable() < 1;
    }

    Finding judged(Correction correction, int test, double least) {
        Judgement known =
                judgement.orElse(new Judgement("none", 1, 1, 0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        double adjusted = test < 0 ? 1 : correction.adjusted(test);
        Finding finding = new Finding(
                metric,
                Verdict.EQUAL,
                paired,
                before.length,
                after.length,
                differing(),
                unmeasuredBefore,
                unmeasuredAfter,
                mean(before),
                mean(after),
                known,
                adjusted);
        return finding.as(verdict(finding, correction, test, least));
    }

    private Verdict verdict(Finding finding, Correction correction, int test, double least) {
        if (judgement.isEmpty()) {
            return Verdict.ONE_SIDED;
        }
        if (test < 0) {
            return finding.differing() == 0 ? Verdict.EQUAL : Verdict.TOO_FEW;
        }
        if (!correction.tested(test)) {
            return Verdict.TOO_FEW;
        }
        if (!correction.significant(test)) {
            return Verdict.NO_CHANGE_SEEN;
        }
        // Where most runs are alike, the shift of the typical run is zero although some have moved far.
        if (Math.max(Math.abs(finding.relative()), Math.abs(finding.relativeShift())) < least) {
            return Verdict.NEGLIGIBLE;
        }
        Metric.Better better = Finding.metric(metric).better();
        if (better == Metric.Better.NEITHER) {
            return Verdict.CHANGED;
        }
        boolean up = finding.judgement().direction() > 0;
        return up == (better == Metric.Better.HIGHER) ? Verdict.BETTER : Verdict.WORSE;
    }

    private int differing() {
        int differing = 0;
        if (paired) {
            for (int i = 0; i < before.length; i++) {
                differing += before[i] == after[i] ? 0 : 1;
            }
            return differing;
        }
        long values = DoubleStream.concat(Arrays.stream(before), Arrays.stream(after))
                .distinct()
                .count();
        return values > 1 ? before.length + after.length : 0;
    }

    private static double mean(double[] values) {
        return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    }
}
