package dev.hearsay.sim;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A complaint about Serf (its issue 627): a node that is cut off from everybody goes on listing everybody as alive. */
class IsolatedTest {
    @Test
    void an_isolated_node_sees_all_others_fail_after_patience_and_comes_back() {
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(12).seed(seed).start();
            sim.joinAll();
            sim.awaitAgreement(Duration.ofMinutes(5));
            sim.partition(sim.nodes(3, 4), sim.nodes());
            sim.runUntil(() -> sim.node(3).members().live() == 1, Duration.ofMinutes(5));
            sim.heal();
            sim.awaitAgreement(Duration.ofMinutes(10));
        });
    }
}
