package dev.hearsay.sim;

import java.util.Arrays;

/**
 * A moment for each number from 0, most of them the same: in a simulation that begins with everybody known, only what
 * changes later has another. Costs nothing for the common one; 16 bytes for each other while these are few, and 8 bytes for
 * every number once they are many.
 */
final class Moments {
    /** Up to one of so many may differ before there is an array for all. */
    private static final int FEW = 16;

    private static final int FIRST_CAPACITY = 4;

    private long common;
    private int size;
    // The numbers that have another moment, ascending, and their moments; or, once `all`, the moments of all numbers.
    private int[] numbers = new int[FIRST_CAPACITY];
    private long[] moments = new long[FIRST_CAPACITY];
    private int others;
    private boolean all;

    /** The moment of that number; it must have been set. */
    long get(int number) {
        if (all) {
            return moments[number];
        }
        int at = Arrays.binarySearch(numbers, 0, others, number);
        return at < 0 ? common : moments[at];
    }

    void set(int number, long moment) {
        if (size == 0) {
            common = moment;
        }
        size = Math.max(size, number + 1);
        if (!all) {
            setOther(number, moment);
        } else {
            if (number >= moments.length) {
                moments = Arrays.copyOf(moments, Math.max(size, moments.length + (moments.length >> 1)));
            }
            moments[number] = moment;
        }
    }

    private void setOther(int number, long moment) {
        int at = Arrays.binarySearch(numbers, 0, others, number);
        if (at >= 0) {
            moments[at] = moment;
        } else if (moment != common) {
            insert(-at - 1, number, moment);
        }
    }

    private void insert(int at, int number, long moment) {
        if (others == numbers.length) {
            if (others > size / FEW) {
                spread();
                moments[number] = moment;
                return;
            }
            numbers = Arrays.copyOf(numbers, others * 2);
            moments = Arrays.copyOf(moments, others * 2);
        }
        System.arraycopy(numbers, at, numbers, at + 1, others - at);
        System.arraycopy(moments, at, moments, at + 1, others - at);
        numbers[at] = number;
        moments[at] = moment;
        others++;
    }

    private void spread() {
        long[] spread = new long[size];
        Arrays.fill(spread, common);
        for (int i = 0; i < others; i++) {
            spread[numbers[i]] = moments[i];
        }
        moments = spread;
        numbers = new int[0];
        all = true;
    }
}
