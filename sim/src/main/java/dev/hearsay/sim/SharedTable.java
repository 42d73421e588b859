package dev.hearsay.sim;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.ZonedMemberTable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The member table of a simulated node. What nodes believe of each other is nearly the same everywhere, so the beliefs
 * themselves are kept once for all nodes, in {@link Beliefs}, and a table holds numbers: an entry costs 12 bytes, and 8 more
 * where it has a time of its own. It does exactly what the table of production does.
 *
 * <p>That saves memory, so that ten thousand nodes can know each other, and time: a thousand nodes that know a thousand
 * members each have a million entries, far more than a processor's caches hold. With records and an index per node, almost
 * every step of every lookup waits for memory; here, only the last does.
 */
final class SharedTable extends ZonedMemberTable {
    private static final int FIRST_CAPACITY = 8;
    private static final int UNKNOWN = -1;

    private final Beliefs beliefs;
    // By number of the name: what is believed of the member, and where it stands in the order.
    private int[] belief = new int[FIRST_CAPACITY];
    private int[] place = new int[FIRST_CAPACITY];
    private final Moments since = new Moments();
    // By place: the number of the name.
    private int[] order = new int[FIRST_CAPACITY];

    SharedTable(Beliefs beliefs) {
        this.beliefs = beliefs;
        Arrays.fill(belief, UNKNOWN);
    }

    @Override
    public Member at(int index) {
        return member(order[Objects.checkIndex(index, size())]);
    }

    @Override
    public @Nullable Member find(String name) {
        int number = beliefs.number(name);
        return knows(number) ? member(number) : null;
    }

    @Override
    public void put(Member member) {
        int number = beliefs.add(member.name());
        if (number >= belief.length) {
            int before = belief.length;
            int capacity = Math.max(number + 1, before + (before >> 1));
            belief = Arrays.copyOf(belief, capacity);
            Arrays.fill(belief, before, capacity, UNKNOWN);
            place = Arrays.copyOf(place, capacity);
        }
        int held = belief[number];
        belief[number] = beliefs.hold(number, member);
        since.set(number, member.since());
        if (held != UNKNOWN) {
            MemberState before = beliefs.member(held, 0).state();
            beliefs.release(held);
            moved(place[number], before, member.state());
            return;
        }
        if (size() == order.length) {
            order = Arrays.copyOf(order, size() + (size() >> 1));
        }
        order[size()] = number;
        place[number] = size();
        entered(member.state());
    }

    @Override
    public void remove(String name) {
        int number = beliefs.number(name);
        if (knows(number)) {
            leaves(place[number], member(number).state());
            beliefs.release(belief[number]);
            belief[number] = UNKNOWN;
        }
    }

    @Override
    protected void exchange(int first, int second) {
        int a = order[first];
        int b = order[second];
        order[first] = b;
        order[second] = a;
        place[b] = first;
        place[a] = second;
    }

    /** The table is used no more: the beliefs that only it held can be forgotten. */
    void close() {
        while (size() > 0) {
            remove(at(size() - 1).name());
        }
    }

    private boolean knows(int number) {
        return number >= 0 && number < belief.length && belief[number] != UNKNOWN;
    }

    private Member member(int number) {
        return beliefs.member(belief[number], since.get(number));
    }
}
