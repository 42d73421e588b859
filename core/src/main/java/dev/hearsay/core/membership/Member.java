package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;

/**
 * What this node believes of a member, at one moment. Immutable: a change makes a new value.
 *
 * @param name unique in the cluster
 * @param address where it listens, bytes as announced
 * @param meta what it announced about itself; with Serf, its tags
 * @param versions the protocol versions it speaks
 * @param incarnation 0 to 2^32 - 1; raised by the member itself only
 * @param state what is believed
 * @param leaving whether it announced that it is about to leave
 * @param since when the state began, on this node's monotonic clock in nanoseconds
 */
public record Member(
        String name,
        Address address,
        Bytes meta,
        Versions versions,
        long incarnation,
        MemberState state,
        boolean leaving,
        long since) {

    /** The same member in another state of a given incarnation. */
    Member become(MemberState next, long nextIncarnation, long now) {
        return new Member(name, address, meta, versions, nextIncarnation, next, leaving, next == state ? since : now);
    }

    /** The same member with the mark of a leave intent set or taken away. */
    Member withLeaving(boolean mark) {
        return new Member(name, address, meta, versions, incarnation, state, mark, since);
    }

    /** What a push/pull says of this member. */
    public Claim toClaim() {
        return new Claim(name, incarnation, address, meta, versions, state);
    }

    /** What gossip says of this member while it is alive. */
    public Message.Alive toAlive() {
        return new Message.Alive(name, incarnation, address, meta, versions);
    }
}
