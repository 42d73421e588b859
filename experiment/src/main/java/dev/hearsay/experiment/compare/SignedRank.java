package dev.hearsay.experiment.compare;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/**
 * Wilcoxon's signed-rank test (1945) of pairs. Pairs that do not differ are left out of the test, not of the estimate; equal
 * differences have the mean of their ranks. Exact up to {@value #MOST_EXACT} pairs, from the distribution that these very ranks have; beyond
 * it a normal distribution with that one's deviation.
 *
 * <p>Hipparchus has this test too, but counts all subsets one by one (a thousand million for 30 pairs) and leaves ties out of
 * account, which are the rule among counts.
 */
final class SignedRank {
    static final int MOST_EXACT = 60;

    private SignedRank() {}

    /** Judges differences, at least one. */
    static Judgement of(double[] differences) {
        double[] changed = Arrays.stream(differences).filter(d -> d != 0).toArray();
        int[] ranks = doubledRanks(Arrays.stream(changed).map(Math::abs).toArray());
        int plus = 0;
        int all = 0;
        for (int i = 0; i < changed.length; i++) {
            plus += changed[i] > 0 ? ranks[i] : 0;
            all += ranks[i];
        }
        double p = changed.length == 0
                ? 1
                : changed.length <= MOST_EXACT ? SubsetSums.coins(ranks).twoSided(plus) : normal(ranks, plus, all);
        OrderedPairs means = OrderedPairs.means(differences);
        long skipped = skipped(differences.length);
        return new Judgement(
                "Wilcoxon signed-rank",
                p,
                Math.min(1, Math.scalb(2.0, -changed.length)),
                Integer.compare(2 * plus, all),
                means.median(),
                skipped < 0 ? Double.NEGATIVE_INFINITY : means.kth(skipped + 1),
                skipped < 0 ? Double.POSITIVE_INFINITY : means.kth(means.size() - skipped));
    }

    /** Twice the ranks, which are whole numbers also where ties share a rank. */
    static int[] doubledRanks(double[] values) {
        if (values.length == 0) {
            return new int[0];
        }
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(values);
        int[] doubled = new int[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            doubled[i] = (int) Math.round(2 * ranks[i]);
        }
        return doubled;
    }

    private static double normal(int[] doubledRanks, int plus, int all) {
        double variance = 0;
        for (int rank : doubledRanks) {
            variance += rank / 2.0 * (rank / 2.0) / 4;
        }
        return normalTail(Math.abs(plus / 2.0 - all / 4.0), Math.sqrt(variance));
    }

    /** Two-sided, of a statistic that lies on whole numbers (half a step is taken off). */
    static double normalTail(double distance, double deviation) {
        double z = Math.max(0, distance - 0.5) / deviation;
        return Math.min(1, 2 * new NormalDistribution(0, 1).cumulativeProbability(-z));
    }

    /** How many of the ordered means lie outside the confidence interval at either end; -1 if even all do not suffice. */
    private static long skipped(int pairs) {
        if (pairs > MOST_EXACT) {
            double mean = pairs * (pairs + 1.0) / 4;
            double deviation = Math.sqrt(pairs * (pairs + 1.0) * (2.0 * pairs + 1) / 24);
            double z = new NormalDistribution(0, 1).inverseCumulativeProbability(1 - Judgement.TAIL);
            return (long) Math.floor(mean - z * deviation - 0.5);
        }
        int[] ranks = new int[pairs];
        for (int i = 0; i < pairs; i++) {
            ranks[i] = i + 1;
        }
        return below(SubsetSums.coins(ranks));
    }

    /** The greatest sum that is not above either end's share, or -1. */
    static int below(SubsetSums sums) {
        int sum = -1;
        while (sums.atMost(sum + 1) <= Judgement.TAIL) {
            sum++;
        }
        return sum;
    }
}
