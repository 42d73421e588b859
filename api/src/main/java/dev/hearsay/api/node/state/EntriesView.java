package dev.hearsay.api.node.state;

import dev.hearsay.api.StateType;
import dev.hearsay.api.StateView;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Views;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What entries say together at one time. Immutable. */
final class EntriesView implements StateView {
    private final NavigableMap<EntryId, Entry> entries;
    private final long wallMillis;

    EntriesView(NavigableMap<EntryId, Entry> entries, long wallMillis) {
        this.entries = entries;
        this.wallMillis = wallMillis;
    }

    @Override
    public SortedMap<String, byte[]> facts(String member) {
        return arrays(Views.facts(entries, member, wallMillis));
    }

    @Override
    public SortedSet<String> names(StateType type) {
        SortedSet<String> names = Views.names(entries, type.kind(), wallMillis);
        if (type == StateType.FACT) {
            // A member may have taken back all that it had said.
            names.removeIf(member -> Views.facts(entries, member, wallMillis).isEmpty());
        }
        return names;
    }

    @Override
    public Optional<byte[]> mapValue(String map, String key) {
        return Optional.ofNullable(Views.mapValue(entries, map, KeyText.bytes(key), wallMillis))
                .map(Bytes::toArray);
    }

    @Override
    public SortedMap<String, byte[]> map(String name) {
        return arrays(Views.map(entries, name, wallMillis));
    }

    @Override
    public List<byte[]> set(String name) {
        return arrays(Views.set(entries, name, wallMillis));
    }

    @Override
    public boolean contains(String set, byte[] element) {
        return Views.contains(entries, set, Bytes.of(element), wallMillis);
    }

    @Override
    public long counter(String name) {
        return Views.counter(entries, name, wallMillis);
    }

    @Override
    public List<byte[]> register(String name) {
        return arrays(Views.register(entries, name, wallMillis));
    }

    @Override
    public List<Item> page(StateType type, String collection, Bytes prefix, @Nullable Bytes after, int limit) {
        List<Item> page = new ArrayList<>();
        if (type == StateType.FACT) {
            Views.facts(entries, collection, wallMillis)
                    .forEach((key, value) -> offer(page, key, value, prefix, after, limit));
            return page;
        }
        if (type != StateType.MAP && type != StateType.SET) {
            throw new IllegalArgumentException("type is " + type + ": must be MAP, SET or FACT");
        }
        EntryId from = EntryId.first(type.kind(), collection, after != null && begins(after, prefix) ? after : prefix);
        for (Entry entry : entries.subMap(from, true, EntryId.behind(type.kind(), collection), false)
                .values()) {
            Bytes key = entry.id().key();
            if (page.size() == limit || !begins(key, prefix)) {
                break;
            }
            if (entry.holds(wallMillis)) {
                offer(page, key, entry.value(), prefix, after, limit);
            }
        }
        return page;
    }

    /** Adds what belongs to a page; several owners may have an entry of the same key. */
    private static void offer(List<Item> page, Bytes key, Bytes value, Bytes prefix, @Nullable Bytes after, int limit) {
        boolean again = !page.isEmpty() && page.get(page.size() - 1).key().equals(key);
        boolean behind = after == null || EntryId.first(0, "", key).compareTo(EntryId.first(0, "", after)) > 0;
        if (page.size() < limit && !again && behind && begins(key, prefix)) {
            page.add(new Item(key, value));
        }
    }

    private static boolean begins(Bytes key, Bytes prefix) {
        if (key.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (key.at(i) != prefix.at(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int size() {
        int size = count(entries.tailMap(EntryId.first(StateKind.MAP, ""), true).values());
        for (String member : Views.names(entries, StateKind.FACT, wallMillis)) {
            size += Views.facts(entries, member, wallMillis).size();
        }
        return size;
    }

    /** How many keys or elements a collection has. */
    int size(int kind, String name) {
        return count(entries.subMap(EntryId.first(kind, name), true, EntryId.behind(kind, name), false)
                .values());
    }

    /** Several owners may have an entry of the same key; they stand side by side. */
    private int count(Collection<Entry> ordered) {
        int count = 0;
        EntryId last = null;
        for (Entry entry : ordered) {
            EntryId id = entry.id();
            boolean counts = entry.holds(wallMillis)
                    && id.kind() <= StateKind.REGISTER
                    && (last == null
                            || last.kind() != id.kind()
                            || !last.collection().equals(id.collection())
                            || !last.key().equals(id.key()));
            if (counts) {
                count++;
                last = id;
            }
        }
        return count;
    }

    private static SortedMap<String, byte[]> arrays(SortedMap<Bytes, Bytes> values) {
        SortedMap<String, byte[]> arrays = new TreeMap<>();
        values.forEach((key, value) -> arrays.put(KeyText.text(key), value.toArray()));
        return arrays;
    }

    private static List<byte[]> arrays(Collection<Bytes> values) {
        List<byte[]> arrays = new ArrayList<>(values.size());
        values.forEach(value -> arrays.add(value.toArray()));
        return arrays;
    }
}
