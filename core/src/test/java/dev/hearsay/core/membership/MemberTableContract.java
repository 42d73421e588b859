package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Versions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link MemberTable} must do, whatever it is made of. */
abstract class MemberTableContract {
    abstract MemberTable create();

    static Member member(String name, MemberState state) {
        Address address = Address.ipv4(10, 0, 0, 1, 7946);
        return new Member(new Claim(name, 1, address, Bytes.EMPTY, Versions.SERF, state), false, 0);
    }

    @Test
    void anEmptyTableHasNobody() {
        MemberTable table = create();
        assertEquals(0, table.size());
        assertEquals(0, table.live());
        assertNull(table.find("n1"));
        assertThrows(IndexOutOfBoundsException.class, () -> table.at(0));
    }

    @Test
    void aNewMemberTakesThePositionAndItsHolderMovesToTheEnd() {
        MemberTable table = create();
        table.put(member("a", MemberState.ALIVE), 0);
        table.put(member("b", MemberState.ALIVE), 1);
        table.put(member("c", MemberState.ALIVE), 0);
        assertEquals("c", table.at(0).name());
        assertEquals("b", table.at(1).name());
        assertEquals("a", table.at(2).name());
    }

    @Test
    void replacingAMemberKeepsItsPlaceAndCountsTheLiving() {
        MemberTable table = create();
        table.put(member("a", MemberState.ALIVE), 0);
        table.put(member("b", MemberState.SUSPECT), 1);
        assertEquals(2, table.live());
        Member dead = member("a", MemberState.DEAD);
        table.put(dead, 1);
        assertSame(dead, table.at(0));
        assertEquals(1, table.live());
        assertEquals(2, table.size());
    }

    @Test
    void tenThousandRandomStepsAgreeWithAMap() {
        MemberTable table = create();
        Map<String, Member> model = new HashMap<>();
        Prng random = new Prng(7);
        for (int step = 0; step < 10_000; step++) {
            String name = "n" + random.below(40);
            switch (random.below(4)) {
                case 0 -> {
                    table.remove(name);
                    model.remove(name);
                }
                case 1 -> {
                    if (table.size() > 0) {
                        table.swap(random.below(table.size()), random.below(table.size()));
                    }
                }
                default -> {
                    Member member = member(name, MemberState.values()[random.below(4)]);
                    table.put(member, random.below(table.size() + 1));
                    model.put(name, member);
                }
            }
            assertAgrees(table, model, step);
        }
    }

    private static void assertAgrees(MemberTable table, Map<String, Member> model, int step) {
        assertEquals(model.size(), table.size(), "step " + step);
        int live = 0;
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            assertSame(model.get(member.name()), member, "step " + step);
            assertSame(member, table.find(member.name()), "step " + step);
            live += member.state().live() ? 1 : 0;
        }
        assertEquals(live, table.live(), "step " + step);
    }
}
