package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Versions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link MemberTable} must do, whatever it is made of. */
abstract class MemberTableContract {
    abstract MemberTable create();

    static Member member(String name, MemberState state) {
        return member(name, state, 0);
    }

    private static Member member(String name, MemberState state, long since) {
        Address address = Address.ipv4(10, 0, 0, 1, 7946);
        return new Member(new Claim(name, 1, address, Bytes.EMPTY, Versions.SERF, state), false, since);
    }

    private MemberTable of(Member... members) {
        MemberTable table = create();
        for (Member member : members) {
            table.put(member);
        }
        return table;
    }

    private static List<String> names(MemberTable table) {
        return IntStream.range(0, table.size())
                .mapToObj(i -> table.at(i).name())
                .toList();
    }

    @Test
    void anEmptyTableHasNobody() {
        MemberTable table = create();
        assertEquals(0, table.size());
        assertEquals(0, table.live());
        assertEquals(0, table.failed());
        assertNull(table.find("n1"));
        assertThrows(IndexOutOfBoundsException.class, () -> table.at(0));
        assertThrows(IndexOutOfBoundsException.class, () -> table.swap(0, 0));
        table.remove("n1");
        assertEquals(0, table.size());
    }

    @Test
    void theLiveStandBeforeTheFailedAndTheseBeforeThoseWhoLeft() {
        MemberTable table = of(
                member("left", MemberState.LEFT),
                member("dead", MemberState.DEAD),
                member("alive", MemberState.ALIVE),
                member("suspect", MemberState.SUSPECT));
        assertEquals(List.of("alive", "suspect", "dead", "left"), names(table));
        assertEquals(2, table.live());
        assertEquals(1, table.failed());
    }

    @Test
    void aNewcomerStandsAtTheEndOfItsZoneAndTheFirstOfTheNextMakesRoom() {
        MemberTable table = of(
                member("a", MemberState.ALIVE),
                member("b", MemberState.DEAD),
                member("c", MemberState.DEAD),
                member("d", MemberState.ALIVE));
        assertEquals(List.of("a", "d", "c", "b"), names(table));
    }

    @Test
    void replacingAMemberInTheSameZoneKeepsItsPlace() {
        MemberTable table = of(member("a", MemberState.ALIVE), member("b", MemberState.ALIVE));
        Member suspect = member("a", MemberState.SUSPECT, 77);
        table.put(suspect);
        assertEquals(List.of(suspect, member("b", MemberState.ALIVE)), List.of(table.at(0), table.at(1)));
        assertEquals(suspect, table.find("a"));
    }

    @Test
    void aMemberIsFoundByItsAddressAsLongAsItIsThere() {
        Address address = Address.ipv4(10, 0, 0, 1, 7946);
        MemberTable table = of(member("a", MemberState.DEAD));
        assertEquals(table.at(0), table.find(address));
        assertNull(table.find(Address.ipv4(10, 0, 0, 2, 7946)));
        table.remove("a");
        assertNull(table.find(address));
        table.put(member("b", MemberState.ALIVE));
        assertEquals(table.at(0), table.find(address));
        Claim moved = new Claim("b", 2, Address.ipv4(10, 0, 0, 3, 7946), Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
        table.put(new Member(moved, false, 0));
        assertNull(table.find(address));
        assertEquals(table.at(0), table.find(moved.address()));
    }

    @Test
    void whoFailsAndComesBackChangesZones() {
        MemberTable table = of(member("a", MemberState.ALIVE), member("b", MemberState.ALIVE));
        table.put(member("a", MemberState.DEAD, 5));
        assertEquals(List.of("b", "a"), names(table));
        assertEquals(1, table.live());
        table.put(member("a", MemberState.ALIVE, 6));
        assertEquals(List.of("b", "a"), names(table));
        assertEquals(2, table.live());
        assertEquals(6, table.at(1).since());
    }

    @Test
    void membersOfDifferentZonesAreNotExchanged() {
        MemberTable table =
                of(member("a", MemberState.ALIVE), member("b", MemberState.ALIVE), member("c", MemberState.DEAD));
        table.swap(0, 1);
        assertEquals(List.of("b", "a", "c"), names(table));
        assertThrows(IllegalArgumentException.class, () -> table.swap(1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> table.swap(1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> table.at(-1));
    }

    @Test
    void aForgottenMemberIsNotFoundAndTheOthersAre() {
        MemberTable table =
                of(member("a", MemberState.ALIVE), member("b", MemberState.DEAD), member("c", MemberState.LEFT));
        table.remove("a");
        assertNull(table.find("a"));
        assertEquals(List.of("b", "c"), names(table));
        assertEquals(0, table.live());
        assertEquals(1, table.failed());
    }

    @Test
    void tenThousandRandomStepsAgreeWithAMap() {
        for (int seed = 0; seed < 5; seed++) {
            MemberTable table = create();
            Map<String, Member> model = new HashMap<>();
            Prng random = new Prng(seed);
            // Few names and many: a table that grows, and one in which everything collides with what was removed.
            int names = seed < 3 ? 40 : 1_000;
            for (int step = 0; step < 10_000; step++) {
                step(table, model, random, names);
                if (names == 40 || step % 500 == 0) {
                    assertAgrees(table, model, names, "seed " + seed + ", step " + step);
                }
            }
        }
    }

    private static void step(MemberTable table, Map<String, Member> model, Prng random, int names) {
        String name = "n" + random.below(names);
        switch (random.below(4)) {
            case 0 -> {
                table.remove(name);
                model.remove(name);
            }
            case 1 -> {
                if (table.live() > 0) {
                    table.swap(random.below(table.live()), random.below(table.live()));
                }
            }
            default -> {
                Member member = member(name, MemberState.values()[random.below(4)], random.below(3));
                table.put(member);
                model.put(name, member);
            }
        }
    }

    private static void assertAgrees(MemberTable table, Map<String, Member> model, int names, String when) {
        assertEquals(model.size(), table.size(), when);
        Set<Member> met = new HashSet<>();
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            assertEquals(zone(table, i), zone(member.state()), when);
            met.add(member);
        }
        assertEquals(new HashSet<>(model.values()), met, when);
        for (int i = 0; i < names; i++) {
            assertEquals(model.get("n" + i), table.find("n" + i), when);
        }
    }

    private static int zone(MemberTable table, int index) {
        return index < table.live() ? 0 : index < table.live() + table.failed() ? 1 : 2;
    }

    private static int zone(MemberState state) {
        return state.live() ? 0 : state == MemberState.DEAD ? 1 : 2;
    }
}
