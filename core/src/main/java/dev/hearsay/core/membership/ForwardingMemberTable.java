package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import org.jspecify.annotations.Nullable;

/** A member table in front of another: for a driver that must notice changes. It forwards all that is not overridden. */
public abstract class ForwardingMemberTable implements MemberTable {
    private final MemberTable table;

    /** Forwards to that table. */
    protected ForwardingMemberTable(MemberTable table) {
        this.table = table;
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
    public int failed() {
        return table.failed();
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
    public @Nullable Member find(Address address) {
        return table.find(address);
    }

    @Override
    public void put(Member member) {
        table.put(member);
    }

    @Override
    public void remove(String name) {
        table.remove(name);
    }

    @Override
    public void swap(int first, int second) {
        table.swap(first, second);
    }
}
