package dev.hearsay.core.state;

import java.util.ArrayList;
import java.util.List;

/** Entries in portions for a stream. */
final class Chunks {
    /** Bytes of a portion, about: what is kept in memory of an answer on both sides. */
    static final int BYTES = 512 << 10;

    private Chunks() {}

    /** As many from the beginning as make a portion; at least one, if there is one. */
    static List<Entry> first(Iterable<Entry> entries) {
        List<Entry> chunk = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.bytes();
            if (bytes > BYTES && !chunk.isEmpty()) {
                return chunk;
            }
            chunk.add(entry);
        }
        return chunk;
    }

    /** All of them, in portions. */
    static List<List<Entry>> of(List<Entry> entries) {
        List<List<Entry>> chunks = new ArrayList<>();
        for (int from = 0; from < entries.size(); ) {
            List<Entry> chunk = first(entries.subList(from, entries.size()));
            chunks.add(chunk);
            from += chunk.size();
        }
        return chunks;
    }
}
