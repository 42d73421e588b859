package dev.hearsay.bench.state;

import dev.hearsay.core.state.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The same entries as Scuttlebutt (van Renesse and others 2008; Cassandra, chitchat) would have them, and what it would send: a
 * digest of all origins, each with its name, its generation and its greatest version; back come the origins of which less is known there,
 * likewise, and what is new there; then what was asked for. The bytes are really written, in the most frugal form that this allows.
 */
final class Scuttlebutt {
    /** A name like {@code node-00042} and its length, generation, version. */
    private static final int RECORD = 1 + 10 + Long.BYTES + Long.BYTES;

    /** Bytes of an entry beside key and value: lengths of 1 and 2 bytes, version, whether it is deleted. */
    private static final int AROUND = 1 + 2 + Long.BYTES + 1;

    /** By origin and version. */
    private final Map<Long, NavigableMap<Long, Entry>> origins = new TreeMap<>();

    Scuttlebutt(Collection<Entry> entries) {
        for (Entry entry : entries) {
            origins.computeIfAbsent(entry.writer(), writer -> new TreeMap<>()).put(entry.stamp(), entry);
        }
    }

    /**
     * What an exchange costs.
     *
     * @param digests bytes of the first digest, and of the one in the answer
     * @param payload bytes of the entries, with their origins
     */
    record Cost(long digests, long payload) {}

    /** The cost of an exchange that this side begins. */
    Cost exchange(Scuttlebutt other) {
        List<Long> behind = new ArrayList<>();
        other.origins.keySet().forEach(origin -> {
            if (other.version(origin) < version(origin)) {
                behind.add(origin);
            }
        });
        origins.keySet().stream()
                .filter(origin -> !other.origins.containsKey(origin))
                .forEach(behind::add);
        long digests = (long) digest(origins.keySet()).length + other.digest(behind).length;
        return new Cost(digests, (long) other.delta(this).length + delta(other).length);
    }

    private long version(long origin) {
        NavigableMap<Long, Entry> known = origins.get(origin);
        return known == null ? 0 : known.lastKey();
    }

    private byte[] digest(Collection<Long> of) {
        ByteBuffer out = ByteBuffer.allocate(of.size() * RECORD);
        of.forEach(origin -> record(origin, version(origin), out));
        return out.array();
    }

    private static void record(long origin, long version, ByteBuffer out) {
        byte[] name = String.format("node-%05d", origin).getBytes(StandardCharsets.US_ASCII);
        out.put((byte) name.length).put(name).putLong(origin).putLong(version);
    }

    /** All that the other side has not got: of each origin whatever is newer than its greatest version there. */
    private byte[] delta(Scuttlebutt there) {
        ByteBuffer out = ByteBuffer.allocate(origins.values().stream()
                .mapToInt(entries -> RECORD
                        + entries.values().stream().mapToInt(Scuttlebutt::size).sum())
                .sum());
        origins.forEach((origin, entries) -> {
            Collection<Entry> fresh =
                    entries.tailMap(there.version(origin), false).values();
            if (!fresh.isEmpty()) {
                record(origin, fresh.size(), out);
                fresh.forEach(entry -> write(entry, out));
            }
        });
        byte[] written = new byte[out.position()];
        out.flip().get(written);
        return written;
    }

    private static int size(Entry entry) {
        return AROUND + entry.id().key().length() + entry.value().length();
    }

    private static void write(Entry entry, ByteBuffer out) {
        byte[] key = entry.id().key().toArray();
        byte[] value = entry.value().toArray();
        out.put((byte) key.length).put(key).putShort((short) value.length).put(value);
        out.putLong(entry.stamp()).put((byte) (entry.deleted() ? 1 : 0));
    }
}
