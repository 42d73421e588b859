package dev.hearsay.experiment.lifeguard;

import dev.hearsay.core.Event;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long healthy members need to notice one that is really gone. */
public final class Detect {
    private static final int VICTIMS = 8;
    private static final Duration BOUND = Duration.ofMinutes(5);

    /** How a member goes. */
    public enum Kind {
        /** Its machine stays and says nothing: as if it stood still for ever. Silence, as in the paper. */
        HUNG,
        /** Its process is killed: the machine refuses connections. */
        KILLED
    }

    /**
     * Seconds, of each victim.
     *
     * @param first until somebody declared it failed
     * @param full until everybody listed it as failed
     */
    public record Latencies(List<Double> first, List<Double> full) {
        /** The median; NaN if there is none. */
        public static double median(List<Double> values) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
        }

        /** The greatest; NaN if there is none. */
        public static double worst(List<Double> values) {
            return values.isEmpty() ? Double.NaN : Collections.max(values);
        }

        /** All of the other; the lists must be modifiable. */
        public void add(Latencies other) {
            first.addAll(other.first);
            full.addAll(other.full);
        }
    }

    private Detect() {}

    /** Loses some members, one after the other. */
    public static Latencies run(int members, Variant variant, Kind kind, long seed) {
        Simulation sim = Anomaly.cluster(members, variant, seed);
        First first = new First();
        sim.listen(first);
        Latencies result = new Latencies(new ArrayList<>(), new ArrayList<>());
        for (int i = 1; i <= VICTIMS; i++) {
            SimNode victim = sim.node(members - i);
            first.expect(sim, victim);
            if (kind == Kind.HUNG) {
                sim.pause(victim.index());
            } else {
                sim.crash(victim.index());
            }
            Duration full = sim.runUntil(() -> allSeeDead(sim, victim), BOUND);
            result.first.add(seconds(first.latency()));
            result.full.add(seconds(full));
            // Another phase of everybody's periods each time.
            sim.run(Duration.ofMillis(10_000 + 137 * i));
        }
        return result;
    }

    private static boolean allSeeDead(Simulation sim, SimNode victim) {
        for (SimNode node : sim.nodes()) {
            if (node.isUp() && !node.isPaused()) {
                var seen = node.sees(victim.name());
                if (seen != null && seen.state() != MemberState.DEAD) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Listens for the first who declares the victim failed. */
    private static final class First implements Simulation.Listener {
        private @Nullable Simulation sim;
        private String victim = "";
        private Duration begun = Duration.ZERO;
        private @Nullable Duration latency;

        void expect(Simulation at, SimNode next) {
            sim = at;
            victim = next.name();
            begun = at.now();
            latency = null;
        }

        Duration latency() {
            Duration seen = latency;
            if (seen == null) {
                throw new IllegalStateException(victim + " was not declared failed by anybody");
            }
            return seen;
        }

        @Override
        public void onEvent(SimNode node, Event event) {
            Simulation at = sim;
            if (at != null
                    && latency == null
                    && event instanceof Event.MemberFailed failed
                    && failed.member().name().equals(victim)) {
                latency = at.now().minus(begun);
            }
        }
    }
}
