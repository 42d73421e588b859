package dev.hearsay.experiment.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.hipparchus.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two tests against published examples, against Hipparchus, against counting by hand, and against chance. */
class RankTestsTest {
    private static final double EXACT = 1e-12;

    /** Hollander and Wolfe (1973), depression scores of nine patients before and after a therapy; R's example of the test. */
    private static final double[] SCORES_BEFORE = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] SCORES_AFTER = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    @Test
    void theSignedRankTestHasThePublishedPOfTheDepressionScores() {
        Judgement judgement = SignedRank.of(differences(SCORES_BEFORE, SCORES_AFTER));
        assertEquals(0.0390625, judgement.p(), EXACT);
        assertEquals(2.0 / 512, judgement.attainable(), EXACT);
        assertEquals(-1, judgement.direction());
        assertEquals(-0.46, judgement.shift(), 1e-9);
        assertEquals(
                new WilcoxonSignedRankTest().wilcoxonSignedRankTest(SCORES_BEFORE, SCORES_AFTER, true),
                judgement.p(),
                EXACT);
    }

    @Test
    void theRankSumTestHasThePublishedPOfTheMembranes() {
        // Hollander and Wolfe (1973), permeability of membranes; R's example: W = 35, two-sided p = 0.2544.
        double[] before = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
        double[] after = {1.15, 0.88, 0.90, 0.74, 1.21};
        Judgement judgement = RankSum.of(before, after);
        assertEquals(764.0 / 3003, judgement.p(), EXACT);
        assertEquals(2.0 / 3003, judgement.attainable(), EXACT);
        assertEquals(-0.305, judgement.shift(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 12, 25, 30})
    void bothTestsCountWhatAnEnumerationCounts(int seed) {
        Random random = new Random(seed);
        // Few values, so that there are ties and zeros.
        double[] before = random.ints(9, 0, 5).asDoubleStream().toArray();
        double[] after = random.ints(9, 1, 6).asDoubleStream().toArray();
        double[] changed =
                Arrays.stream(differences(before, after)).filter(d -> d != 0).toArray();
        int[] ranks =
                SignedRank.doubledRanks(Arrays.stream(changed).map(Math::abs).toArray());
        int seen = 0;
        for (int i = 0; i < changed.length; i++) {
            seen += changed[i] > 0 ? ranks[i] : 0;
        }
        int less = 0;
        int more = 0;
        for (int mask = 0; mask < 1 << ranks.length; mask++) {
            int sum = 0;
            for (int i = 0; i < ranks.length; i++) {
                sum += (mask >> i & 1) == 1 ? ranks[i] : 0;
            }
            less += sum <= seen ? 1 : 0;
            more += sum >= seen ? 1 : 0;
        }
        double counted = Math.min(1, 2.0 * Math.min(less, more) / (1 << ranks.length));
        assertEquals(counted, SignedRank.of(differences(before, after)).p(), EXACT, "seed " + seed);

        double[] pooled =
                DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray();
        int[] all = SignedRank.doubledRanks(pooled);
        int sum = Arrays.stream(all).skip(9).sum();
        less = 0;
        more = 0;
        int choices = 0;
        for (int mask = 0; mask < 1 << 18; mask++) {
            if (Integer.bitCount(mask) == 9) {
                int other = 0;
                for (int i = 0; i < 18; i++) {
                    other += (mask >> i & 1) == 1 ? all[i] : 0;
                }
                choices++;
                less += other <= sum ? 1 : 0;
                more += other >= sum ? 1 : 0;
            }
        }
        assertEquals(
                Math.min(1, 2.0 * Math.min(less, more) / choices),
                RankSum.of(before, after).p(),
                1e-9,
                "seed " + seed);
    }

    @Test
    void theShiftAndItsIntervalAreOrderStatisticsOfAllPairs() {
        Random random = new Random(11);
        for (int n : List.of(1, 2, 7, 40, 150)) {
            double[] values = random.doubles(n, -3, 5).toArray();
            double[] means = new double[n * (n + 1) / 2];
            int next = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    means[next++] = (values[i] + values[j]) / 2;
                }
            }
            Arrays.sort(means);
            OrderedPairs pairs = OrderedPairs.means(values);
            assertEquals(means.length, pairs.size());
            for (int k : new int[] {1, (means.length + 1) / 2, means.length}) {
                assertEquals(means[k - 1], pairs.kth(k), 0, n + " values, number " + k);
            }
            double[] others = random.ints(n + 3, -2, 3).asDoubleStream().toArray();
            double[] all = Arrays.stream(values)
                    .flatMap(x -> Arrays.stream(others).map(y -> y - x))
                    .sorted()
                    .toArray();
            OrderedPairs differences = OrderedPairs.differences(values, others);
            assertEquals(all[all.length / 3], differences.kth(all.length / 3 + 1), 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 20, 120})
    void ifNothingChangedOneTestInTwentyAtMostSaysOtherwise(int n) {
        long seed = 20_260_101L + n;
        Random random = new Random(seed);
        int cases = 1_000;
        int paired = 0;
        int groups = 0;
        int counts = 0;
        for (int i = 0; i < cases; i++) {
            double[] before = gaussian(random, n, 0);
            double[] after = gaussian(random, n, 0);
            paired += SignedRank.of(differences(before, after)).p() <= 0.05 ? 1 : 0;
            groups += RankSum.of(before, after).p() <= 0.05 ? 1 : 0;
            double[] some = random.ints(n, 0, 3).asDoubleStream().toArray();
            double[] others = random.ints(n, 0, 3).asDoubleStream().toArray();
            counts += SignedRank.of(differences(some, others)).p() <= 0.05 ? 1 : 0;
        }
        // 50 of 1,000 are expected at most, with a deviation of 6.9: four of them. Below, the levels that so few
        // values can have:
        // of 6 pairs 1/32, of 6 and 6 values 38/924.
        int most = 50 + 28;
        String seen = "n " + n + " seed " + seed + ": " + paired + ", " + groups + ", " + counts;
        assertTrue(paired <= most && groups <= most && counts <= most, seen);
        assertTrue(paired >= (n == 6 ? 31 - 22 : 25) && groups >= (n == 6 ? 41 - 25 : 25), seen);
    }

    @Test
    void aShiftIsFoundAndItsIntervalHoldsIt() {
        long seed = 5;
        Random random = new Random(seed);
        int cases = 500;
        int found = 0;
        int held = 0;
        int heldByGroups = 0;
        for (int i = 0; i < cases; i++) {
            double[] before = gaussian(random, 20, 0);
            double[] after = gaussian(random, 20, 1.5);
            Judgement judgement = SignedRank.of(differences(before, after));
            found += judgement.p() <= 0.05 && judgement.direction() > 0 ? 1 : 0;
            held += judgement.low() <= 1.5 && 1.5 <= judgement.high() ? 1 : 0;
            Judgement other = RankSum.of(before, after);
            heldByGroups += other.low() <= 1.5 && 1.5 <= other.high() ? 1 : 0;
        }
        // A t test would find 99.2 % of them (shift 1.5, deviation of a difference the root of 2); ranks lose 5 % of
        // the sample.
        assertTrue(found >= 475, "found " + found + " of " + cases + ", seed " + seed);
        // 95 % or a little more: 475, deviation 4.9; four of them.
        assertTrue(
                held >= 455 && heldByGroups >= 455, held + " and " + heldByGroups + " of " + cases + ", seed " + seed);
    }

    @Test
    void fewValuesHaveNoIntervalAndEqualOnesNoTest() {
        assertEquals(
                Double.NEGATIVE_INFINITY,
                SignedRank.of(new double[] {1, 2, 3, 4, 5}).low());
        assertEquals(
                1, SignedRank.of(new double[] {1, 2, 3, 4, 5, 6}).low(), "all six means of a value with itself count");
        Judgement equal = SignedRank.of(new double[] {0, 0, 0});
        assertEquals(1, equal.p());
        assertEquals(1, equal.attainable());
        assertEquals(0, equal.direction());
        assertEquals(1, RankSum.of(new double[] {2, 2}, new double[] {2}).p());
        assertEquals(1, RankSum.of(new double[] {2, 2}, new double[] {2}).attainable());
    }

    private static double[] gaussian(Random random, int n, double mean) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = mean + random.nextGaussian();
        }
        return values;
    }

    private static double[] differences(double[] before, double[] after) {
        double[] differences = new double[before.length];
        for (int i = 0; i < before.length; i++) {
            differences[i] = after[i] - before[i];
        }
        return differences;
    }
}
