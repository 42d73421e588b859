package dev.hearsay.core.query;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.LamportClock;
import dev.hearsay.core.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which queries have been heard, for {@value #BUFFER} Lamport times back: what tells a new one from a repetition (Serf
 * {@code handleQuery}). Of older times nobody can say that, so they do not count.
 */
public final class Heard {
    /** For so many Lamport times back queries are remembered (Serf {@code QueryBuffer}). */
    public static final int BUFFER = 512;

    /** Most queries that are heard at one Lamport time: further ones count as stale. */
    public static final int MAX_AT_ONE_TIME = 1024;

    private final LamportClock clock;
    private final Counters counters;
    private final TreeMap<Long, Set<Integer>> ids = new TreeMap<>();
    private long ignoredBefore;

    /** Nothing has been heard; the clock starts at 1. */
    public Heard(Counters counters) {
        this.clock = new LamportClock(counters);
        this.counters = counters;
    }

    /** Lamport time of the next query. */
    public long time() {
        return clock.time();
    }

    /** Goes on after that time, which this node has reached before its process ended: what was then is no news. */
    public void restore(long time) {
        clock.witness(time);
        ignoredBefore = Math.max(ignoredBefore, time + 1);
    }

    /** Another node's clock. It has already ticked for its next query, hence one less. */
    public void hear(long remoteTime) {
        clock.witness(remoteTime - 1);
    }

    /** Hears a query; returns whether it is new. */
    boolean isNew(Message.Query query) {
        if (!clock.witness(query.time())) {
            return false;
        }
        long oldest = Math.max(ignoredBefore, clock.time() - BUFFER);
        ids.headMap(oldest).clear();
        if (query.time() < oldest) {
            counters.count(Counter.QUERIES_STALE);
            return false;
        }
        Set<Integer> same = ids.computeIfAbsent(query.time(), any -> new HashSet<>());
        if (same.contains(query.id())) {
            counters.count(Counter.QUERIES_REPEATED);
            return false;
        }
        if (same.size() >= MAX_AT_ONE_TIME) {
            counters.count(Counter.QUERIES_STALE);
            return false;
        }
        same.add(query.id());
        counters.count(Counter.QUERIES);
        return true;
    }
}
