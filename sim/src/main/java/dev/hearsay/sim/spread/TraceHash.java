package dev.hearsay.sim.spread;

/**
 * A hash of a sequence of numbers, 64 bits from two of 32 that mix differently (the steps of MurmurHash3, Appleby 2011): a browser has no multiplication of 64 bits
 * that is as fast.
 */
final class TraceHash {
    private static final double NANOS_PER_SECOND = 1e9;

    private int first = 0x9E3779B9;
    private int second = 0x7F4A7C15;

    /** Adds 32 bits. */
    void add(int value) {
        first = Integer.rotateLeft(first ^ Integer.rotateLeft(value * 0xCC9E2D51, 15) * 0x1B873593, 13) * 5
                + 0xE6546B64;
        second = Integer.rotateLeft(second ^ Integer.rotateLeft(value * 0x239B961B, 16) * 0xAB0E9789, 17) * 5
                + 0x561CCD1B;
    }

    /** Adds a time in whole nanoseconds. */
    void time(double nanos) {
        int seconds = (int) (nanos / NANOS_PER_SECOND);
        add(seconds);
        add((int) (nanos - seconds * NANOS_PER_SECOND));
    }

    long value() {
        return ((long) first << Integer.SIZE) | (second & 0xFFFFFFFFL);
    }
}
