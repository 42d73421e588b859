package dev.hearsay.experiment.validation;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Message;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.Simulation;
import java.time.Duration;

/** Clusters of the production code that do what SWIM's paper has, and nothing more. */
final class PaperSwim {
    /** Nobody is given up while something is counted: suspicions are refuted long before. */
    private static final int LONG_SUSPICION = 1_000;

    private PaperSwim() {}

    /** SWIM with so many helpers, a protocol period of 1 s, and the time of a ping 500 ms. */
    static Config config(int helpers) {
        return Config.memberlist().toBuilder()
                .indirectProbes(helpers)
                .streamProbes(false)
                .secondOpinions(0)
                .guards(0)
                .healthMax(1)
                .buddySystem(false)
                .suspicionMult(LONG_SUSPICION)
                .suspicionMaxMult(1)
                .confirmations(0)
                .flapThreshold(0)
                .build();
    }

    /** Members that all know each other from the start. */
    static Simulation cluster(int members, Config config, double loss, long seed) {
        return Simulation.of(members)
                .seed(seed)
                .config(config)
                .network(Network.fixed(Duration.ofMillis(1)).withLoss(loss))
                .warm()
                .unchecked()
                .start();
    }

    /** Whether the packet is a ping, alone or with news. */
    static boolean pings(Message packet) {
        return packet instanceof Message.Ping
                || (packet instanceof Message.Compound compound
                        && compound.parts().stream().anyMatch(part -> part instanceof Message.Ping));
    }

    /** Whose address that is. */
    static int index(Simulation sim, Address address) {
        for (int i = 0; i < sim.nodes().size(); i++) {
            if (sim.node(i).address().equals(address)) {
                return i;
            }
        }
        throw new IllegalArgumentException("nobody is at " + address);
    }
}
