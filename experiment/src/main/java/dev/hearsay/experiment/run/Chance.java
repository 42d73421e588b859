package dev.hearsay.experiment.run;

import dev.hearsay.core.Prng;

/** Random moments, the same on every JVM. */
final class Chance {
    private Chance() {}

    /** Evenly distributed above 0, up to 1. */
    static double even(Prng random) {
        return ((random.nextInt() >>> 1) + 1) * 0x1p-31;
    }

    /** The time to the next of events that are independent of each other, with that mean. */
    static long exponential(double mean, Prng random) {
        return (long) (-StrictMath.log(even(random)) * mean);
    }
}
