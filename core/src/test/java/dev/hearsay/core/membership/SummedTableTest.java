package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The sums are on the wire: they must be the same however a node came to its beliefs, and on every machine. */
class SummedTableTest {
    private static final Address ADDRESS = Address.ipv4(10, 0, 0, 1, 7946);

    @Property(tries = 300)
    void the_sum_that_is_kept_up_is_the_sum_from_scratch(
            @ForAll @Size(max = 60) int[] changes, @ForAll @IntRange(max = 60) int askedAfter) {
        SummedTable kept = new SummedTable(new DenseMemberTable());
        DenseMemberTable same = new DenseMemberTable();
        for (int i = 0; i < changes.length; i++) {
            if (i == askedAfter) {
                kept.sum();
            }
            Member member = member("n" + Math.floorMod(changes[i], 7), changes[i] >>> 20, changes[i] >>> 8 & 3);
            if ((changes[i] >>> 12 & 3) == 0) {
                kept.remove(member.name());
                same.remove(member.name());
            } else {
                kept.put(member);
                same.put(member);
            }
        }
        SummedTable scratch = new SummedTable(same);
        assertEquals(scratch.sum(), kept.sum());
        assertArrayEquals(scratch.sums(16), kept.sums(16));
        assertEquals((int) kept.sum(), Arrays.stream(kept.sums(8)).sum());
    }

    @Test
    void whatever_gossip_says_about_a_member_counts_and_nothing_else() {
        Claim claim = new Claim("n1", 1, ADDRESS, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
        Set<Long> hashes = new HashSet<>();
        hashes.add(SummedTable.hash(new Member(claim, false, 0)));
        hashes.add(SummedTable.hash(new Member(claim, true, 0)));
        hashes.add(SummedTable.hash(member("n2", 1, 0)));
        hashes.add(SummedTable.hash(member("n1", 2, 0)));
        hashes.add(SummedTable.hash(member("n1", 1, 1)));
        hashes.add(SummedTable.hash(member("n1", 1, 2)));
        hashes.add(SummedTable.hash(new Member(
                new Claim("n1", 1, ADDRESS, Bytes.of((byte) 0), Versions.SERF, MemberState.ALIVE), false, 0)));
        Address moved = Address.ipv4(10, 0, 0, 1, 7947);
        hashes.add(SummedTable.hash(
                new Member(new Claim("n1", 1, moved, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE), false, 0)));
        assertEquals(8, hashes.size());
        // Since when, and whether this node damps it, is its own affair.
        assertEquals(
                SummedTable.hash(new Member(claim, false, 0)), SummedTable.hash(new Member(claim, false, true, 9)));
        // Who has left need not be known to those who came later.
        assertEquals(0, SummedTable.hash(member("n1", 1, 3)));
    }

    @Test
    void the_hash_and_the_part_are_these_numbers_on_every_machine() {
        assertEquals(3041711381950100190L, SummedTable.hash(member("n1", 1, 0)));
        assertEquals(1575, SummedTable.part("n1", 4096));
        assertEquals(2739, SummedTable.part("n2", 4096));
    }

    private static Member member(String name, long incarnation, int state) {
        return new Member(
                new Claim(name, incarnation, ADDRESS, Bytes.EMPTY, Versions.SERF, MemberState.values()[state]),
                false,
                0);
    }
}
