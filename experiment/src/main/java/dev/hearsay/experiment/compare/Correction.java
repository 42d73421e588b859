package dev.hearsay.experiment.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Judges many tests together, so that with {@link #LEVEL} at most one of them is called significant if nothing changed at all.
 *
 * <p>Tests that could not be significant with any outcome, since they have too few values that differ, are set aside first (Tarone
 * 1990); among the others Holm's procedure (1979) decides.
 */
final class Correction {
    /** How often, at most, a comparison of results that do not differ calls anything a change. */
    static final double LEVEL = 0.05;

    private final double[] adjusted;
    private final boolean[] tested;

    private Correction(double[] adjusted, boolean[] tested) {
        this.adjusted = adjusted;
        this.tested = tested;
    }

    /** Judges all tests of one comparison. */
    static Correction of(List<Judgement> tests) {
        int share = 1;
        while (attainable(tests, LEVEL / share) > share) {
            share++;
        }
        boolean[] tested = new boolean[tests.size()];
        double[] adjusted = new double[tests.size()];
        Arrays.fill(adjusted, 1);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            tested[i] = tests.get(i).attainable() <= LEVEL / share;
            if (tested[i]) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingDouble(i -> tests.get(i).p()));
        double before = 0;
        for (int i = 0; i < order.size(); i++) {
            double p = tests.get(order.get(i)).p() * (order.size() - i);
            before = Math.max(before, Math.min(1, p));
            adjusted[order.get(i)] = before;
        }
        return new Correction(adjusted, tested);
    }

    private static long attainable(List<Judgement> tests, double level) {
        return tests.stream().filter(test -> test.attainable() <= level).count();
    }

    /** The p of that test, with regard to all others. */
    double adjusted(int test) {
        return adjusted[test];
    }

    /** Whether the test could have been significant at all. */
    boolean tested(int test) {
        return tested[test];
    }

    boolean significant(int test) {
        return tested[test] && adjusted[test] <= LEVEL;
    }

    /** How many pairs suffice for each of so many tests to be significant, if all of them go one way. */
    static int pairsNeeded(int tests) {
        int pairs = 1;
        while (Math.scalb(2.0, -pairs) > LEVEL / Math.max(1, tests)) {
            pairs++;
        }
        return pairs;
    }
}
