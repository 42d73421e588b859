package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of two entries with one id, every node has to keep the same one. */
class EntryOrderTest {
    @Property
    void of_two_different_versions_exactly_one_supersedes_the_other(
            @ForAll("versions") Entry one, @ForAll("versions") Entry other) {
        if (one.equals(other)) {
            assertFalse(one.supersedes(other));
        } else {
            assertNotEquals(one.supersedes(other), other.supersedes(one), one + " and " + other);
        }
    }

    @Property
    void whoever_supersedes_one_supersedes_all_that_it_supersedes(
            @ForAll("versions") Entry a, @ForAll("versions") Entry b, @ForAll("versions") Entry c) {
        if (a.supersedes(b) && b.supersedes(c)) {
            assertTrue(a.supersedes(c), a + ", " + b + ", " + c);
        }
    }

    @Property
    void a_tombstone_is_between_what_it_deletes_and_all_that_is_written_later(@ForAll("versions") Entry version) {
        Entry tombstone = version.deletedAt(version.time() + 100, 3);
        Entry later = Entry.of(version.id(), version.stamp() + 1, 0, 0, Bytes.EMPTY);
        assertTrue(version.deleted() || tombstone.supersedes(version));
        assertTrue(later.supersedes(tombstone) && later.supersedes(version));
        assertTrue(tombstone.intact() && later.intact());
    }

    @Property
    void ids_are_ordered_totally_as_their_parts_are(@ForAll("ids") EntryId a, @ForAll("ids") EntryId b) {
        assertEquals(a.equals(b), a.compareTo(b) == 0);
        assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
        EntryId first = EntryId.first(a.kind(), a.collection());
        EntryId behind = EntryId.behind(a.kind(), a.collection());
        boolean together = a.kind() == b.kind() && a.collection().equals(b.collection());
        assertEquals(together, first.compareTo(b) <= 0 && b.compareTo(behind) < 0);
        EntryId firstOfKey = EntryId.first(a.kind(), a.collection(), a.key());
        EntryId lastOfKey = EntryId.last(a.kind(), a.collection(), a.key());
        assertEquals(together && a.key().equals(b.key()), firstOfKey.compareTo(b) <= 0 && b.compareTo(lastOfKey) <= 0);
    }

    @Property
    void every_changed_byte_of_an_entry_is_noticed(@ForAll("versions") Entry entry) {
        List<Entry> changed = List.of(
                copy(entry, entry.stamp() ^ 1L << 17, entry.deleted(), entry.expires(), entry.value()),
                copy(entry, entry.stamp(), !entry.deleted(), entry.expires(), entry.value()),
                copy(entry, entry.stamp(), entry.deleted(), entry.expires() ^ 4, entry.value()),
                copy(entry, entry.stamp(), entry.deleted(), entry.expires(), Bytes.of((byte) 1, (byte) 2, (byte) 3)));
        assertTrue(entry.intact());
        changed.forEach(each -> assertFalse(each.intact(), each::toString));
    }

    private static Entry copy(Entry from, long stamp, boolean deleted, long expires, Bytes value) {
        return new Entry(
                from.id(), stamp, deleted, from.time(), from.writer(), expires, value, from.extra(), from.hash());
    }

    @Provide
    Arbitrary<Entry> versions() {
        return Entries.versions(new EntryId(StateKind.MAP, "m", Bytes.EMPTY, 0));
    }

    @Provide
    Arbitrary<EntryId> ids() {
        return Entries.ids();
    }
}
