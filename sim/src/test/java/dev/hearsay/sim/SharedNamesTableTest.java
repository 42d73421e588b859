package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SharedNamesTableTest {
    private static Member member(int number, MemberState state) {
        Address address = Address.ipv4(10, 0, 0, number, 7946);
        return new Member(new Claim("m" + number, 1, address, Bytes.EMPTY, Versions.SERF, state), false, 0);
    }

    @Property(tries = 200)
    void does_what_the_table_of_production_does_also_when_tables_share_their_names(@ForAll long seed) {
        Prng random = new Prng(seed);
        SharedNamesTable.Names names = new SharedNamesTable.Names();
        MemberTable[] shared = {new SharedNamesTable(names), new SharedNamesTable(names)};
        MemberTable[] plain = {new DenseMemberTable(), new DenseMemberTable()};
        for (int i = 0; i < 300; i++) {
            int which = random.below(2);
            step(random, shared[which], plain[which]);
            assertEquals(plain[which].live(), shared[which].live());
            int size = plain[which].size();
            assertEquals(size, shared[which].size());
            IntStream.range(0, size).forEach(at -> assertEquals(plain[which].at(at), shared[which].at(at)));
            IntStream.range(0, 30).forEach(n -> assertEquals(plain[which].find("m" + n), shared[which].find("m" + n)));
        }
    }

    private static void step(Prng random, MemberTable shared, MemberTable plain) {
        int size = plain.size();
        int number = random.below(30);
        int action = random.below(6);
        if (action == 0) {
            shared.remove("m" + number);
            plain.remove("m" + number);
        } else if (action == 1 && size > 0) {
            int first = random.below(size);
            int second = random.below(size);
            shared.swap(first, second);
            plain.swap(first, second);
        } else {
            Member member = member(number, MemberState.values()[random.below(4)]);
            int position = random.below(size + 1);
            shared.put(member, position);
            plain.put(member, position);
        }
    }

    @Test
    void an_index_out_of_range_is_refused_and_an_unknown_name_is_not_found() {
        SharedNamesTable table = new SharedNamesTable(new SharedNamesTable.Names());
        assertThrows(IndexOutOfBoundsException.class, () -> table.at(0));
        assertThrows(IndexOutOfBoundsException.class, () -> table.swap(0, 0));
        assertNull(table.find("nobody"));
    }
}
