package dev.hearsay.web;

import dev.hearsay.sim.Network;
import dev.hearsay.sim.Simulation;
import java.time.Duration;

/** Ten nodes in virtual time: they join on a network that loses packets, one crashes, the others notice. */
public final class TenNodes {
    private TenNodes() {}

    /** Prints {@link #story} with seed 10. */
    public static void main(String[] arguments) {
        System.out.println(story(10));
    }

    /** Runs the story, and says how many inputs there were, how many bytes were sent, and the trace hash. */
    public static String story(long seed) {
        Simulation sim = Simulation.of(10)
                .seed(seed)
                .network(Network.lan().withLoss(0.05))
                .start();
        sim.joinAll();
        sim.awaitAllSee(10, Duration.ofSeconds(60));
        sim.crash(3);
        sim.awaitAllSee(9, Duration.ofSeconds(60));
        sim.run(Duration.ofSeconds(10));
        return sim.totals().inputs() + " inputs, " + sim.totals().bytes() + " bytes, trace "
                + Long.toHexString(sim.traceHash());
    }
}
