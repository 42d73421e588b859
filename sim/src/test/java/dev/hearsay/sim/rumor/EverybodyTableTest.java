package dev.hearsay.sim.rumor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Address;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EverybodyTableTest {
    @Test
    void each_member_has_a_name_and_an_address_of_its_own_by_which_it_is_found() {
        EverybodyTable table = new EverybodyTable(RumorSpread.MAX_NODES);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < RumorSpread.MAX_NODES; i = i * 3 / 2 + 1) {
            names.add(table.at(i).name());
            assertEquals(i, table.indexOf(table.at(i).address()));
            assertEquals(table.at(i), table.find(table.name(i)));
            assertEquals(table.at(i), table.find(table.address(i)));
        }
        int last = RumorSpread.MAX_NODES - 1;
        assertEquals(last, table.indexOf(table.at(last).address()));
        assertEquals(39, names.size());
    }

    @Test
    void who_is_no_member_is_not_found_and_nothing_can_be_changed() {
        EverybodyTable table = new EverybodyTable(40);
        assertEquals(40, table.size());
        assertEquals(40, table.live());
        assertEquals(0, table.failed());
        for (String stranger : new String[] {"", "0", "n7", table.name(40), "000000", "zzzzz"}) {
            assertNull(table.find(stranger));
        }
        assertNull(table.find(table.address(40)));
        assertNull(table.find(Address.ipv4(11, 0, 0, 1, table.address(1).port())));
        assertNull(table.find(Address.ipv4(10, 0, 0, 1, 1)));
        assertNull(table.find(Address.of(new byte[16], 7946)));
        assertThrows(UnsupportedOperationException.class, () -> table.put(table.at(1)));
        assertThrows(UnsupportedOperationException.class, () -> table.remove("10000"));
        assertThrows(UnsupportedOperationException.class, () -> table.swap(0, 1));
    }
}
