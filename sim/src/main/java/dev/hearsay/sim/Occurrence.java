package dev.hearsay.sim;

import org.jspecify.annotations.Nullable;

/**
 * Something that will happen at a node at a moment of virtual time.
 *
 * <p>The order is total and does not depend on the order in which occurrences were made: time, destination, source, the
 * source's own sequence number. An engine that runs nodes in parallel can keep the same order, and so the same trace.
 */
abstract class Occurrence implements Comparable<Occurrence> {
    final long time;
    final int to;
    final int from;
    final long sequence;

    /** The next one in the same slot of the wheel. */
    @Nullable Occurrence next;

    /**
     * Describes when and where.
     *
     * @param time virtual nanoseconds
     * @param to index of the node it happens at
     * @param from index of the node that caused it
     * @param sequence number of this occurrence among all that {@code from} has caused
     */
    Occurrence(long time, int to, int from, long sequence) {
        this.time = time;
        this.to = to;
        this.from = from;
        this.sequence = sequence;
    }

    /** Its time has come: acts on the machine, and hands the process an input if one follows. */
    abstract void arrive();

    @Override
    public final int compareTo(Occurrence other) {
        if (time != other.time) {
            return time < other.time ? -1 : 1;
        }
        if (to != other.to) {
            return to < other.to ? -1 : 1;
        }
        if (from != other.from) {
            return from < other.from ? -1 : 1;
        }
        return Long.compare(sequence, other.sequence);
    }
}
