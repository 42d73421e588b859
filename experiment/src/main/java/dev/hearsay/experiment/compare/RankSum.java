package dev.hearsay.experiment.compare;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.util.CombinatoricsUtils;

/**
 * Mann and Whitney's test (1947; Wilcoxon's rank sum) of two groups. Equal values have the mean of their ranks. Exact up to
 * {@value #MOST_EXACT} values in all, from the distribution that these very ranks have; beyond it a normal distribution with that
 * one's deviation.
 */
final class RankSum {
    static final int MOST_EXACT = 40;

    private RankSum() {}

    /** Judges two groups, each of at least one value. */
    static Judgement of(double[] before, double[] after) {
        int all = before.length + after.length;
        double[] pooled = Arrays.copyOf(before, all);
        System.arraycopy(after, 0, pooled, before.length, after.length);
        int[] ranks = SignedRank.doubledRanks(pooled);
        int sum = 0;
        for (int i = before.length; i < all; i++) {
            sum += ranks[i];
        }
        boolean same = Arrays.stream(pooled).distinct().count() == 1;
        double p = 1;
        double attainable = 1;
        if (!same && all <= MOST_EXACT) {
            SubsetSums sums = SubsetSums.choices(ranks, after.length);
            p = sums.twoSided(sum);
            attainable =
                    Math.min(sums.twoSided(end(ranks, after.length, 1)), sums.twoSided(end(ranks, after.length, -1)));
        } else if (!same) {
            p = normal(ranks, sum, after.length);
            attainable = Math.min(1, 2 / choices(all, after.length));
        }
        OrderedPairs differences = OrderedPairs.differences(before, after);
        long skipped = skipped(before.length, after.length);
        return new Judgement(
                "Mann-Whitney",
                p,
                attainable,
                Long.compare(sum, (long) after.length * (all + 1)),
                differences.median(),
                skipped < 0 ? Double.NEGATIVE_INFINITY : differences.kth(skipped + 1),
                skipped < 0 ? Double.POSITIVE_INFINITY : differences.kth(differences.size() - skipped));
    }

    /** The greatest sum of so many ranks, or the least. */
    private static int end(int[] ranks, int taken, int sign) {
        return sign
                * Arrays.stream(ranks)
                        .map(rank -> -sign * rank)
                        .sorted()
                        .limit(taken)
                        .map(rank -> -rank)
                        .sum();
    }

    private static double normal(int[] doubledRanks, int doubledSum, int taken) {
        int all = doubledRanks.length;
        double mean = (all + 1) / 2.0;
        double squares = 0;
        for (int rank : doubledRanks) {
            squares += (rank / 2.0 - mean) * (rank / 2.0 - mean);
        }
        double variance = (double) taken * (all - taken) / (all * (all - 1.0)) * squares;
        return SignedRank.normalTail(Math.abs(doubledSum / 2.0 - taken * mean), Math.sqrt(variance));
    }

    private static double choices(int all, int taken) {
        return Math.exp(CombinatoricsUtils.binomialCoefficientLog(all, taken));
    }

    private static long skipped(int before, int after) {
        int all = before + after;
        if (all > MOST_EXACT) {
            double deviation = Math.sqrt((double) before * after * (all + 1.0) / 12);
            double z = new NormalDistribution(0, 1).inverseCumulativeProbability(1 - Judgement.TAIL);
            return (long) Math.floor((double) before * after / 2 - z * deviation - 0.5);
        }
        int[] ranks = new int[all];
        for (int i = 0; i < all; i++) {
            ranks[i] = i + 1;
        }
        int least = after * (after + 1) / 2;
        int below = SignedRank.below(SubsetSums.choices(ranks, after));
        return below < least ? -1 : below - least;
    }
}
