package dev.hearsay.api.node.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntriesViewTest {
    private static final long NOW = 1_000;

    private final TreeMap<EntryId, Entry> entries = new TreeMap<>();
    private final EntriesView view = new EntriesView(entries, NOW);

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void add(int kind, String collection, String key, long owner, long expires) {
        EntryId id = new EntryId(kind, collection, bytes(key), owner);
        entries.put(id, Entry.of(id, 1, 7, expires, bytes("=" + key)));
    }

    private List<String> page(StateType type, String prefix, @Nullable String after, int limit) {
        return view.page(type, "c", bytes(prefix), after == null ? null : bytes(after), limit).stream()
                .map(item -> new String(item.key().toArray(), StandardCharsets.ISO_8859_1)
                        + new String(item.value().toArray(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void aPageHasTheKeysBehindAnotherThatBeginSoInTheOrderOfTheirBytes() {
        for (String key : List.of("", "a", "a\u0001", "ab", "ab\u00ff", "b", "\u00ff")) {
            add(StateKind.MAP, "c", key, 0, 0);
        }
        add(StateKind.MAP, "b", "ab", 0, 0);
        add(StateKind.MAP, "d", "ab", 0, 0);
        add(StateKind.MAP, "c", "aa", 0, NOW);
        assertEquals(List.of("=", "a=a", "a\u0001=a\u0001"), page(StateType.MAP, "", null, 3));
        assertEquals(List.of("ab=ab", "ab\u00ff=ab\u00ff"), page(StateType.MAP, "", "a\u0001", 2));
        assertEquals(List.of("b=b", "\u00ff=\u00ff"), page(StateType.MAP, "", "ab\u00ff", 9));
        assertEquals(List.of("ab=ab", "ab\u00ff=ab\u00ff"), page(StateType.MAP, "ab", null, 9));
        assertEquals(List.of("ab\u00ff=ab\u00ff"), page(StateType.MAP, "ab", "ab", 9));
        assertEquals(List.of(), page(StateType.MAP, "ab", "b", 9), "a place behind all that begins so");
        assertEquals(List.of("ab=ab", "ab\u00ff=ab\u00ff"), page(StateType.MAP, "ab", "a", 9));
        assertEquals(List.of(), page(StateType.MAP, "", "\u00ff", 9));
        assertEquals(List.of(), page(StateType.MAP, "", null, 0));
    }

    @Test
    void anElementThatSeveralHaveAddedIsThereOnce() {
        add(StateKind.SET, "c", "x", 1, 0);
        add(StateKind.SET, "c", "x", 2, 0);
        add(StateKind.SET, "c", "x", 3, 0);
        add(StateKind.SET, "c", "y", 2, 0);
        assertEquals(List.of("x=x", "y=y"), page(StateType.SET, "", null, 2));
        assertEquals(List.of("y=y"), page(StateType.SET, "", "x", 2));
    }

    @Test
    void factsAreThoseOfThePresentIncarnation() {
        add(StateKind.FACT, "c", "k", 0, 0);
        assertEquals(List.of(), page(StateType.FACT, "", null, 9), "nobody began");
        add(StateKind.FACT, "c", "", 0, 0);
        add(StateKind.FACT, "c", "l", 0, 0);
        assertEquals(List.of("k=k", "l=l"), page(StateType.FACT, "", null, 9));
        assertEquals(List.of("l=l"), page(StateType.FACT, "", "k", 9));
        assertEquals(List.of("l=l"), page(StateType.FACT, "l", null, 9));
        assertEquals(List.of("k=k"), page(StateType.FACT, "", null, 1));
    }

    @Test
    void countersAndRegistersHaveNoKeys() {
        assertThrows(IllegalArgumentException.class, () -> page(StateType.COUNTER, "", null, 1));
        assertThrows(IllegalArgumentException.class, () -> page(StateType.REGISTER, "", null, 1));
    }
}
