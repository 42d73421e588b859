package dev.hearsay.net.store;

import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * Reads all records and believes nothing: the library checks the places of pages, not their content. First along the tree; if that is not
 * sound, then place by place, so that only what stood in a damaged page is lost.
 */
final class RecordReader {
    /** Of a compressed one, about. */
    private static final int LEAST_RECORD_BYTES = 8;

    private final MVMap<byte[], byte[]> map;
    private final long most;
    private final Map<EntryId, Entry> found = new LinkedHashMap<>();
    private long damaged;
    private String reason = "";

    /** @param fileBytes how long the file is: how many records there are said to be may be damaged, too */
    RecordReader(MVMap<byte[], byte[]> map, long fileBytes) {
        this.map = map;
        this.most = fileBytes / LEAST_RECORD_BYTES;
    }

    /** All entries that are as their writers made them. */
    List<Entry> all() {
        if (!alongTheTree()) {
            placeByPlace();
        }
        return new ArrayList<>(found.values());
    }

    /** How many records were not sound; more than none if the tree is not. */
    long damaged() {
        return damaged;
    }

    /** What was wrong with the first of them. */
    String reason() {
        return reason;
    }

    private boolean alongTheTree() {
        long seen = 0;
        byte[] last = null;
        try {
            Cursor<byte[], byte[]> cursor = map.cursor(null);
            while (cursor.hasNext()) {
                byte[] key = cursor.next();
                byte[] value = cursor.getValue();
                if (last != null && map.getKeyType().compare(last, key) >= 0) {
                    return false;
                }
                if (!Arrays.equals(value, map.get(key))) {
                    return false;
                }
                take(key, value);
                last = key;
                seen++;
            }
            return seen == map.sizeAsLong();
        } catch (RuntimeException | AssertionError e) {
            // Whatever the library stumbles over in a page that is not what it was.
            note(e);
            return false;
        }
    }

    private void placeByPlace() {
        damaged = 0;
        long size = Math.min(most, map.sizeAsLong());
        for (long at = 0; at < size; at++) {
            try {
                byte[] key = map.getKey(at);
                byte[] value = key == null ? null : map.get(key);
                if (key != null && value != null) {
                    take(key, value);
                }
            } catch (RuntimeException | AssertionError e) {
                note(e);
            }
        }
        reason = reason.isEmpty() ? "stands in a tree out of order" : reason;
        damaged = Math.max(1, size - found.size());
    }

    private void take(byte[] key, byte[] value) {
        try {
            Entry entry = EntryRecord.entry(key, value);
            found.put(entry.id(), entry);
        } catch (IllegalArgumentException e) {
            damaged++;
            note(e);
        }
    }

    private void note(Throwable e) {
        reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
    }
}
