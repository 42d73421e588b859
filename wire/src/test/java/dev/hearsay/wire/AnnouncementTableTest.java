package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AnnouncementTableTest {
    private static final Versions OLD = new Versions(1, 4, 2, 2, 5, 5);
    private static final Address HERE = Address.ipv4(10, 0, 0, 1, 7946);
    private static final Address THERE = Address.ipv4(10, 0, 0, 2, 7946);
    private static final String KNOWN = "ff804853010101";
    private static final String LATER = KNOWN + "4853020100" + "4853030100";

    private final DropCounters drops = new DropCounters();
    private final AnnouncementTable table = new AnnouncementTable(new DenseMemberTable(), true, drops);

    @Test
    void what_is_not_understood_in_new_metadata_is_counted_once_however_often_it_is_heard() {
        table.put(member(1, HERE, KNOWN, Versions.SERF));
        assertEquals(0, drops.total());
        table.put(member(2, HERE, LATER, Versions.SERF));
        table.put(member(3, HERE, LATER, Versions.SERF));
        assertEquals(2, drops.get(DropReason.UNKNOWN_TRAILER));
        table.put(member(4, HERE, KNOWN, Versions.SERF));
        table.put(member(5, HERE, LATER, Versions.SERF));
        assertEquals(4, drops.get(DropReason.UNKNOWN_TRAILER));
        assertEquals(4, drops.total());
    }

    @Test
    void the_metadata_of_another_application_is_not_looked_into() {
        new AnnouncementTable(new DenseMemberTable(), false, drops).put(member(1, HERE, LATER, Versions.MEMBERLIST));
        assertEquals(0, drops.total());
    }

    @Test
    void only_where_an_old_member_listens_no_checksum_may_be_sent() {
        assertTrue(table.readsChecksum(HERE));
        table.put(member(1, HERE, KNOWN, OLD));
        assertFalse(table.readsChecksum(HERE));
        assertTrue(table.readsChecksum(THERE));
    }

    @Test
    void an_old_member_that_moves_or_is_upgraded_or_forgotten_is_noticed() {
        table.put(member(1, HERE, KNOWN, OLD));
        table.put(member(2, THERE, KNOWN, OLD));
        assertTrue(table.readsChecksum(HERE));
        assertFalse(table.readsChecksum(THERE));
        table.put(member(3, THERE, KNOWN, Versions.SERF));
        assertTrue(table.readsChecksum(THERE));
        table.put(member(4, THERE, KNOWN, OLD));
        table.remove("n");
        assertTrue(table.readsChecksum(THERE));
        assertEquals(0, table.size());
    }

    private static Member member(long incarnation, Address at, String meta, Versions versions) {
        Bytes bytes = Bytes.of(HexFormat.of().parseHex(meta));
        return new Member(new Claim("n", incarnation, at, bytes, versions, MemberState.ALIVE), false, 0);
    }
}
