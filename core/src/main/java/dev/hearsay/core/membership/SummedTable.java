package dev.hearsay.core.membership;

import dev.hearsay.core.Fnv;
import dev.hearsay.core.Prng;

/**
 * A member table that knows the sum over its members of a hash of what is believed about each, so that two nodes can tell
 * in eight bytes whether they believe the same. The sum is made when it is first asked for, from all members, and kept up
 * from then on with each change.
 */
public final class SummedTable extends ForwardingMemberTable {
    private static final int LEAVING = 4;

    private long sum;
    private boolean summed;

    /** Sums what is in that table, which nobody else may change from now on. */
    public SummedTable(MemberTable table) {
        super(table);
    }

    /** The sum of {@link #hash} over all members; 0 if there are none. */
    public long sum() {
        if (!summed) {
            summed = true;
            for (int i = 0; i < size(); i++) {
                sum += hash(at(i));
            }
        }
        return sum;
    }

    /**
     * The sums of parts of the members, which are parted by their names.
     *
     * @param parts how many: a power of two
     */
    public int[] sums(int parts) {
        int[] sums = new int[parts];
        for (int i = 0; i < size(); i++) {
            Member member = at(i);
            sums[part(member.name(), parts)] += (int) hash(member);
        }
        return sums;
    }

    /** The part, of so many, that a member of that name belongs to. */
    public static int part(String name, int parts) {
        return (int) mixed(Fnv.text(Fnv.START, name)) & (parts - 1);
    }

    /** A hash of a member's name and incarnation: what tells its processes and refutations apart in eight bytes. */
    public static long identity(String name, long incarnation) {
        return mixed(Fnv.number(Fnv.text(Fnv.START, name), incarnation, Integer.BYTES));
    }

    @Override
    public void put(Member member) {
        if (summed) {
            sum += hash(member) - hashOf(member.name());
        }
        super.put(member);
    }

    @Override
    public void remove(String name) {
        if (summed) {
            sum -= hashOf(name);
        }
        super.remove(name);
    }

    private long hashOf(String name) {
        Member known = find(name);
        return known == null ? 0 : hash(known);
    }

    /**
     * A hash of what is believed about a member, the same on every machine: it is compared with what others made. One that
     * has left counts nothing, because who came later has never heard of it, and need not.
     */
    static long hash(Member member) {
        MemberState state = member.claimed();
        if (state == MemberState.LEFT) {
            return 0;
        }
        long hash = Fnv.number(Fnv.text(Fnv.START, member.name()), member.incarnation(), Integer.BYTES);
        hash = Fnv.octet(hash, state.ordinal() + (member.leaving() && state.live() ? LEAVING : 0));
        hash = Fnv.number(
                Fnv.text(hash, member.address().host()), member.address().port(), Short.BYTES);
        return mixed(Fnv.bytes(hash, member.meta()));
    }

    /** Spreads every bit over all, so that sums of hashes of similar members do not cancel out. */
    private static long mixed(long hash) {
        return Prng.mix(hash);
    }
}
