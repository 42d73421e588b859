package dev.hearsay.core.detector;

/**
 * How improbable it is that a normal variable is so many standard deviations above its mean, in orders of magnitude.
 *
 * <p>The complementary error function is the Chebyshev fit of Press et al. (Numerical Recipes, section 6.2), whose relative
 * error is below 1.2e-7 everywhere. Its logarithm needs no number that is too small for a {@code double}, so that a member
 * that has been silent for days has a phi, too.
 */
final class NormalTail {
    private static final double[] FIT = {
        0.17087277,
        -0.82215223,
        1.48851587,
        -1.13520398,
        0.27886807,
        -0.18628806,
        0.09678418,
        0.37409196,
        1.00002368,
        -1.26551223
    };

    private static final double LN_10 = StrictMath.log(10);
    private static final double LN_2 = StrictMath.log(2);
    private static final double SQRT_2 = Math.sqrt(2);

    /** {@link #deviations} counts in steps of 1/1024: the last bits of a logarithm cannot decide whom a node accuses. */
    private static final int STEPS = 1024;

    private NormalTail() {}

    /** {@code -log10 P(X > mean + deviations × σ)}: 0.301 at 0, 8 at 5.612; never below 0. */
    static double phi(double deviations) {
        double tail = lnErfc(Math.abs(deviations) / SQRT_2) - LN_2;
        if (deviations >= 0) {
            return -tail / LN_10;
        }
        return Math.max(0, -StrictMath.log(1 - StrictMath.exp(tail)) / LN_10);
    }

    /** The least number of deviations, in steps of 1/1024, at which phi is at least that; 0 below 0.301. */
    static double deviations(double phi) {
        int above = STEPS;
        while (phi((double) above / STEPS) < phi) {
            above *= 2;
        }
        int below = -1;
        while (above - below > 1) {
            int middle = (above + below) >>> 1;
            if (phi((double) middle / STEPS) < phi) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return (double) above / STEPS;
    }

    /** The logarithm of the complementary error function, from 0 up. */
    private static double lnErfc(double x) {
        double t = 1 / (1 + x / 2);
        double sum = 0;
        for (double coefficient : FIT) {
            sum = sum * t + coefficient;
        }
        return StrictMath.log(t) - x * x + sum;
    }
}
