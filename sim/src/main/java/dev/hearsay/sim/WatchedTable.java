package dev.hearsay.sim;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import org.jspecify.annotations.Nullable;

/** A node's member table that shows every change to the {@link Invariants} and counts along. */
final class WatchedTable implements MemberTable {
    private final MemberTable table;
    private final SimNode owner;
    private final Invariants invariants;
    private int size;
    private int live;

    WatchedTable(MemberTable table, SimNode owner, Invariants invariants) {
        this.table = table;
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
    public int size() {
        return table.size();
    }

    @Override
    public int live() {
        return table.live();
    }

    @Override
    public Member at(int index) {
        return table.at(index);
    }

    @Override
    public @Nullable Member find(String name) {
        return table.find(name);
    }

    @Override
    public void put(Member member, int position) {
        Member before = table.find(member.name());
        invariants.changed(owner, before, member);
        count(before, -1);
        count(member, 1);
        table.put(member, position);
    }

    @Override
    public void remove(String name) {
        count(table.find(name), -1);
        table.remove(name);
    }

    @Override
    public void swap(int first, int second) {
        table.swap(first, second);
    }

    private void count(@Nullable Member member, int by) {
        if (member != null) {
            size += by;
            live += member.state().live() ? by : 0;
        }
    }
}
