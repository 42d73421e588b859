package dev.hearsay.core.state;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a node keeps, of each id the greatest it has heard of; with a sum over all hashes and a {@link Sketch}, kept up with each
 * change, so that comparing with another node costs the same for any number of entries.
 */
final class StateTable {
    /** Cells that are kept up; more are made when they are asked for. A packet holds about as many. */
    static final int KEPT_CELLS = 64;

    private static final int SLACK = 1024;

    private final NavigableMap<EntryId, Entry> entries = new TreeMap<>();

    /** By their hashes. Looked up only: its order means nothing. */
    private final Map<Long, Entry> byHash = new HashMap<>();

    /** Entries that are over some day, the first of them first; those that are no longer in the table are skipped. */
    private final PriorityQueue<Entry> ending =
            new PriorityQueue<>(Comparator.comparingLong(Entry::over).thenComparing(Entry::id));

    private final Sketch sketch = new Sketch(KEPT_CELLS);
    private long sum;
    private long bytes;
    private int live;

    @Nullable Entry find(EntryId id) {
        return entries.get(id);
    }

    @Nullable Entry find(long hash) {
        return byHash.get(hash);
    }

    /** All entries by id; read only. */
    NavigableMap<EntryId, Entry> entries() {
        return entries;
    }

    /** Puts an entry in the place of another with its id, if there was one: that is returned. */
    @Nullable Entry put(Entry entry) {
        Entry before = entries.put(entry.id(), entry);
        if (before != null) {
            forget(before);
        }
        byHash.put(entry.hash(), entry);
        sketch.add(entry.hash());
        sum += entry.hash();
        bytes += entry.bytes();
        live += entry.deleted() ? 0 : 1;
        if (entry.over() != Long.MAX_VALUE) {
            ending.add(entry);
            tidyEnding();
        }
        return before;
    }

    /** Drops an entry. */
    void remove(Entry entry) {
        entries.remove(entry.id());
        forget(entry);
    }

    private void forget(Entry entry) {
        byHash.remove(entry.hash());
        sketch.remove(entry.hash());
        sum -= entry.hash();
        bytes -= entry.bytes();
        live -= entry.deleted() ? 0 : 1;
    }

    /** Versions that were replaced do not stay here until their end, if they are many. */
    private void tidyEnding() {
        if (ending.size() > 2 * entries.size() + SLACK) {
            ending.removeIf(entry -> !byHash.containsKey(entry.hash()));
        }
    }

    /** Drops what was over at that time of the clocks, or before. */
    void dropOver(long time, Consumer<Entry> dropped) {
        for (Entry first = ending.peek(); first != null && first.over() <= time; first = ending.peek()) {
            ending.remove();
            if (byHash.containsKey(first.hash())) {
                remove(first);
                dropped.accept(first);
            }
        }
    }

    /** The first so many cells. */
    Sketch sketch(int cells) {
        if (cells <= KEPT_CELLS) {
            return sketch;
        }
        Sketch more = new Sketch(cells);
        for (Entry entry : entries.values()) {
            more.add(entry.hash());
        }
        return more;
    }

    long sum() {
        return sum;
    }

    int size() {
        return entries.size();
    }

    /** How many are no tombstones. */
    int live() {
        return live;
    }

    /** What all entries take in memory, about. */
    long bytes() {
        return bytes;
    }
}
