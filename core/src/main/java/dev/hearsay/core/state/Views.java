package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What entries say together: the values of the shared types, as pure functions of a map of entries by id and of the time. Times are in
 * milliseconds since 1970: entries end.
 */
public final class Views {
    private Views() {}

    /** What a member says of itself, by key: only what its present incarnation says, that is, whoever wrote the empty key. */
    public static SortedMap<Bytes, Bytes> facts(NavigableMap<EntryId, Entry> entries, String member, long wallMillis) {
        SortedMap<Bytes, Bytes> facts = sorted();
        Entry boot = entries.get(EntryId.first(StateKind.FACT, member));
        if (boot == null || !boot.holds(wallMillis)) {
            return facts;
        }
        for (Entry entry : collection(entries, StateKind.FACT, member)) {
            if (entry.id().key().length() > 0 && entry.writer() == boot.writer() && entry.holds(wallMillis)) {
                facts.put(entry.id().key(), entry.value());
            }
        }
        return facts;
    }

    /** The value of a key of a map; null if there is none. */
    public static @Nullable Bytes mapValue(
            NavigableMap<EntryId, Entry> entries, String map, Bytes key, long wallMillis) {
        Entry entry = entries.get(EntryId.first(StateKind.MAP, map, key));
        return entry != null && entry.holds(wallMillis) ? entry.value() : null;
    }

    /** A map. */
    public static SortedMap<Bytes, Bytes> map(NavigableMap<EntryId, Entry> entries, String map, long wallMillis) {
        SortedMap<Bytes, Bytes> values = sorted();
        for (Entry entry : collection(entries, StateKind.MAP, map)) {
            if (entry.holds(wallMillis)) {
                values.put(entry.id().key(), entry.value());
            }
        }
        return values;
    }

    /** The elements of a set. */
    public static SortedSet<Bytes> set(NavigableMap<EntryId, Entry> entries, String set, long wallMillis) {
        SortedSet<Bytes> elements = new TreeSet<>(EntryId::compare);
        for (Entry entry : collection(entries, StateKind.SET, set)) {
            if (entry.holds(wallMillis)) {
                elements.add(entry.id().key());
            }
        }
        return elements;
    }

    /** Whether an element is in a set. */
    public static boolean contains(NavigableMap<EntryId, Entry> entries, String set, Bytes element, long wallMillis) {
        for (Entry entry : key(entries, StateKind.SET, set, element)) {
            if (entry.holds(wallMillis)) {
                return true;
            }
        }
        return false;
    }

    /** The value of a counter: 0 if nobody has counted. It wraps around like a {@code long}. */
    public static long counter(NavigableMap<EntryId, Entry> entries, String counter, long wallMillis) {
        long value = 0;
        for (Entry entry : collection(entries, StateKind.COUNTER, counter)) {
            if (entry.holds(wallMillis)) {
                value += Counted.of(entry.value()).value();
            }
        }
        return value;
    }

    /** The values of a register: none if it is empty, several if some did not know of each other, in the order of their owners. */
    public static List<Bytes> register(NavigableMap<EntryId, Entry> entries, String register, long wallMillis) {
        List<Bytes> values = new ArrayList<>();
        for (Entry entry : collection(entries, StateKind.REGISTER, register)) {
            if (entry.holds(wallMillis)) {
                values.add(entry.value());
            }
        }
        return values;
    }

    /** The names of all collections of a kind in which something is. */
    public static SortedSet<String> names(NavigableMap<EntryId, Entry> entries, int kind, long wallMillis) {
        SortedSet<String> names = new TreeSet<>();
        EntryId from = EntryId.first(kind, "");
        for (EntryId id = entries.ceilingKey(from); id != null && id.kind() == kind; id = entries.ceilingKey(from)) {
            for (Entry entry : collection(entries, kind, id.collection())) {
                if (entry.holds(wallMillis)) {
                    names.add(id.collection());
                    break;
                }
            }
            from = EntryId.behind(kind, id.collection());
        }
        return names;
    }

    /** All entries of a collection, over or not. */
    static Collection<Entry> collection(NavigableMap<EntryId, Entry> entries, int kind, String name) {
        return entries.subMap(EntryId.first(kind, name), true, EntryId.behind(kind, name), false)
                .values();
    }

    /** All entries of a key, over or not: one of each owner. */
    static Collection<Entry> key(NavigableMap<EntryId, Entry> entries, int kind, String name, Bytes key) {
        return entries.subMap(EntryId.first(kind, name, key), true, EntryId.last(kind, name, key), true)
                .values();
    }

    private static SortedMap<Bytes, Bytes> sorted() {
        return new TreeMap<>(EntryId::compare);
    }
}
