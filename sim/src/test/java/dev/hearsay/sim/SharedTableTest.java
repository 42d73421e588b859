package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SharedTableTest {
    private static Member member(int number, int incarnation, MemberState state, boolean leaving, long since) {
        Address address = Address.ipv4(10, 0, 0, number & 0xFF, 7946);
        Claim claim = new Claim("m" + number, incarnation, address, Bytes.EMPTY, Versions.SERF, state);
        return new Member(claim, leaving, since);
    }

    /** Which {@code DenseMemberTableTest} holds to the contract of every table. */
    @Property(tries = 200)
    void does_what_the_table_of_production_does_also_when_tables_share_their_beliefs(
            @ForAll long seed, @ForAll boolean alike) {
        Prng random = new Prng(seed);
        Beliefs beliefs = new Beliefs();
        SharedTable[] shared = {new SharedTable(beliefs), new SharedTable(beliefs)};
        MemberTable[] plain = {new DenseMemberTable(), new DenseMemberTable()};
        for (int i = 0; i < 500; i++) {
            int which = random.below(2);
            step(random, alike ? 30 : 2, shared[which], plain[which]);
            assertEquals(plain[which].live(), shared[which].live());
            assertEquals(plain[which].failed(), shared[which].failed());
            int size = plain[which].size();
            assertEquals(size, shared[which].size());
            IntStream.range(0, size).forEach(at -> assertEquals(plain[which].at(at), shared[which].at(at)));
            IntStream.range(0, 40).forEach(n -> assertEquals(plain[which].find("m" + n), shared[which].find("m" + n)));
        }
        Set<Object> held = new HashSet<>();
        for (SharedTable table : shared) {
            IntStream.range(0, table.size())
                    .mapToObj(table::at)
                    .forEach(m -> held.add(new Member(m.claim(), m.leaving(), 0)));
        }
        assertEquals(held.size(), beliefs.size());
        shared[0].close();
        shared[1].close();
        assertEquals(0, beliefs.size());
    }

    /** Of so many members one has been there since another moment than most. */
    private static void step(Prng random, int oneOf, MemberTable shared, MemberTable plain) {
        int number = random.below(40);
        int action = random.below(8);
        if (action == 0) {
            shared.remove("m" + number);
            plain.remove("m" + number);
        } else if (action == 1 && plain.live() > 0) {
            int first = random.below(plain.live());
            int second = random.below(plain.live());
            shared.swap(first, second);
            plain.swap(first, second);
        } else {
            MemberState state = MemberState.values()[random.below(4)];
            long since = random.below(oneOf) == 0 ? random.below(1_000) : 77;
            Member member = member(number, random.below(2), state, random.below(9) == 0, since);
            shared.put(member);
            plain.put(member);
        }
    }

    @Test
    void the_width_of_an_address_is_kept() {
        Beliefs beliefs = new Beliefs();
        Address narrow = Address.ipv4(10, 0, 0, 1, 7946);
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        for (Address address : new Address[] {narrow, Address.of(mapped, 7946)}) {
            Claim claim = new Claim("m", 1, address, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
            SharedTable table = new SharedTable(beliefs);
            table.put(new Member(claim, false, 0));
            assertEquals(address.ipLength(), table.at(0).address().ipLength());
        }
    }

    @Test
    void an_index_out_of_range_is_refused_and_an_unknown_name_is_not_found() {
        SharedTable table = new SharedTable(new Beliefs());
        assertThrows(IndexOutOfBoundsException.class, () -> table.at(0));
        assertThrows(IndexOutOfBoundsException.class, () -> table.swap(0, 0));
        assertNull(table.find("nobody"));
    }

    @Test
    void a_simulation_with_the_tables_of_production_has_the_same_trace() {
        assertEquals(
                story(Simulation.of(12).seed(3)),
                story(Simulation.of(12).seed(3).tables(node -> new DenseMemberTable())));
        assertEquals(
                story(Simulation.of(12).seed(3).warm()),
                story(Simulation.of(12).seed(3).warm().tables(node -> new DenseMemberTable())));
    }

    private static long story(SimulationBuilder settings) {
        Simulation sim = settings.start().joinAll().run(Duration.ofSeconds(10));
        sim.crash(4).run(Duration.ofSeconds(30)).restart(4).join(4, 2).run(Duration.ofSeconds(10));
        sim.leave(5).run(Duration.ofSeconds(10));
        assertTrue(sim.totals().inputs() > 1_000);
        return sim.traceHash();
    }
}
