package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Fnv;
import dev.hearsay.core.Prng;

/**
 * One version of an entry, as its writer made it: it is never changed on the way, only replaced by a greater one. All shared types
 * are decomposed into such entries (join decomposition: Enes et al. 2019), so a delta is any set of them, and merging is {@link
 * #supersedes}.
 *
 * @param id which entry
 * @param stamp the version: a time of the writer's {@link HybridClock}. Whoever deletes one version gives the tombstone its stamp
 * @param deleted whether this is a tombstone: greater than what it deletes, less than whatever comes later
 * @param time when this was written: the stamp, or for a tombstone when it was deleted
 * @param writer the replica that wrote this
 * @param expires from when on it counts as deleted, in milliseconds since 1970; 0 for never
 * @param value what it says; empty if deleted
 * @param extra what a later version added: not understood here, and kept
 * @param hash of everything above, made by the writer: a checksum, and how nodes name a version to each other
 */
public record Entry(
        EntryId id,
        long stamp,
        boolean deleted,
        long time,
        long writer,
        long expires,
        Bytes value,
        Bytes extra,
        long hash) {

    /** What an entry costs a node beside its name, key, value and extra, in bytes: an estimate. */
    static final int OVERHEAD_BYTES = 200;

    /** A version with a value, sealed with its hash. */
    public static Entry of(EntryId id, long stamp, long writer, long expires, Bytes value) {
        return sealed(id, stamp, false, stamp, writer, expires, value);
    }

    /** The tombstone of this version. */
    public Entry deletedAt(long when, long by) {
        return sealed(id, stamp, true, when, by, 0, Bytes.EMPTY);
    }

    /** The tombstone of whatever was there before: a version of its own. */
    public static Entry tombstone(EntryId id, long stamp, long writer) {
        return sealed(id, stamp, true, stamp, writer, 0, Bytes.EMPTY);
    }

    /** What is told to whoever still has this version, although it was deleted so long ago that nobody remembers when. */
    Entry forgotten(long by) {
        return sealed(id, stamp, true, stamp, by, 0, Bytes.EMPTY);
    }

    /** Whether this is a tombstone that says so of another version. */
    boolean forgets(Entry version) {
        return deleted && time == stamp && stamp == version.stamp && !version.deleted;
    }

    /** The same, written anew. */
    Entry again(long newStamp, long by) {
        return sealed(id, newStamp, deleted, newStamp, by, expires, value);
    }

    private static Entry sealed(
            EntryId id, long stamp, boolean deleted, long time, long writer, long expires, Bytes value) {
        long hash = hash(id, stamp, deleted, time, writer, expires, value, Bytes.EMPTY);
        return new Entry(id, stamp, deleted, time, writer, expires, value, Bytes.EMPTY, hash);
    }

    /** Whether it is as its writer made it. A change within one byte is always found, any other but for one in 2^64. */
    public boolean intact() {
        return hash == hash(id, stamp, deleted, time, writer, expires, value, extra);
    }

    /**
     * Whether this takes the place of another with the same id. A total order: by stamp; a tombstone beats what it deletes; the rest
     * only decides between writers that had the same stamp, equally everywhere.
     */
    public boolean supersedes(Entry other) {
        if (stamp != other.stamp) {
            return stamp > other.stamp;
        }
        if (deleted != other.deleted) {
            return deleted;
        }
        if (time != other.time) {
            return time > other.time;
        }
        if (writer != other.writer) {
            return Long.compareUnsigned(writer, other.writer) > 0;
        }
        return Long.compareUnsigned(hash, other.hash) > 0;
    }

    /** Whether it says something at that time, in milliseconds since 1970. */
    public boolean holds(long wallMillis) {
        return !deleted && (expires == 0 || wallMillis < expires);
    }

    /** From which time of the clocks on it says nothing any more; {@link Long#MAX_VALUE} if it says something for good. */
    long over() {
        if (deleted) {
            return time;
        }
        return expires == 0 || expires > HybridClock.MOST_MILLIS
                ? Long.MAX_VALUE
                : Math.max(stamp, HybridClock.at(expires));
    }

    /** What it costs a node, in bytes. */
    int bytes() {
        return OVERHEAD_BYTES + id.collection().length() + id.key().length() + value.length() + extra.length();
    }

    private static long hash(
            EntryId id, long stamp, boolean deleted, long time, long writer, long expires, Bytes value, Bytes extra) {
        long hash = Fnv.text(Fnv.octet(Fnv.START, id.kind()), id.collection());
        hash = Fnv.bytes(Fnv.number(hash, id.key().length(), Integer.BYTES), id.key());
        hash = Fnv.number(Fnv.number(hash, id.owner(), Long.BYTES), stamp, Long.BYTES);
        hash = Fnv.number(Fnv.octet(hash, deleted ? 1 : 0), time, Long.BYTES);
        hash = Fnv.number(Fnv.number(hash, writer, Long.BYTES), expires, Long.BYTES);
        hash = Fnv.bytes(Fnv.number(hash, value.length(), Integer.BYTES), value);
        return Prng.mix(Fnv.bytes(hash, extra));
    }
}
