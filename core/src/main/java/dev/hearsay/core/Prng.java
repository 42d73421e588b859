package dev.hearsay.core;

/**
 * A small, seeded random number generator (xoshiro128**, Blackman and Vigna 2018): 128 bits of state, integer arithmetic
 * only, so that it gives the same numbers on every JVM and in a browser. One per node; never shared.
 */
public final class Prng {
    /** How many numbers the state is. */
    public static final int STATE_INTS = 4;

    // Computed at the start: in a browser, a constant of 64 bits would be put together again for each number.
    private static final long FIRST = bits(0xBF58476D, 0x1CE4E5B9);
    private static final long SECOND = bits(0x94D049BB, 0x133111EB);

    private int s0;
    private int s1;
    private int s2;
    private int s3;

    /** Equal seeds give equal sequences. Any value is allowed. */
    public Prng(long seed) {
        // xoshiro needs a well-mixed state that is not all zero: four rounds of splitmix64 over the seed.
        long a = mix(seed + 0x9E3779B97F4A7C15L);
        long b = mix(seed + 0x3C6EF372FE94F82AL);
        s0 = (int) a;
        s1 = (int) (a >>> 32);
        s2 = (int) b;
        s3 = (int) (b >>> 32) | 1;
    }

    /** Goes on where another was, which has been {@linkplain #copyTo copied} there. */
    public Prng(int[] state, int at) {
        s0 = state[at];
        s1 = state[at + 1];
        s2 = state[at + 2];
        s3 = state[at + 3];
    }

    /** Copies the state, {@value #STATE_INTS} numbers. */
    public void copyTo(int[] state, int at) {
        state[at] = s0;
        state[at + 1] = s1;
        state[at + 2] = s2;
        state[at + 3] = s3;
    }

    /** A bijective scramble of 64 bits (splitmix64's finaliser): for hashing counters and seeds into random-looking bits. */
    public static long mix(long z) {
        z = (z ^ z >>> 30) * FIRST;
        z = (z ^ z >>> 27) * SECOND;
        return z ^ z >>> 31;
    }

    private static long bits(int high, int low) {
        return ((long) high << Integer.SIZE) | (low & 0xFFFFFFFFL);
    }

    /** 32 random bits. */
    public int nextInt() {
        int result = Integer.rotateLeft(s1 * 5, 7) * 9;
        int t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Integer.rotateLeft(s3, 11);
        return result;
    }

    /**
     * A number from 0 to {@code bound - 1}, each equally likely.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " must be positive");
        }
        // Rejects the tail that would favour small numbers; on average less than two draws.
        int limit = Integer.MIN_VALUE - Integer.remainderUnsigned(Integer.MIN_VALUE, bound);
        int bits;
        do {
            bits = nextInt() >>> 1;
        } while (Integer.compareUnsigned(bits, limit) >= 0);
        return bits % bound;
    }

    /** 64 random bits. */
    public long nextLong() {
        return (long) nextInt() << 32 ^ (nextInt() & 0xFFFFFFFFL);
    }

    /** A duration from 0 up to, not including, the bound in nanoseconds; 0 if the bound is 0 or less. */
    public long delayBelow(long boundNanos) {
        return boundNanos <= 0 ? 0 : (nextLong() >>> 1) % boundNanos;
    }
}
