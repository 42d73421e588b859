package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the zones of a {@link MemberTable}, whatever the members are stored in: subclasses only exchange two of them. */
public abstract class ZonedMemberTable implements MemberTable {
    private static final int ZONES = 3;

    /** Where each zone ends; the last is the size. */
    private final int[] ends = new int[ZONES];

    /** Where members were found last. Looked up only; forgotten when it has more than there are members. */
    private final Map<Address, String> names = new HashMap<>();

    /** Exchanges the members at two indexes, whatever their zones. */
    protected abstract void exchange(int first, int second);

    @Override
    public final int size() {
        return ends[ZONES - 1];
    }

    @Override
    public final int live() {
        return ends[0];
    }

    @Override
    public final int failed() {
        return ends[1] - ends[0];
    }

    /** Looks at all members, but for an address that it has found before. */
    @Override
    public final @Nullable Member find(Address address) {
        String name = names.get(address);
        Member known = name == null ? null : find(name);
        return known != null && known.address().equals(address) ? known : search(address);
    }

    private @Nullable Member search(Address address) {
        for (int i = 0; i < size(); i++) {
            Member member = at(i);
            if (member.address().equals(address)) {
                if (names.size() >= size()) {
                    names.clear();
                }
                names.put(address, member.name());
                return member;
            }
        }
        return null;
    }

    @Override
    public final void swap(int first, int second) {
        if (zoneAt(first) != zoneAt(second)) {
            throw new IllegalArgumentException("members " + first + " and " + second + " are in different zones");
        }
        exchange(first, second);
    }

    /** A member has been stored at the index {@code size()}: takes it in, and moves it to its zone. */
    protected final void entered(MemberState state) {
        ends[ZONES - 1]++;
        moved(size() - 1, MemberState.LEFT, state);
    }

    /** The member at the index has changed its state: moves it to its zone. Returns where it stands now. */
    protected final int moved(int index, MemberState before, MemberState after) {
        int at = index;
        int to = zone(after);
        for (int zone = zone(before); zone > to; zone--) {
            int first = ends[zone - 1]++;
            exchange(at, first);
            at = first;
        }
        for (int zone = zone(before); zone < to; zone++) {
            int last = --ends[zone];
            exchange(at, last);
            at = last;
        }
        return at;
    }

    /** The member at the index goes: moves it to the index {@code size()}, which is one less from now on. */
    protected final void leaves(int index, MemberState state) {
        int at = moved(index, state, MemberState.LEFT);
        exchange(at, size() - 1);
        ends[ZONES - 1]--;
    }

    private int zoneAt(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size() + " members");
        }
        return index < ends[0] ? 0 : index < ends[1] ? 1 : 2;
    }

    private static int zone(MemberState state) {
        return switch (state) {
            case ALIVE, SUSPECT -> 0;
            case DEAD -> 1;
            case LEFT -> 2;
        };
    }
}
