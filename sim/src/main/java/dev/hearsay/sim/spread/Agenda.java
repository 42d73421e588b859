package dev.hearsay.sim.spread;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, in the order of its time, and at the same time in the order in which it was added: a heap over arrays.
 *
 * <p>Times are whole nanoseconds in a {@code double}, exact for the first 104 days: a browser computes with these many times faster than with numbers
 * of 64 bits.
 */
final class Agenda {
    private static final int FIRST_CAPACITY = 256;

    /** By place in the heap: the number of the occurrence. Behind those that wait, the numbers that are free. */
    private int[] heap = new int[FIRST_CAPACITY];

    // By number of the occurrence.
    private double[] at = new double[FIRST_CAPACITY];
    private double[] order = new double[FIRST_CAPACITY];
    private int[] node = new int[FIRST_CAPACITY];
    private int[] source = new int[FIRST_CAPACITY];
    private @Nullable Object[] what = new @Nullable Object[FIRST_CAPACITY];

    private int size;
    private double added;

    // The occurrence taken last.
    private double takenAt;
    private int takenNode;
    private int takenSource;
    private Object takenWhat = "";

    Agenda() {
        number(0);
    }

    /** How many occurrences wait. */
    int size() {
        return size;
    }

    /** Adds an occurrence: at which time, for which node, whence, and what it is. */
    void add(double time, int forNode, int from, Object thing) {
        if (size == heap.length) {
            grow();
        }
        int number = heap[size];
        at[number] = time;
        order[number] = added++;
        node[number] = forNode;
        source[number] = from;
        what[number] = thing;
        rise(size++, number);
    }

    /** Takes the first occurrence if its time is {@code until} or before; otherwise nothing happens. Returns whether it did. */
    boolean take(double until) {
        if (size == 0 || at[heap[0]] > until) {
            return false;
        }
        int first = heap[0];
        takenAt = at[first];
        takenNode = node[first];
        takenSource = source[first];
        takenWhat = Objects.requireNonNull(what[first]);
        what[first] = null;
        int last = heap[--size];
        heap[size] = first;
        if (size > 0) {
            sink(last);
        }
        return true;
    }

    /** When the occurrence taken last happens. */
    double time() {
        return takenAt;
    }

    /** For which node it is. */
    int node() {
        return takenNode;
    }

    /** Whence it comes. */
    int source() {
        return takenSource;
    }

    /** What it is. */
    Object what() {
        return takenWhat;
    }

    private void rise(int place, int number) {
        int hole = place;
        while (hole > 0) {
            int parent = (hole - 1) >> 1;
            if (!before(number, heap[parent])) {
                break;
            }
            heap[hole] = heap[parent];
            hole = parent;
        }
        heap[hole] = number;
    }

    private void sink(int number) {
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], number)) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = number;
    }

    private boolean before(int one, int other) {
        return at[one] < at[other] || (at[one] == at[other] && order[one] < order[other]);
    }

    private void grow() {
        int capacity = size * 2;
        heap = Arrays.copyOf(heap, capacity);
        at = Arrays.copyOf(at, capacity);
        order = Arrays.copyOf(order, capacity);
        node = Arrays.copyOf(node, capacity);
        source = Arrays.copyOf(source, capacity);
        what = Arrays.copyOf(what, capacity);
        number(size);
    }

    private void number(int from) {
        for (int i = from; i < heap.length; i++) {
            heap[i] = i;
        }
    }
}
