package dev.hearsay.api.node.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.api.StateChange;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final long ME = 1;

    private final TreeMap<EntryId, Entry> entries = new TreeMap<>();
    private final Changes changes = new Changes(ME);
    private final List<StateChange> told = new ArrayList<>();

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Entry entry(int kind, String key, long owner, long stamp, long writer, String value) {
        return Entry.of(new EntryId(kind, "c", bytes(key), owner), stamp, writer, 0, bytes(value));
    }

    /** What is told when this entry comes. */
    private List<String> put(Entry after) {
        return apply(new Event.StateChanged(entries.get(after.id()), after));
    }

    private List<String> drop(Entry entry) {
        return apply(new Event.StateChanged(entry, null));
    }

    private List<String> apply(Event.StateChanged event) {
        told.clear();
        changes.tell(event, entries, told::add);
        if (event.after() != null) {
            entries.put(event.after().id(), event.after());
        } else {
            entries.remove(event.before().id());
        }
        return told.stream()
                .map(change -> text(change.key()) + ": " + text(change.before()) + " -> " + text(change.after())
                        + (change.own() ? " own" : ""))
                .toList();
    }

    private static String text(@Nullable Bytes bytes) {
        return bytes == null ? "none" : "'" + new String(bytes.toArray(), StandardCharsets.UTF_8) + "'";
    }

    @Test
    void a_map_tells_what_was_there_and_what_is() {
        Entry first = entry(StateKind.MAP, "k", 0, 1, ME, "1");
        Entry second = entry(StateKind.MAP, "k", 0, 2, 2, "2");
        assertEquals(List.of("'k': none -> '1' own"), put(first));
        assertEquals(List.of("'k': '1' -> '2'"), put(second));
        Entry tombstone = second.deletedAt(3, ME);
        assertEquals(List.of("'k': '2' -> none own"), put(tombstone));
        assertEquals(List.of(), drop(tombstone), "a tombstone that is dropped changes nothing");
    }

    @Test
    void what_has_expired_is_told_when_it_is_dropped() {
        Entry entry = Entry.of(new EntryId(StateKind.MAP, "c", bytes("k"), 0), 1, 2, 5, bytes("v"));
        put(entry);
        assertEquals(List.of("'k': 'v' -> none"), drop(entry));
    }

    @Test
    void an_element_of_a_set_goes_with_the_last_who_added_it() {
        Entry mine = entry(StateKind.SET, "e", ME, 1, ME, "");
        Entry theirs = entry(StateKind.SET, "e", 2, 2, 2, "");
        assertEquals(List.of("'e': none -> '' own"), put(mine));
        assertEquals(List.of(), put(theirs));
        assertEquals(List.of(), put(mine.deletedAt(3, ME)));
        assertEquals(List.of("'e': '' -> none"), put(theirs.deletedAt(4, 2)));
    }

    @Test
    void facts_of_an_earlier_incarnation_go_when_the_next_one_says_who_it_is() {
        assertEquals(List.of(), put(entry(StateKind.FACT, "a", 0, 1, 7, "old")), "nobody knows yet whose it is");
        assertEquals(List.of("'a': none -> 'old'"), put(entry(StateKind.FACT, "", 0, 2, 7, "")));
        assertEquals(List.of(), put(entry(StateKind.FACT, "b", 0, 3, 8, "new")));
        assertEquals(List.of("'a': 'old' -> none", "'b': none -> 'new'"), put(entry(StateKind.FACT, "", 0, 4, 8, "")));
        assertEquals(List.of(), put(entry(StateKind.FACT, "b", 0, 5, 8, "new")), "only the lease is renewed");
        assertEquals(List.of(), put(entry(StateKind.FACT, "", 0, 6, 8, "")));
    }

    @Test
    void what_a_later_version_has_added_is_not_told() {
        assertEquals(List.of(), put(entry(77, "k", 0, 1, 2, "v")));
    }
}
