package dev.hearsay.experiment.compare;

import java.util.Arrays;

/**
 * The k-th smallest of all sums, or differences, of two values, without making them all: a bisection over the values that a double
 * can have, in each step of which one walk counts how many pairs are not above.
 */
final class OrderedPairs {
    private final double[] lower;
    private final double[] upper;
    private final boolean means;

    private OrderedPairs(double[] lower, double[] upper, boolean means) {
        this.lower = lower;
        this.upper = upper;
        this.means = means;
    }

    /** The means of any two of the values, each with itself as well (Walsh averages). */
    static OrderedPairs means(double[] values) {
        double[] sorted = sorted(values);
        return new OrderedPairs(sorted, sorted, true);
    }

    /** Every value of {@code after} less every value of {@code before}. */
    static OrderedPairs differences(double[] before, double[] after) {
        double[] negated = Arrays.stream(before).map(x -> 0.0 - x).toArray();
        return new OrderedPairs(sorted(negated), sorted(after), false);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** How many pairs there are. */
    long size() {
        return means ? upper.length * (upper.length + 1L) / 2 : (long) lower.length * upper.length;
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        long size = size();
        double below = kth((size + 1) / 2);
        return size % 2 == 1 ? below : (below + kth(size / 2 + 1)) / 2;
    }

    /**
     * The k-th smallest.
     *
     * @param k 1 to {@link #size}
     */
    double kth(long k) {
        long low = key(value(lower[0], upper[0]));
        long high = key(value(lower[lower.length - 1], upper[upper.length - 1]));
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1);
            if (notAbove(value(middle)) >= k) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return value(low);
    }

    private double value(double a, double b) {
        // Zero, not minus zero, so that the keys are in order.
        return (means ? (a + b) / 2 : a + b) + 0.0;
    }

    /** Numbers of doubles, in the order of the doubles. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    private static double value(long key) {
        return Double.longBitsToDouble(key < 0 ? key ^ Long.MAX_VALUE : key);
    }

    private long notAbove(double bound) {
        long pairs = 0;
        int j = upper.length - 1;
        for (int i = 0; i < lower.length; i++) {
            while (j >= 0 && value(lower[i], upper[j]) > bound) {
                j--;
            }
            // Of two values each pair counts once: with the greater one at j.
            pairs += means ? Math.max(0, j - i + 1) : j + 1;
        }
        return pairs;
    }
}
