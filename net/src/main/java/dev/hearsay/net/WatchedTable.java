package dev.hearsay.net;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import org.jspecify.annotations.Nullable;

/** A member table that remembers whether it changed, so that a snapshot is made only when there is something new. */
final class WatchedTable implements MemberTable {
    private final MemberTable table;
    private boolean changed = true;

    WatchedTable(MemberTable table) {
        this.table = table;
    }

    /** Whether a member was added, replaced or removed since the last {@link #takeChanged}. */
    boolean changed() {
        return changed;
    }

    /** Whether a member was added, replaced or removed since the last call. */
    boolean takeChanged() {
        boolean result = changed;
        changed = false;
        return result;
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
        changed = true;
        table.put(member, position);
    }

    @Override
    public void remove(String name) {
        changed = true;
        table.remove(name);
    }

    /** The order is the failure detector's business and in no snapshot. */
    @Override
    public void swap(int first, int second) {
        table.swap(first, second);
    }
}
