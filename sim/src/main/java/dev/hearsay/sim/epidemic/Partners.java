package dev.hearsay.sim.epidemic;

import dev.hearsay.core.Prng;

/** Whom members call. */
final class Partners {
    private Partners() {}

    /**
     * Another member, at random. By multiplication instead of division, which the models would spend most of their time on: of n
     * members some are more likely than others by a share of n / 2^32.
     */
    static int otherThan(int member, int n, Prng random) {
        int other = (int) (((random.nextInt() & 0xFFFFFFFFL) * (n - 1)) >>> 32);
        return other < member ? other : other + 1;
    }
}
