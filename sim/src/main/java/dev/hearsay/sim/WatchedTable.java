package dev.hearsay.sim;

import dev.hearsay.core.membership.ForwardingMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import org.jspecify.annotations.Nullable;

/** A node's member table that shows every change to the {@link Invariants} and counts along. */
final class WatchedTable extends ForwardingMemberTable {
    private final SimNode owner;
    private final Invariants invariants;
    private int size;
    private int live;

    WatchedTable(MemberTable table, SimNode owner, Invariants invariants) {
        super(table);
        this.owner = owner;
        this.invariants = invariants;
    }

    /** How many members there must be, from the changes alone. */
    int countedSize() {
        return size;
    }

    /** How many live members there must be, from the changes alone. */
    int countedLive() {
        return live;
    }

    @Override
    public void put(Member member) {
        Member before = find(member.name());
        invariants.changed(owner, before, member);
        count(before, -1);
        count(member, 1);
        super.put(member);
    }

    @Override
    public void remove(String name) {
        count(find(name), -1);
        super.remove(name);
    }

    private void count(@Nullable Member member, int by) {
        if (member != null) {
            size += by;
            live += member.state().live() ? by : 0;
        }
    }
}
