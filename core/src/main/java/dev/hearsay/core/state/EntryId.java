package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;

/**
 * Which entry: of two with the same id, every node keeps the greater one.
 *
 * <p>Ids are ordered by kind, collection, key and owner, so that what belongs together stands together.
 *
 * @param kind of the type it belongs to, 0 to 255: see {@link StateKind}; other numbers are a later version's
 * @param collection name of the map, set, counter or register; of a fact, the member's name
 * @param key within the collection; empty where there is but one
 * @param owner the replica that alone adds this entry, where each has entries of its own; 0 where all write the same
 */
public record EntryId(int kind, String collection, Bytes key, long owner) implements Comparable<EntryId> {
    /** Longest name of a collection, in bytes of UTF-8: as long as the name of a member, which may be one. */
    public static final int MAX_COLLECTION_BYTES = 255;

    /** Longest key, in bytes. */
    public static final int MAX_KEY_BYTES = 512;

    @Override
    public int compareTo(EntryId other) {
        int order = Integer.compare(kind, other.kind);
        if (order == 0) {
            order = collection.compareTo(other.collection);
        }
        if (order == 0) {
            order = compare(key, other.key);
        }
        return order == 0 ? Long.compareUnsigned(owner, other.owner) : order;
    }

    /** The first id there can be in a collection: all of it stands from here on. */
    public static EntryId first(int kind, String collection) {
        return new EntryId(kind, collection, Bytes.EMPTY, 0);
    }

    /** The first id there can be under a key. */
    public static EntryId first(int kind, String collection, Bytes key) {
        return new EntryId(kind, collection, key, 0);
    }

    /** The first id behind a collection. */
    public static EntryId behind(int kind, String collection) {
        // No name is between this one and the same with a zero behind it.
        return first(kind, collection + '\0');
    }

    /** The last id there can be under a key. */
    public static EntryId last(int kind, String collection, Bytes key) {
        return new EntryId(kind, collection, key, -1);
    }

    static int compare(Bytes left, Bytes right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            int order = Integer.compare(left.at(i) & 0xFF, right.at(i) & 0xFF);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
