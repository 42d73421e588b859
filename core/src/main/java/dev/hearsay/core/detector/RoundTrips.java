package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Prng;
import dev.hearsay.core.membership.Member;

/**
 * How long members take to answer a ping, and how long to wait for them (Jacobson, "Congestion Avoidance and Control", 1988):
 *
 * <pre>
 *   srtt    += (sample - srtt) / 8
 *   var     += (|sample - srtt| - var) / 4
 *   timeout  = srtt + 4 × var, at least probeTimeoutFloor, at most probeTimeout
 * </pre>
 *
 * <p>One {@code long} per member measured, in a table that is looked up by a hash of name and address. Where it is full, one
 * displaces another, and whoever is not there is given the full probe timeout, as is everybody whose last ping stayed unanswered.
 */
final class RoundTrips {
    /** Most members measured at the same time; in larger clusters a member may be displaced before its next turn. */
    static final int MAX_MEASURED = 1 << 14;

    private static final int FIRST_PLACES = 16;

    /** A member is in one of so many places from its hash on. */
    private static final int NEAR = 8;

    /** Times are kept in 16 bits of 100 µs: up to 6.5 s. */
    private static final long UNIT_NANOS = 100_000;

    private static final int MAX_UNITS = 0xFFFF;

    private final long probeTimeout;
    private final long floor;

    /** The member's hash in the upper half, then srtt, then var. 0: nobody. */
    private long[] places = new long[FIRST_PLACES];

    private int measured;

    RoundTrips(Config config) {
        this.probeTimeout = config.probeTimeoutNanos();
        this.floor = Math.min(config.probeTimeoutFloorNanos(), probeTimeout);
    }

    /** How long a ping to the member may stay unanswered: nanoseconds. */
    long timeout(Member to) {
        long place = places[find(hash(to))];
        if (floor == 0 || !belongsTo(place, hash(to))) {
            return probeTimeout;
        }
        return Math.max(floor, Math.min(probeTimeout, (srtt(place) + 4 * variation(place)) * UNIT_NANOS));
    }

    /** How long to wait before telling a requester that the member did not answer: it must hear of it in time itself. */
    long relayTimeout(Member to) {
        return Math.min(timeout(to), probeTimeout / 5 * 4);
    }

    /** The least that a ping may take; {@code probeTimeout} if nothing is measured. */
    long least() {
        return floor == 0 ? probeTimeout : floor;
    }

    /** The member has answered a ping of ours itself, after so many nanoseconds. */
    void answered(Member from, long nanos) {
        if (floor == 0) {
            return;
        }
        int hash = hash(from);
        int sample = (int) Math.max(1, Math.min(MAX_UNITS, nanos / UNIT_NANOS));
        long place = places[find(hash)];
        if (belongsTo(place, hash)) {
            int error = sample - srtt(place);
            int variation = variation(place) + (Math.abs(error) - variation(place)) / 4;
            places[find(hash)] = place(hash, Math.max(1, srtt(place) + error / 8), variation);
            return;
        }
        if (measured * 2 >= places.length && places.length < MAX_MEASURED) {
            grow();
        }
        put(place(hash, sample, sample / 2));
    }

    /** The member did not answer in time: what is known of it holds no more. */
    void unanswered(Member by) {
        int index = find(hash(by));
        if (belongsTo(places[index], hash(by))) {
            places[index] = 0;
            measured--;
        }
    }

    private void grow() {
        long[] old = places;
        places = new long[old.length * 2];
        measured = 0;
        for (long place : old) {
            if (place != 0) {
                put(place);
            }
        }
    }

    private void put(long place) {
        int index = find((int) (place >>> 32));
        measured += places[index] == 0 ? 1 : 0;
        places[index] = place;
    }

    /** Where the member is, or a free place for it, or else the place of another. */
    private int find(int hash) {
        int free = -1;
        for (int i = 0; i < NEAR; i++) {
            int index = (hash + i) & (places.length - 1);
            if (belongsTo(places[index], hash)) {
                return index;
            }
            free = free < 0 && places[index] == 0 ? index : free;
        }
        return free < 0 ? hash & (places.length - 1) : free;
    }

    private static boolean belongsTo(long place, int hash) {
        return place != 0 && (int) (place >>> 32) == hash;
    }

    /** Names and addresses of neighbours differ in few bits: they are scrambled. */
    private static int hash(Member member) {
        return (int) Prng.mix(
                (long) member.name().hashCode() << 32 ^ member.address().hashCode());
    }

    private static long place(int hash, int srtt, int variation) {
        return (long) hash << 32 | (long) srtt << 16 | variation;
    }

    private static int srtt(long place) {
        return (int) (place >>> 16) & MAX_UNITS;
    }

    private static int variation(long place) {
        return (int) place & MAX_UNITS;
    }
}
