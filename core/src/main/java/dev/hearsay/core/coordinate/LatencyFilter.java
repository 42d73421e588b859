package dev.hearsay.core.coordinate;

import dev.hearsay.core.NearTable;
import dev.hearsay.core.Prng;

/**
 * The median of the last {@value #SAMPLES} round trips to each member, so that one slow answer moves nobody (Ledlie et al.,
 * "Network Coordinates in the Wild", NSDI 2007; Serf's {@code LatencyFilterSize}).
 *
 * <p>Sixteen bytes per member measured; one that is displaced from the {@link NearTable} begins anew.
 */
final class LatencyFilter {
    /** How many round trips the median is of. */
    static final int SAMPLES = 3;

    /** Most members remembered. */
    static final int MAX_MEMBERS = NearTable.MAX_RECORDS;

    /** Times are kept in units of 8 ns: up to 17 s. 0 stands for no time. */
    private static final int UNIT_SHIFT = 3;

    /** The times of each member, youngest first. */
    private final NearTable times = new NearTable(SAMPLES);

    /**
     * Adds a round trip to that member.
     *
     * @param nanos 0 to 17 s
     * @return the median of its last ones: nanoseconds. Of two, the longer
     */
    long median(String member, long nanos) {
        int hash = hash(member);
        int known = times.find(hash);
        int at = known < 0 ? times.add(hash) : known;
        for (int i = SAMPLES - 1; i > 0; i--) {
            times.set(at, i, times.get(at, i - 1));
        }
        times.set(at, 0, (int) Math.max(1, nanos >> UNIT_SHIFT));
        return (long) middle(times.get(at, 0), times.get(at, 1), times.get(at, 2)) << UNIT_SHIFT;
    }

    /** The member is gone: what was measured says nothing of one that comes under its name. */
    void forget(String member) {
        int at = times.find(hash(member));
        if (at >= 0) {
            times.remove(at);
        }
    }

    /** How many members it remembers. */
    int members() {
        return times.size();
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

    /** Names of neighbours differ in few bits: they are scrambled. */
    private static int hash(String member) {
        return (int) Prng.mix(member.hashCode());
    }
}
