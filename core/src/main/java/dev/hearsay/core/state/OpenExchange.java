package dev.hearsay.core.state;

import dev.hearsay.core.membership.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An exchange that this node has begun and that is under way. */
final class OpenExchange {
    final int number;
    final Member with;
    final long stamp;
    final long since;
    final int refusals;

    /** The stream that is awaited; 0 if a packet is. */
    long stream;

    int cells;

    /** Whether more cells were asked for in a packet: that is done once, as the other side's packets may hold less than ours. */
    boolean askedForMore;

    /** What the other side has forgotten. */
    StateFrame.Settled theirs = new StateFrame.Settled(0, 0, 0);

    /** What is being fetched. */
    final Set<Long> missing = new HashSet<>();

    /** What is to be fetched after that. */
    List<Long> later = List.of();

    /** What the other side has not got. */
    List<Entry> toGive = List.of();

    boolean bulk;
    int fetched;

    OpenExchange(int number, Member with, long stamp, long since, int refusals) {
        this.refusals = refusals;
        this.number = number;
        this.with = with;
        this.stamp = stamp;
        this.since = since;
    }
}
