package dev.hearsay.api.node;

import dev.hearsay.core.membership.ForwardingMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;

/**
 * A member table that remembers whether it changed, so that a snapshot is made only when there is something new. The order
 * of members is the failure detector's business and in no snapshot.
 */
public final class WatchedTable extends ForwardingMemberTable {
    private boolean changed = true;

    public WatchedTable(MemberTable table) {
        super(table);
    }

    /** Whether a member was added, replaced or removed since the last {@link #takeChanged}. */
    public boolean changed() {
        return changed;
    }

    /** Whether a member was added, replaced or removed since the last call. */
    public boolean takeChanged() {
        boolean result = changed;
        changed = false;
        return result;
    }

    @Override
    public void put(Member member) {
        changed = true;
        super.put(member);
    }

    @Override
    public void remove(String name) {
        changed = true;
        super.remove(name);
    }
}
