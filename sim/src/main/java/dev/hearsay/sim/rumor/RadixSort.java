package dev.hearsay.sim.rumor;

import java.util.Arrays;

/** Sorts numbers that are not negative: by radix where they are many, leaving out the digits in which all are equal. */
final class RadixSort {
    private static final int FEW = 256;
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final int[] places = new int[DIGITS];
    private long[] other = new long[0];

    /** Sorts the first {@code count} of the array. */
    void sort(long[] values, int count) {
        if (count < FEW) {
            Arrays.sort(values, 0, count);
            return;
        }
        long differing = differing(values, count);
        if (other.length < count) {
            other = new long[Math.max(count, 2 * other.length)];
        }
        long[] from = values;
        long[] to = other;
        int shift = Long.numberOfTrailingZeros(differing);
        while (shift < Long.SIZE && differing >>> shift != 0) {
            distribute(from, to, count, shift);
            long[] swapped = from;
            from = to;
            to = swapped;
            shift += DIGIT_BITS;
            shift += shift < Long.SIZE ? Math.min(Long.SIZE, Long.numberOfTrailingZeros(differing >>> shift)) : 0;
        }
        if (from != values) {
            System.arraycopy(from, 0, values, 0, count);
        }
    }

    /** The bits in which any differs from the first. */
    private static long differing(long[] values, int count) {
        long bits = 0;
        for (int i = 1; i < count; i++) {
            bits |= values[i] ^ values[0];
        }
        return bits;
    }

    private void distribute(long[] from, long[] to, int count, int shift) {
        Arrays.fill(places, 0);
        for (int i = 0; i < count; i++) {
            places[digit(from[i], shift)]++;
        }
        int before = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int held = places[digit];
            places[digit] = before;
            before += held;
        }
        for (int i = 0; i < count; i++) {
            to[places[digit(from[i], shift)]++] = from[i];
        }
    }

    private static int digit(long value, int shift) {
        return (int) (value >>> shift) & DIGITS - 1;
    }
}
