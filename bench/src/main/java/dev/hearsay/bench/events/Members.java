package dev.hearsay.bench.events;

import java.util.Map;

/** A cluster whose members fire numbered user events and tell {@link Arrivals} when they hear one. */
interface Members extends AutoCloseable {
    /** The name of all these events. */
    String EVENT = "bench";

    /** What they are, for a report. */
    String kind();

    int size();

    /** Starts all; returns when each sees all others. */
    void start() throws Exception;

    /** Has a member, 0 to {@code size() - 1}, fire the event with that number. For one member, one thread at a time. */
    void fire(int member, long number) throws Exception;

    /** Counters summed over all members, by name; empty if they are not known. */
    Map<String, Long> sums();

    @Override
    void close();
}
