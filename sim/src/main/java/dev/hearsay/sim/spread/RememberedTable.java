package dev.hearsay.sim.spread;

import dev.hearsay.core.Address;
import dev.hearsay.core.membership.ForwardingMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.sim.rumor.EverybodyTable;
import org.jspecify.annotations.Nullable;

/**
 * The members, all alive: one table for all nodes, as in {@link EverybodyTable}, but each member is made only once. Here they are so few that there is room for
 * them, and in a browser it takes long to make a name.
 */
final class RememberedTable extends ForwardingMemberTable {
    private final EverybodyTable table;
    private final @Nullable Member[] members;

    RememberedTable(int nodes) {
        this(new EverybodyTable(nodes));
    }

    private RememberedTable(EverybodyTable table) {
        super(table);
        this.table = table;
        members = new @Nullable Member[table.size()];
    }

    /** The index of the member that has that address. */
    int indexOf(Address address) {
        return table.indexOf(address);
    }

    @Override
    public Member at(int index) {
        Member known = members[index];
        if (known == null) {
            known = super.at(index);
            members[index] = known;
        }
        return known;
    }

    @Override
    public @Nullable Member find(String name) {
        int index = EverybodyTable.indexOf(name);
        return index >= 0 && index < members.length && at(index).name().equals(name) ? at(index) : null;
    }

    @Override
    public @Nullable Member find(Address address) {
        int index = address.ipLength() == 4 ? table.indexOf(address) : members.length;
        return index < members.length && at(index).address().equals(address) ? at(index) : null;
    }
}
