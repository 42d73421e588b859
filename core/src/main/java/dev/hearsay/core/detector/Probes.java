package dev.hearsay.core.detector;

import dev.hearsay.core.Address;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The probes in flight, by the number of their ping. */
final class Probes {
    /**
     * Most members probed because of doubt at the same time; a further one waits for its turn in the round. When hundreds
     * die at once, each node checks some of them and hears of the rest.
     */
    static final int MAX_DOUBTS = 32;

    private final Map<Integer, Probe> inFlight = new LinkedHashMap<>();
    private final Counters counters;
    private int doubts;

    Probes(Counters counters) {
        this.counters = counters;
    }

    /** False if there is no room, or if the member is being probed because of doubt already: then there is no such probe. */
    boolean begin(Probe probe) {
        if (probe.reason() != Probe.Reason.ROUND) {
            if (doubted(probe.target().name())) {
                return false;
            }
            if (doubts >= MAX_DOUBTS) {
                counters.count(Counter.VERIFICATIONS_DROPPED);
                return false;
            }
            doubts++;
            counters.count(Counter.VERIFICATIONS);
        } else {
            counters.count(Counter.PROBES);
        }
        inFlight.put(probe.number(), probe);
        return true;
    }

    /** The probe whose ping had that number; null if it has ended, or was none of ours. */
    @Nullable Probe find(int number) {
        return inFlight.get(number);
    }

    /** Takes the probe with that number out; null if there is none. */
    @Nullable Probe end(int number) {
        Probe probe = inFlight.remove(number);
        if (probe != null && probe.reason() != Probe.Reason.ROUND) {
            doubts--;
        }
        return probe;
    }

    /** The oldest probe of a member at that address whose helpers have not been asked yet; null if there is none. */
    @Nullable Probe unaskedAt(Address address) {
        for (Probe probe : inFlight.values()) {
            boolean asks = probe.reason() != Probe.Reason.REMINDER && !probe.helpersAsked();
            if (asks && probe.target().address().equals(address)) {
                return probe;
            }
        }
        return null;
    }

    private boolean doubted(String name) {
        for (Probe probe : inFlight.values()) {
            if (probe.reason() != Probe.Reason.ROUND && probe.target().name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
