package dev.hearsay.core;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;

/**
 * One member's protocol: the state machine that a driver runs. It routes inputs to the components and owns nothing else.
 *
 * <p>Not thread-safe: one thread at a time, and never from inside a call to the {@link Outbox}. {@code now} is a
 * monotonic clock in nanoseconds with any origin; it never runs backwards. Call {@link #start} once, before anything
 * else.
 */
public final class Node {

    /**
     * Makes a node; nothing happens before {@link #start}.
     *
     * @param self who this node is
     * @param config how it behaves
     * @param table an empty table, owned by this node from now on
     * @param sizes what messages cost on the wire
     * @param seed of this node's random numbers: equal seeds and inputs give equal outputs
     */
    public Node(Identity self, Config config, MemberTable table, Sizes sizes, long seed) {}

    /** Begins: this node is its own first member, and its timers start. */
    public void start(long now, Outbox out) {}

    /** A packet has arrived. */
    public void onMessage(Address from, Message message, long now, Outbox out) {}

    /** A peer opened a stream; the driver chose the number (positive, unique among the streams peers have open). */
    public void onStreamRequest(long stream, StreamMessage request, long now, Outbox out) {}

    /** The reply on a stream that this node opened. */
    public void onStreamReply(long stream, StreamMessage reply, long now, Outbox out) {}

    /** A stream that this node opened ended without a reply. */
    public void onStreamFailed(long stream, StreamFailure failure, String detail, long now, Outbox out) {}

    /** A timer has come due. */
    public void onTimer(Timer timer, long now, Outbox out) {}

    /**
     * Joins through a seed: one push/pull. Answers with {@link Event.SeedJoined} or {@link Event.SeedFailed} of that number.
     *
     * @param join chosen by the driver
     */
    public void join(long join, Address seed, long now, Outbox out) {}

    /** Says goodbye to the cluster; {@link Event.LeaveCompleted} follows when everybody could have heard. Repeating it has no effect. */
    public void leave(long now, Outbox out) {}

    /** Announces new metadata. @throws IllegalArgumentException above {@value Identity#MAX_META_BYTES} bytes */
    public void updateMeta(Bytes meta, long now, Outbox out) {}

    /**
     * Has a failed member regarded as left (Serf's force-leave). A live member refutes it.
     *
     * @param prune also forget it at once
     * @return false if no such member is known; the intent is spread all the same
     */
    public boolean forceLeave(String name, boolean prune, long now, Outbox out) {
        return false;
    }

    /** This node as a member. */
    public Member self() {
        throw new UnsupportedOperationException();
    }

    /** Whom this node knows, itself included; read only, valid until the next input. */
    public MemberTable members() {
        throw new UnsupportedOperationException();
    }

    /** What this node counted since it started. */
    public Counters counters() {
        throw new UnsupportedOperationException();
    }

    /** Figures for {@code info}: Lamport times, queue lengths, health. */
    public Vitals vitals() {
        throw new UnsupportedOperationException();
    }
}
