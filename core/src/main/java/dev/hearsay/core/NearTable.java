package dev.hearsay.core;

/**
 * Small records by hash, for what a node knows of each member that it has measured: some {@code int}s in one array, without an
 * object for each. A record stands in one of {@value #NEAR} places from its hash on. The table doubles up to
 * {@value #MAX_RECORDS} places; where it is full, a new record displaces another. Two members with equal hashes share a record.
 */
public final class NearTable {
    /** Most records at the same time; in larger clusters a member may be displaced before it is measured again. */
    public static final int MAX_RECORDS = 1 << 14;

    private static final int FIRST_PLACES = 16;
    private static final int NEAR = 8;

    /** A place is a hash and then the values of the record, the first of which is 0 if there is none. */
    private final int width;

    private int[] places;
    private int size;

    /** An empty table of records with so many values each. */
    public NearTable(int values) {
        width = 1 + values;
        places = new int[FIRST_PLACES * width];
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** Where the record with that hash is, until the next {@link #add}; -1 if there is none. */
    public int find(int hash) {
        int at = place(hash);
        return holds(at, hash) ? at : -1;
    }

    /**
     * Makes room for a record that is not there; its values are 0. The first has to become another at once.
     *
     * @return where it is, until the next call
     */
    public int add(int hash) {
        if (size * 2 >= count() && count() < MAX_RECORDS) {
            grow();
        }
        int at = place(hash);
        remove(at);
        places[at] = hash;
        size++;
        return at;
    }

    /** Forgets the record there, if there is one. */
    public void remove(int at) {
        size -= occupied(at) ? 1 : 0;
        for (int i = 1; i < width; i++) {
            places[at + i] = 0;
        }
    }

    /** A value of the record there, from 0. */
    public int get(int at, int value) {
        return places[at + 1 + value];
    }

    /** Sets a value of the record there; the first must not be 0. */
    public void set(int at, int value, int to) {
        places[at + 1 + value] = to;
    }

    private void grow() {
        int[] old = places;
        places = new int[old.length * 2];
        size = 0;
        for (int from = 0; from < old.length; from += width) {
            if (old[from + 1] != 0) {
                int at = place(old[from]);
                size += occupied(at) ? 0 : 1;
                System.arraycopy(old, from, places, at, width);
            }
        }
    }

    /** Where the record is, or a free place for it, or else the place of another. */
    private int place(int hash) {
        int free = -1;
        for (int i = 0; i < NEAR; i++) {
            int at = ((hash + i) & (count() - 1)) * width;
            if (holds(at, hash)) {
                return at;
            }
            free = free < 0 && !occupied(at) ? at : free;
        }
        return free < 0 ? (hash & (count() - 1)) * width : free;
    }

    private int count() {
        return places.length / width;
    }

    private boolean holds(int at, int hash) {
        return occupied(at) && places[at] == hash;
    }

    private boolean occupied(int at) {
        return places[at + 1] != 0;
    }
}
