package dev.hearsay.experiment.compare;

import java.util.Arrays;

/**
 * How likely each sum is if chance picks some of these weights: the exact distribution of a rank statistic under the hypothesis that
 * nothing changed, given the ties that there are. Counted by adding one weight after the other.
 */
final class SubsetSums {
    /** The probability of each sum, from 0. */
    private final double[] probabilities;

    private SubsetSums(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /** Each weight is taken or not, by the toss of a coin. */
    static SubsetSums coins(int[] weights) {
        double[] ways = new double[sum(weights) + 1];
        ways[0] = 1;
        int most = 0;
        for (int weight : weights) {
            most += weight;
            for (int s = most; s >= 0; s--) {
                ways[s] = (ways[s] + (s >= weight ? ways[s - weight] : 0)) / 2;
            }
        }
        return new SubsetSums(ways);
    }

    /** Exactly so many of the weights are taken, each choice as likely as any other. */
    static SubsetSums choices(int[] weights, int taken) {
        double[][] ways = new double[taken + 1][sum(weights) + 1];
        ways[0][0] = 1;
        int most = 0;
        for (int i = 0; i < weights.length; i++) {
            int weight = weights[i];
            most += weight;
            for (int k = Math.min(i + 1, taken); k >= 1; k--) {
                double[] with = ways[k];
                double[] without = ways[k - 1];
                for (int s = most; s >= weight; s--) {
                    with[s] += without[s - weight];
                }
            }
        }
        double[] counts = ways[taken];
        double all = Arrays.stream(counts).sum();
        return new SubsetSums(Arrays.stream(counts).map(count -> count / all).toArray());
    }

    private static int sum(int[] weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** The probability of that sum or less. */
    double atMost(int sum) {
        double p = 0;
        for (int s = 0; s <= Math.min(sum, probabilities.length - 1); s++) {
            p += probabilities[s];
        }
        return p;
    }

    /** The probability of that sum or more. */
    double atLeast(int sum) {
        double p = 0;
        for (int s = Math.max(sum, 0); s < probabilities.length; s++) {
            p += probabilities[s];
        }
        return p;
    }

    /** Twice the smaller tail that the sum is in, at most 1. */
    double twoSided(int sum) {
        return Math.min(1, 2 * Math.min(atMost(sum), atLeast(sum)));
    }
}
