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
        /** Members probed out of turn, because somebody doubted that they live. */
        VERIFICATIONS,
        /** Members not probed out of turn, because too many were already. */
        VERIFICATIONS_DROPPED,
        /** Probes without any answer: each raised a suspicion, or confirmed one. */
        PROBES_FAILED,
        /** Probes whose ping did not leave this machine: others were asked at once. */
        PINGS_UNSENT,
        /** How often this node was away: late by half a probe timeout or more. */
        LOCAL_PAUSES,
        /** Silence that was not held against a member, because this node was away itself. */
        ACCUSATIONS_WITHHELD,
        /** Acks and nacks that came too late or were never asked for. */
        ACKS_STALE,
        /** Pings that named somebody else: another process sits at an address we used to have. */
        PINGS_MISDIRECTED,
        /** Requests to ping on somebody's behalf that were dropped because too many were in flight. */
        RELAYS_DROPPED,
        /** Requests to ping somebody who is no member, at another address than that member's, or the requester. */
        RELAYS_REFUSED,
        /** Answers not sent because they would have been longer than the unauthenticated packet they answer. */
        ANSWERS_WITHHELD,
        /** Answers not sent because they were to go to an address that is not allowed. */
        ANSWERS_REFUSED,
        /** Suspicions of this node that it refuted. */
        REFUTATIONS,
        /** Accusations that did not count: by members that are gone themselves, or that have mostly been wrong. */
        ACCUSATIONS_IGNORED,
        /** Members that were damped: treated as failed because they kept failing and coming back. */
        MEMBERS_DAMPED,
        /** News that was already known or out of date. */
        NEWS_STALE,
        /** News of members with impossible or {@linkplain Versions#compatible incompatible} versions, ignored. */
        VERSIONS_REJECTED,
        /** Claims to a name from another address while its holder is alive. */
        NAME_CONFLICTS,
        /** Claims to be alive that the admission rules or the application refused. */
        ADMISSIONS_REFUSED,
        /** Joins whose members the application refused to merge with ours. */
        MERGES_REFUSED,
        /** New members that were ignored because the table is full of live ones. */
        MEMBERS_REJECTED,
        /** Members that had failed or left and were forgotten early, because the table was full and a new one came. */
        MEMBERS_DISPLACED,
        /** Updates that reached their transmit limit. */
        UPDATES_SPREAD,
        /** Intents and user messages dropped from the full broadcast queue, those sent most often first. */
        UPDATES_DROPPED,
        /** Guard streams, opened here or by others, that broke: each was a reason to probe the member at once. */
        GUARDS_BROKEN,
        /** Guard streams of this node that did not come about. */
        GUARDS_FAILED,
        /** Guard streams that broke and led to no probe, because too many had broken in the same protocol period. */
        GUARD_LOOKS_DROPPED,
        /** Guard streams of others that were refused: too many, or in the name of a process that is gone. */
        WARDS_REFUSED,
        /** Push/pull exchanges that this node completed, either role. */
        PUSH_PULLS,
        /** Of these, the ones in which both sides turned out to believe the same, so that no member was sent. */
        PUSH_PULLS_EQUAL,
        /** Push/pull exchanges that this node began and that failed. */
        PUSH_PULLS_FAILED,
        /** Stream messages that did not fit the exchange they came in. */
        STREAMS_UNEXPECTED,
        /** User messages and states of a kind this version does not know, or of another layer above. */
        USER_MESSAGES_UNKNOWN,
        /** Extension frames of a version or kind this version does not know: a newer node is in the cluster. */
        EXTENSIONS_UNKNOWN,
        /** Intents about members not known yet that were dropped because too many were waiting. */
        INTENTS_DROPPED,
        /** Lamport times too far ahead to be true, ignored with the message that carried them. */
        TIMES_REJECTED,
        /** User events heard for the first time, this node's own included. */
        USER_EVENTS,
        /** User events that came again: gossip repeats. */
        USER_EVENTS_REPEATED,
        /** User events that were older than what is remembered: nobody can say whether they are new. */
        USER_EVENTS_STALE,
        /** Queries heard for the first time, this node's own included. */
        QUERIES,
        /** Queries that came again. */
        QUERIES_REPEATED,
        /** Queries that were older than what is remembered, or too many at the same Lamport time. */
        QUERIES_STALE,
        /** Queries that were not answered because the address to answer to is no member's, or because too many waited. */
        QUERIES_REFUSED,
        /** Answers and acks to queries of this node that came too late, twice, or were never asked for. */
        QUERY_ANSWERS_STALE,
        /** Answers that were passed on to others. */
        QUERY_ANSWERS_RELAYED,
        /** Answers that were not passed on, because they were to go to somebody who is no member, or longer than the unauthenticated packet. */
        QUERY_RELAYS_REFUSED,
        /** Heartbeats of members: counters that were newer than the one known. */
        HEARTBEATS,
        /** Counters of processes that this node does not know, yet or any more, or does not judge by heartbeats. */
        HEARTBEATS_UNKNOWN,
        /** Members suspected because their heartbeats stayed away. */
        HEARTBEATS_MISSED,
        /** Network coordinates that cannot be true, or came with an impossible round trip. */
        COORDINATES_REJECTED,
        /** Entries of shared state that this node's application has written. */
        STATE_WRITES,
        /** Of these, the ones refused because too many bytes waited to be pushed. */
        STATE_OVERRUNS,
        /** Entries that came with their content, in packets and streams. Per entry and member the optimum is 1. */
        STATE_COPIES,
        /** Of these, the ones that were new here. */
        STATE_TAKEN,
        /** Entries that were announced here and asked for. */
        STATE_WANTED,
        /** Entries that were dropped from the queue of what is told of, because it was full. */
        STATE_HOT_DROPPED,
        /** Comparisons of the shared state with another member that this node has begun. */
        STATE_EXCHANGES,
        /** Of these, the ones in which both had the same. */
        STATE_EXCHANGES_EQUAL,
        /** Of these, the ones that ended without an answer, or with one that made no sense. */
        STATE_EXCHANGES_FAILED,
        /** Bytes of packets and streams about shared state that this node has sent, without the layers around streams. */
        STATE_BYTES_SENT,
        /** Packets and answers that were not sent because the byte budget, this node's or the member's, was used up. */
        STATE_WITHHELD,
        /** Packets and requests about shared state of somebody who is no member, or from a node that takes no part. */
        STATE_STRANGERS,
        /** Entries that cannot be right: neither merged nor passed on. */
        STATE_QUARANTINED,
        /** Old entries that others still had, and that were deleted so long ago that nobody remembers: they were told. */
        STATE_FORGOTTEN,
        /** Members compared with whose clock is further apart from this node's than clocks may be: neither forgets deletions then. */
        STATE_CLOCKS_APART,
        /** Entries of others that were not taken because the table is full. */
        STATE_REFUSED_FULL
    }

    /** Adds one. */
    public void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    /** Adds some. */
    public void add(Counter counter, int amount) {
        values[counter.ordinal()] += amount;
    }

    /** The value since the node started. */
    public long get(Counter counter) {
        return values[counter.ordinal()];
    }
}
