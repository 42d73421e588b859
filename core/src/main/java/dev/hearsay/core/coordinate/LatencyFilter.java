package dev.hearsay.core.coordinate;

import dev.hearsay.core.Prng;

/**
 * The median of the last {@value #SAMPLES} round trips to each member, so that one slow answer moves nobody (Ledlie et al.,
 * "Network Coordinates in the Wild", NSDI 2007; Serf's {@code LatencyFilterSize}).
 *
 * <p>Sixteen bytes per member measured, in a table that is looked up by a hash of the name. Where it is full, one displaces
 * another, whose median begins anew. Two names with equal hashes share a median.
 */
final class LatencyFilter {
    /** How many round trips the median is of. */
    static final int SAMPLES = 3;

    /** Most members remembered; in larger clusters a member may be displaced before it is measured again. */
    static final int MAX_MEMBERS = 1 << 14;

    /** Times are kept in units of 8 ns: up to 17 s. 0 stands for no time. */
    private static final int UNIT_SHIFT = 3;

    private static final int FIRST_PLACES = 16;

    /** A member is in one of so many places from its hash on. */
    private static final int NEAR = 8;

    /** A place is the member's hash, then its times, youngest first. */
    private static final int WIDTH = 1 + SAMPLES;

    private int[] places = new int[FIRST_PLACES * WIDTH];
    private int members;

    /**
     * Adds a round trip to that member.
     *
     * @param nanos 0 to 17 s
     * @return the median of its last ones: nanoseconds. Of two, the longer
     */
    long median(String member, long nanos) {
        int hash = hash(member);
        int at = find(hash);
        if (!holds(at, hash)) {
            if (members * 2 >= count() && count() < MAX_MEMBERS) {
                grow();
                at = find(hash);
            }
            clear(at);
            places[at] = hash;
            members++;
        }
        for (int i = SAMPLES; i > 1; i--) {
            places[at + i] = places[at + i - 1];
        }
        places[at + 1] = (int) Math.max(1, nanos >> UNIT_SHIFT);
        return (long) middle(places[at + 1], places[at + 2], places[at + 3]) << UNIT_SHIFT;
    }

    /** The member is gone: what was measured says nothing of one that comes under its name. */
    void forget(String member) {
        int hash = hash(member);
        int at = find(hash);
        if (holds(at, hash)) {
            clear(at);
        }
    }

    /** How many members it remembers. */
    int members() {
        return members;
    }

    /** The median of up to three; 0 stands for one that is missing. */
    private static int middle(int youngest, int before, int oldest) {
        if (before == 0) {
            return youngest;
        }
        if (oldest == 0) {
            return Math.max(youngest, before);
        }
        return Math.max(Math.min(youngest, before), Math.min(Math.max(youngest, before), oldest));
    }

    private int count() {
        return places.length / WIDTH;
    }

    private void grow() {
        int[] old = places;
        places = new int[old.length * 2];
        members = 0;
        for (int from = 0; from < old.length; from += WIDTH) {
            if (old[from + 1] != 0) {
                int at = find(old[from]);
                clear(at);
                System.arraycopy(old, from, places, at, WIDTH);
                members++;
            }
        }
    }

    /** Where the member is, or a free place for it, or else the place of another. */
    private int find(int hash) {
        int free = -1;
        for (int i = 0; i < NEAR; i++) {
            int at = ((hash + i) & (count() - 1)) * WIDTH;
            if (holds(at, hash)) {
                return at;
            }
            free = free < 0 && places[at + 1] == 0 ? at : free;
        }
        return free < 0 ? (hash & (count() - 1)) * WIDTH : free;
    }

    private boolean holds(int at, int hash) {
        return places[at + 1] != 0 && places[at] == hash;
    }

    private void clear(int at) {
        members -= places[at + 1] == 0 ? 0 : 1;
        for (int i = 1; i <= SAMPLES; i++) {
            places[at + i] = 0;
        }
    }

    /** Names of neighbours differ in few bits: they are scrambled. */
    private static int hash(String member) {
        return (int) Prng.mix(member.hashCode());
    }
}
