package dev.hearsay.core.detector;

import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.SummedTable;
import org.jspecify.annotations.Nullable;

/** What a node knows of the heartbeats of one member. Its habits outlive an incarnation, its counter does not. */
final class Pulse {
    private final String name;

    /** Null if the member sends no heartbeats. */
    private @Nullable PhiAccrual habit;

    /** What was last looked at, to see at a glance whether the member has changed. */
    private Claim claim;

    private long key;
    private boolean heard;
    private int counter;
    private long last;
    private boolean accused;

    /** The latest tick at which the member was there. */
    private long seen;

    /** The latest tick at which its counter was sent. */
    private long sent;

    /** A member that is new, or is again: its silence begins now. */
    Pulse(Member member, @Nullable PhiAccrual habit, long now) {
        this.name = member.name();
        this.claim = member.claim();
        this.habit = habit;
        this.key = key(member);
        this.last = now;
    }

    /** By what a counter is found: name and incarnation of whose it is. */
    static long key(Member member) {
        return SummedTable.identity(member.name(), member.incarnation());
    }

    String name() {
        return name;
    }

    Claim claim() {
        return claim;
    }

    long key() {
        return key;
    }

    @Nullable PhiAccrual habit() {
        return habit;
    }

    /** The member has another state, incarnation or metadata. A new incarnation counts from the beginning, and now. */
    void become(Member member, @Nullable PhiAccrual nextHabit, long now) {
        if (member.incarnation() != claim.incarnation()) {
            key = key(member);
            heard = false;
            accused = false;
            last = now;
        }
        claim = member.claim();
        habit = nextHabit;
    }

    /** Whether its counter is known: then others can be told. */
    boolean heard() {
        return heard;
    }

    int counter() {
        return counter;
    }

    /** Whether that would be a heartbeat: counters are compared in a circle, as they are 32 bits long. */
    boolean isNewer(int other) {
        return !heard || other - counter > 0;
    }

    /**
     * A heartbeat.
     *
     * @param counts whether the time since the last one says something about the member: not if this node was away
     */
    void beat(int newer, boolean counts, long now) {
        // What ends a suspicion is no habit.
        if (habit != null && heard && !accused && counts) {
            habit.heard(now - last);
        }
        counter = newer;
        heard = true;
        accused = false;
        last = now;
    }

    long last() {
        return last;
    }

    boolean accused() {
        return accused;
    }

    void accuse() {
        accused = true;
    }

    void seen(long tick) {
        seen = tick;
    }

    boolean seenIn(long tick) {
        return seen == tick;
    }

    void send(long tick) {
        sent = tick;
    }

    boolean sentIn(long tick) {
        return sent == tick;
    }
}
