package dev.hearsay.sim;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The member table of a simulated node: as in production, but the index by name is shared by all nodes of the simulation.
 *
 * <p>A thousand nodes that know a thousand members each have a million entries, far more than a processor's caches hold.
 * With an index per node, almost every step of every lookup waits for memory; with one for all, only the last does.
 */
final class SharedNamesTable implements MemberTable {
    private static final int FIRST_CAPACITY = 8;

    private final Names names;
    // By number of the name: the member, and where it stands in the order.
    private @Nullable Member[] members = new Member[FIRST_CAPACITY];
    private int[] place = new int[FIRST_CAPACITY];
    // By place: the number of the name.
    private int[] order = new int[FIRST_CAPACITY];
    private int size;
    private int live;

    SharedNamesTable(Names names) {
        this.names = names;
    }

    /** Numbers the names that any node of a simulation has ever known, from 0. */
    static final class Names {
        private final Map<String, Integer> numbers = new HashMap<>();

        private int number(String name) {
            Integer known = numbers.get(name);
            return known == null ? -1 : known;
        }

        private int add(String name) {
            int number = numbers.size();
            numbers.put(name, number);
            return number;
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
        return Objects.requireNonNull(members[order[Objects.checkIndex(index, size)]]);
    }

    @Override
    public @Nullable Member find(String name) {
        int number = names.number(name);
        return number < 0 || number >= members.length ? null : members[number];
    }

    @Override
    public void put(Member member, int position) {
        int number = names.number(member.name());
        if (number < 0) {
            number = names.add(member.name());
        }
        if (number >= members.length) {
            int capacity = Math.max(number + 1, members.length * 2);
            members = Arrays.copyOf(members, capacity);
            place = Arrays.copyOf(place, capacity);
        }
        Member known = members[number];
        members[number] = member;
        live += alive(member);
        if (known != null) {
            live -= alive(known);
            return;
        }
        if (size == order.length) {
            order = Arrays.copyOf(order, size * 2);
        }
        order[size] = number;
        place[number] = size++;
        swap(position, size - 1);
    }

    @Override
    public void remove(String name) {
        int number = names.number(name);
        Member known = find(name);
        if (known == null) {
            return;
        }
        live -= alive(known);
        members[number] = null;
        int last = order[--size];
        order[place[number]] = last;
        place[last] = place[number];
    }

    @Override
    public void swap(int first, int second) {
        int a = order[Objects.checkIndex(first, size)];
        int b = order[Objects.checkIndex(second, size)];
        order[first] = b;
        order[second] = a;
        place[b] = first;
        place[a] = second;
    }

    private static int alive(Member member) {
        return member.state().live() ? 1 : 0;
    }
}
