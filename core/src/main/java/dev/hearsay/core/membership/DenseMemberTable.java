package dev.hearsay.core.membership;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members in one array, and where each stands in another, hashed by name: the table of a node in production. A member
 * costs 10 to 18 bytes besides its own record.
 */
public final class DenseMemberTable extends ZonedMemberTable {
    private static final int FIRST_CAPACITY = 8;
    private static final int FREE = -1;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final long seed;
    private @Nullable Member[] order = new Member[FIRST_CAPACITY];

    /** Linear probing: the place in the order of the member whose name hashes here, or to one of the slots before. */
    private int[] slots = free(FIRST_CAPACITY * 2);

    /** An empty table for names that nobody chose to do harm. */
    public DenseMemberTable() {
        this(0);
    }

    /**
     * An empty table.
     *
     * @param seed a secret: whoever knows it could invent names that all hash to one slot, and so make each lookup as
     *     expensive as the table is long. It has no influence on what the table does.
     */
    public DenseMemberTable(long seed) {
        this.seed = seed;
    }

    @Override
    public Member at(int index) {
        return Objects.requireNonNull(order[Objects.checkIndex(index, size())]);
    }

    @Override
    public @Nullable Member find(String name) {
        int place = slots[slotOf(name)];
        return place == FREE ? null : order[place];
    }

    @Override
    public void put(Member member) {
        int slot = slotOf(member.name());
        int place = slots[slot];
        if (place != FREE) {
            Member known = at(place);
            order[place] = member;
            moved(place, known.state(), member.state());
            return;
        }
        order[size()] = member;
        slots[slot] = size();
        entered(member.state());
        if (size() == order.length) {
            order = Arrays.copyOf(order, size() + (size() >> 1));
        }
        // At most two of three slots are taken.
        if (size() * 3 > slots.length * 2) {
            rehash();
        }
    }

    @Override
    public void remove(String name) {
        int place = slots[slotOf(name)];
        if (place == FREE) {
            return;
        }
        leaves(place, at(place).state());
        release(slotOf(name));
        order[size()] = null;
    }

    @Override
    protected void exchange(int first, int second) {
        Member a = Objects.requireNonNull(order[first]);
        Member b = Objects.requireNonNull(order[second]);
        int slotOfA = slotOf(a.name());
        int slotOfB = slotOf(b.name());
        order[first] = b;
        order[second] = a;
        slots[slotOfA] = second;
        slots[slotOfB] = first;
    }

    /** The slot in which the name's place stands or, if it is unknown, would stand. */
    private int slotOf(String name) {
        int slot = home(name);
        for (int place = slots[slot]; place != FREE; place = slots[slot]) {
            Member member = order[place];
            if (member != null && member.name().equals(name)) {
                return slot;
            }
            slot = after(slot);
        }
        return slot;
    }

    /** Frees a slot, and moves up those behind it that would otherwise not be found any more. */
    private void release(int released) {
        int hole = released;
        for (int slot = after(hole); slots[slot] != FREE; slot = after(slot)) {
            int home = home(Objects.requireNonNull(order[slots[slot]]).name());
            boolean reachable = hole <= slot ? hole < home && home <= slot : hole < home || home <= slot;
            if (!reachable) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = FREE;
    }

    private void rehash() {
        slots = free(slots.length * 2);
        for (int place = 0; place < size(); place++) {
            int slot = home(at(place).name());
            while (slots[slot] != FREE) {
                slot = after(slot);
            }
            slots[slot] = place;
        }
    }

    private int home(String name) {
        long hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FACTOR;
            hash ^= hash >>> 32;
        }
        return (int) hash & (slots.length - 1);
    }

    private int after(int slot) {
        return slot + 1 & (slots.length - 1);
    }

    private static int[] free(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
