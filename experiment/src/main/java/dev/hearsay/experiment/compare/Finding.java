package dev.hearsay.experiment.compare;

import dev.hearsay.experiment.run.Metric;

/**
 * What is to be said about one metric at one point.
 *
 * @param metric its name
 * @param verdict in one word
 * @param paired whether runs of equal seeds were compared
 * @param runsBefore how many runs of the first result were compared
 * @param runsAfter how many of the second; the same number if they are pairs
 * @param differing how many pairs differ; without pairs, all values if any two differ
 * @param unmeasuredBefore runs of the first result at this point that did not measure it
 * @param unmeasuredAfter the same of the second
 * @param before mean of the runs that were compared
 * @param after mean of those
 * @param judgement of the test
 * @param adjusted p with regard to all other tests of the comparison (Holm)
 */
record Finding(
        String metric,
        Verdict verdict,
        boolean paired,
        int runsBefore,
        int runsAfter,
        int differing,
        int unmeasuredBefore,
        int unmeasuredAfter,
        double before,
        double after,
        Judgement judgement,
        double adjusted) {
    /** How many runs of a point broke an invariant or an expectation, as a share of all: a metric like the others. */
    static final Metric FAILED = new Metric(
            "runs-failed", Metric.Unit.SHARE, Metric.Better.LOWER, "runs that broke an invariant or an expectation");

    /** What a person wants to know first. */
    enum Verdict {
        /** It changed in the bad direction. */
        WORSE,
        /** It changed in the good direction. */
        BETTER,
        /** It changed, and only the reader knows whether that is good. */
        CHANGED,
        /** It changed, but by less than is of interest. */
        NEGLIGIBLE,
        /** It may have changed, but the runs do not show it. */
        NO_CHANGE_SEEN,
        /** Nothing could have been shown with so few runs, or with so few that differ. */
        TOO_FEW,
        /** Every pair of runs, or every run, has the same value. */
        EQUAL,
        /** Only one of the results has it. */
        ONE_SIDED
    }

    /** The metric; a plain number if a newer release measured something that this one does not know. */
    static Metric metric(String name) {
        if (name.equals(FAILED.name())) {
            return FAILED;
        }
        Metric known = Metric.find(name);
        return known == null ? new Metric(name, Metric.Unit.COUNT, Metric.Better.NEITHER, "") : known;
    }

    /** The same with that verdict. */
    Finding as(Verdict other) {
        return new Finding(
                metric,
                other,
                paired,
                runsBefore,
                runsAfter,
                differing,
                unmeasuredBefore,
                unmeasuredAfter,
                before,
                after,
                judgement,
                adjusted);
    }

    /** How much greater the mean is after, as a share of what it was before; infinite if that was zero and is no longer. */
    double relative() {
        return relative(after - before);
    }

    /** The shift likewise. */
    double relativeShift() {
        return relative(judgement.shift());
    }

    /** The farthest that the interval reaches from no change, likewise: a greater shift would have been seen. */
    double visible() {
        return Math.abs(relative(Math.max(Math.abs(judgement.low()), Math.abs(judgement.high()))));
    }

    private double relative(double difference) {
        return difference == 0 ? 0 : difference / Math.abs(before);
    }
}
