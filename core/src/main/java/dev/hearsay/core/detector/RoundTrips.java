package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.NearTable;
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
 * <p>Eight bytes per member measured. One that is displaced from the {@link NearTable}, or was never in it, is given the full
 * probe timeout, as is everybody whose last ping stayed unanswered.
 */
final class RoundTrips {
    /** Most members measured at the same time. */
    static final int MAX_MEASURED = NearTable.MAX_RECORDS;

    /** Times are kept in 16 bits of 100 µs: up to 6.5 s. */
    private static final long UNIT_NANOS = 100_000;

    private static final int MAX_UNITS = 0xFFFF;

    private final long probeTimeout;
    private final long floor;

    /** Of each member srtt, which is never 0, in the upper half, then var. */
    private final NearTable times = new NearTable(1);

    RoundTrips(Config config) {
        this.probeTimeout = config.probeTimeoutNanos();
        this.floor = Math.min(config.probeTimeoutFloorNanos(), probeTimeout);
    }

    /** How long a ping to the member may stay unanswered: nanoseconds. */
    long timeout(Member to) {
        int at = times.find(hash(to));
        if (floor == 0 || at < 0) {
            return probeTimeout;
        }
        int known = times.get(at, 0);
        return Math.max(floor, Math.min(probeTimeout, (srtt(known) + 4 * variation(known)) * UNIT_NANOS));
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
        int at = times.find(hash);
        if (at < 0) {
            times.set(times.add(hash), 0, time(sample, sample / 2));
            return;
        }
        int known = times.get(at, 0);
        int error = sample - srtt(known);
        int variation = variation(known) + (Math.abs(error) - variation(known)) / 4;
        times.set(at, 0, time(Math.max(1, srtt(known) + error / 8), variation));
    }

    /** The member did not answer in time: what is known of it holds no more. */
    void unanswered(Member by) {
        int at = times.find(hash(by));
        if (at >= 0) {
            times.remove(at);
        }
    }

    /** Names and addresses of neighbours differ in few bits: they are scrambled. */
    private static int hash(Member member) {
        return (int) Prng.mix(
                (long) member.name().hashCode() << 32 ^ member.address().hashCode());
    }

    private static int time(int srtt, int variation) {
        return srtt << 16 | variation;
    }

    private static int srtt(int time) {
        return time >>> 16;
    }

    private static int variation(int time) {
        return time & MAX_UNITS;
    }
}
