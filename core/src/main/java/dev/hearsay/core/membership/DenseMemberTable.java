package dev.hearsay.core.membership;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members in one array, and an index by name: the table of a node in production. */
public final class DenseMemberTable implements MemberTable {
    private static final int FIRST_CAPACITY = 8;

    private final Map<String, Slot> slots = new HashMap<>();
    private @Nullable Slot[] order = new Slot[FIRST_CAPACITY];
    private int size;
    private int live;

    /** A member and where it stands, so that moving one is one write and finding one is one lookup. */
    private static final class Slot {
        Member member;
        int index;

        Slot(Member member, int index) {
            this.member = member;
            this.index = index;
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int live() {
        return live;
    }

    @Override
    public Member at(int index) {
        return slot(index).member;
    }

    @Override
    public @Nullable Member find(String name) {
        Slot slot = slots.get(name);
        return slot == null ? null : slot.member;
    }

    @Override
    public void put(Member member, int position) {
        Slot known = slots.get(member.name());
        if (known != null) {
            live += alive(member) - alive(known.member);
            known.member = member;
            return;
        }
        if (size == order.length) {
            order = Arrays.copyOf(order, size * 2);
        }
        Slot slot = new Slot(member, size);
        slots.put(member.name(), slot);
        order[size++] = slot;
        live += alive(member);
        swap(position, size - 1);
    }

    @Override
    public void remove(String name) {
        Slot slot = slots.remove(name);
        if (slot == null) {
            return;
        }
        live -= alive(slot.member);
        Slot last = slot(size - 1);
        size--;
        order[slot.index] = last;
        last.index = slot.index;
        order[size] = null;
    }

    @Override
    public void swap(int first, int second) {
        Slot a = slot(first);
        Slot b = slot(second);
        order[first] = b;
        order[second] = a;
        a.index = second;
        b.index = first;
    }

    private Slot slot(int index) {
        Slot slot = index < size ? order[index] : null;
        if (slot == null) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size + " members");
        }
        return slot;
    }

    private static int alive(Member member) {
        return member.state().live() ? 1 : 0;
    }
}
