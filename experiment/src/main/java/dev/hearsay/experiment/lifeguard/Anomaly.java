package dev.hearsay.experiment.lifeguard;

import dev.hearsay.core.Event;
import dev.hearsay.core.Prng;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import java.util.BitSet;

/**
 * One run of Lifeguard's experiment: some members of a cluster can neither send nor receive, all at once; then they are well
 * for a while; and so on.
 *
 * @param members in the cluster
 * @param blocked how many of them (the paper's C)
 * @param blockedMillis for how long (D)
 * @param wellMillis how long they are well in between (I)
 * @param lengthSeconds how long that is repeated
 */
public record Anomaly(int members, int blocked, long blockedMillis, long wellMillis, int lengthSeconds) {

    /**
     * What happened.
     *
     * @param falsePositives how often a member was declared failed that was never blocked, by one observer each
     * @param atHealthy those of them whose observer never was, either
     * @param packets sent by all during the run
     * @param bytes of UDP payload of these
     */
    public record Result(long falsePositives, long atHealthy, long packets, long bytes) {
        /** Nothing has happened. */
        public static final Result NONE = new Result(0, 0, 0, 0);

        /** Both together. */
        public Result plus(Result other) {
            return new Result(
                    falsePositives + other.falsePositives,
                    atHealthy + other.atHealthy,
                    packets + other.packets,
                    bytes + other.bytes);
        }
    }

    /** A cluster in which everybody knows everybody. */
    public static Simulation cluster(int members, Variant variant, long seed) {
        Simulation sim = Simulation.of(members)
                .seed(seed)
                .config(variant.config())
                .unchecked()
                .start();
        sim.joinAll();
        sim.awaitAgreement(Duration.ofMinutes(10));
        sim.run(Duration.ofSeconds(5));
        return sim;
    }

    /** Runs it in virtual time. The same seed blocks the same members, whatever the variant. */
    public Result run(Variant variant, long seed) {
        Simulation sim = cluster(members, variant, seed);
        BitSet victims = new BitSet();
        Prng random = new Prng(Prng.mix(seed));
        while (victims.cardinality() < blocked) {
            victims.set(random.below(members));
        }
        long[] counted = new long[2];
        sim.listen(new Simulation.Listener() {
            @Override
            public void onEvent(SimNode node, Event event) {
                if (event instanceof Event.MemberFailed failed
                        && !victims.get(index(failed.member().name()))) {
                    counted[0]++;
                    counted[1] += victims.get(node.index()) ? 0 : 1;
                }
            }
        });
        long packets = sim.totals().packets();
        long bytes = sim.totals().bytes();
        for (long at = 0; at < lengthSeconds * 1000L; at += blockedMillis + wellMillis) {
            victims.stream().forEach(sim::block);
            sim.run(Duration.ofMillis(blockedMillis));
            victims.stream().forEach(sim::unblock);
            sim.run(Duration.ofMillis(wellMillis));
        }
        return new Result(
                counted[0],
                counted[1],
                sim.totals().packets() - packets,
                sim.totals().bytes() - bytes);
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(1));
    }
}
