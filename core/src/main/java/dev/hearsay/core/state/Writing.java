package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Turns what an application does into entries: the deltas of the shared types. Pure, but for the stamps it takes. */
final class Writing {
    /** So that the stamp of the end is one. */
    private static final long MOST_TTL_MILLIS = Long.MAX_VALUE >>> (HybridClock.COUNTER_BITS + 1);

    private final long replica;
    private final StateConfig config;
    private final StateTable table;

    /** Stamps of the clock at one moment, each greater than the one before. */
    private final LongSupplier stamps;

    private final long wallMillis;

    Writing(long replica, StateConfig config, StateTable table, LongSupplier stamps, long wallMillis) {
        this.replica = replica;
        this.config = config;
        this.table = table;
        this.stamps = stamps;
        this.wallMillis = wallMillis;
    }

    /**
     * The entries that a write puts into the table; none if it changes nothing.
     *
     * @throws IllegalArgumentException above a limit
     */
    List<Entry> entries(Write write) {
        if (write instanceof Write.MapPut put) {
            EntryId id = id(StateKind.MAP, put.map(), put.key(), 0);
            return List.of(value(id, put.value(), put.ttlMillis()));
        } else if (write instanceof Write.MapRemove remove) {
            EntryId id = id(StateKind.MAP, remove.map(), remove.key(), 0);
            Entry known = table.find(id);
            return known == null || !known.holds(wallMillis)
                    ? List.of()
                    : List.of(Entry.tombstone(id, stamps.getAsLong(), replica));
        } else if (write instanceof Write.SetAdd add) {
            return List.of(value(id(StateKind.SET, add.set(), add.element(), replica), Bytes.EMPTY, add.ttlMillis()));
        } else if (write instanceof Write.SetRemove remove) {
            return deletions(id(StateKind.SET, remove.set(), remove.element(), 0), 0);
        } else if (write instanceof Write.CounterAdd add) {
            return List.of(counted(add));
        } else if (write instanceof Write.RegisterSet set) {
            EntryId id = id(StateKind.REGISTER, set.register(), Bytes.EMPTY, replica);
            List<Entry> entries = deletions(id, replica);
            entries.add(value(id, set.value(), set.ttlMillis()));
            return entries;
        }
        return deletions(id(StateKind.REGISTER, ((Write.RegisterClear) write).register(), Bytes.EMPTY, 0), 0);
    }

    private Entry counted(Write.CounterAdd add) {
        EntryId id = id(StateKind.COUNTER, add.counter(), Bytes.EMPTY, replica);
        Entry known = table.find(id);
        Counted before = Counted.of(known != null && known.holds(wallMillis) ? known.value() : Bytes.EMPTY);
        return value(id, before.plus(add.amount()).bytes(), add.ttlMillis());
    }

    /** Deletes what is there under the key of that id, but for the entry of one owner. */
    private List<Entry> deletions(EntryId id, long but) {
        List<Entry> entries = new ArrayList<>();
        for (Entry known : Views.key(table.entries(), id.kind(), id.collection(), id.key())) {
            if (known.holds(wallMillis) && (but == 0 || known.id().owner() != but)) {
                entries.add(known.deletedAt(stamps.getAsLong(), replica));
            }
        }
        return entries;
    }

    /** The time of day, in milliseconds since 1970. */
    long wallMillis() {
        return wallMillis;
    }

    /** A version of an entry of this node. */
    Entry value(EntryId id, Bytes value, long ttlMillis) {
        if (value.length() > config.maxValueBytes()) {
            throw new IllegalArgumentException("value has " + value.length() + " bytes: must be at most "
                    + config.maxValueBytes() + " (maxValueBytes of the shared state)");
        }
        if (ttlMillis < 0 || ttlMillis > MOST_TTL_MILLIS) {
            throw new IllegalArgumentException(
                    "time to live of " + ttlMillis + " ms: must be 0, for none, to " + MOST_TTL_MILLIS);
        }
        return Entry.of(id, stamps.getAsLong(), replica, ttlMillis == 0 ? 0 : wallMillis + ttlMillis, value);
    }

    /** An id, checked. */
    static EntryId id(int kind, String collection, Bytes key, long owner) {
        byte[] utf8 = collection.getBytes(StandardCharsets.UTF_8);
        int bytes = utf8.length;
        // Half a surrogate pair has no UTF-8: others would get another name than the one that was hashed.
        if (!new String(utf8, StandardCharsets.UTF_8).equals(collection)) {
            throw new IllegalArgumentException(
                    "name of a " + StateKind.text(kind) + " is no text that UTF-8 can carry");
        }
        if (bytes == 0 || bytes > EntryId.MAX_COLLECTION_BYTES || collection.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("name of a " + StateKind.text(kind) + " has " + bytes
                    + " bytes: must be 1 to " + EntryId.MAX_COLLECTION_BYTES + " of UTF-8, none of them zero");
        }
        if (key.length() > EntryId.MAX_KEY_BYTES) {
            throw new IllegalArgumentException((kind == StateKind.SET ? "element" : "key") + " has " + key.length()
                    + " bytes: must be at most " + EntryId.MAX_KEY_BYTES);
        }
        return new EntryId(kind, collection, key, owner);
    }
}
