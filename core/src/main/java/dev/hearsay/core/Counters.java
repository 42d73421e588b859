package dev.hearsay.core;

/**
 * What a node counted since it started. One array, one owner thread; a driver reads it on that thread.
 *
 * @see Counter
 */
public final class Counters {
    private final long[] values = new long[Counter.values().length];

    /** What is counted, and what a growing number means. */
    public enum Counter {
        /** Protocol periods in which a member was probed. */
        PROBES,
        /** Probes without any answer: each raised a suspicion. */
        PROBES_FAILED,
        /** Acks and nacks that came too late or were never asked for. */
        ACKS_STALE,
        /** Pings that named somebody else: another process sits at an address we used to have. */
        PINGS_MISDIRECTED,
        /** Requests to ping on somebody's behalf that were dropped because too many were in flight. */
        RELAYS_DROPPED,
        /** Suspicions of this node that it refuted. */
        REFUTATIONS,
        /** News that was already known or out of date. */
        NEWS_STALE,
        /** {@code alive} news with impossible protocol versions, ignored. */
        VERSIONS_REJECTED,
        /** News about this node at the highest incarnation there is, which cannot be refuted and is ignored. */
        INCARNATIONS_REJECTED,
        /** Claims to a name from another address while its holder is alive. */
        NAME_CONFLICTS,
        /** New members that were ignored because the table is full. */
        MEMBERS_REJECTED,
        /** Updates that reached their transmit limit. */
        UPDATES_SPREAD,
        /** Updates dropped from the full broadcast queue, oldest news first. */
        UPDATES_DROPPED,
        /** Push/pull exchanges that this node completed, either role. */
        PUSH_PULLS,
        /** Push/pull exchanges that this node began and that failed. */
        PUSH_PULLS_FAILED,
        /** Stream messages that did not fit the exchange they came in. */
        STREAMS_UNEXPECTED,
        /** User messages of a kind this version does not know. */
        USER_MESSAGES_UNKNOWN,
        /** Intents about members not known yet that were dropped because too many were waiting. */
        INTENTS_DROPPED
    }

    /** Adds one. */
    public void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    /** The value since the node started. */
    public long get(Counter counter) {
        return values[counter.ordinal()];
    }
}
