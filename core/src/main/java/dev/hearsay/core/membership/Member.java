package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;

/**
 * What this node believes of a member, at one moment. Immutable: a change makes a new value.
 *
 * <p>It holds the claim as a whole, because every push/pull hands out all claims and most of what comes back is known: so
 * neither costs a new object per member.
 *
 * @param claim what this node would tell others
 * @param leaving whether the member announced that it is about to leave
 * @param damped whether it has failed and come back so often that it is treated as failed while it lives: see {@link
 *     Damping}. Only this node's view; the claim says what the cluster believes
 * @param since when the state began, on this node's monotonic clock in nanoseconds
 */
public record Member(Claim claim, boolean leaving, boolean damped, long since) {

    /** A member that is not damped. */
    public Member(Claim claim, boolean leaving, long since) {
        this(claim, leaving, false, since);
    }

    /** Unique in the cluster. */
    public String name() {
        return claim.node();
    }

    /** Where the member listens, bytes as announced. */
    public Address address() {
        return claim.address();
    }

    /** What it announced about itself; with Serf, its tags. */
    public Bytes meta() {
        return claim.meta();
    }

    /** The protocol versions it speaks. */
    public Versions versions() {
        return claim.versions();
    }

    /** 0 to 2^32 - 1; raised by the member itself only. */
    public long incarnation() {
        return claim.incarnation();
    }

    /** What this node takes it for: {@link #claimed()}, but DEAD while it lives and is damped. */
    public MemberState state() {
        return damped && claim.state().live() ? MemberState.DEAD : claim.state();
    }

    /** What the cluster believes, as far as this node has heard: what rumors are judged against, and what it tells. */
    public MemberState claimed() {
        return claim.state();
    }

    /**
     * A member that was known before this node began. A suspicion is not remembered: whoever raised it will tell, or has
     * been refuted.
     */
    static Member remembered(Claim claim, long now) {
        Member member = new Member(claim, false, now);
        return claim.state() == MemberState.SUSPECT
                ? member.become(MemberState.ALIVE, claim.incarnation(), now)
                : member;
    }

    /** The same member in another state of a given incarnation. */
    Member become(MemberState next, long nextIncarnation, long now) {
        return next(new Claim(name(), nextIncarnation, address(), meta(), versions(), next), leaving, damped, now);
    }

    /** The same member with the mark of a leave intent set or taken away. */
    Member withLeaving(boolean mark) {
        return new Member(claim, mark, damped, since);
    }

    /** The same member, damped or no longer. */
    Member withDamped(boolean mark, long now) {
        return next(claim, leaving, mark, now);
    }

    /** What follows on this; it is in its state since now only if that is another than before. */
    Member next(Claim nextClaim, boolean nextLeaving, boolean nextDamped, long now) {
        Member after = new Member(nextClaim, nextLeaving, nextDamped, since);
        return after.state() == state() ? after : new Member(nextClaim, nextLeaving, nextDamped, now);
    }

    /** What gossip says of this member while it is alive. */
    public Message.Alive toAlive() {
        return new Message.Alive(name(), incarnation(), address(), meta(), versions());
    }
}
