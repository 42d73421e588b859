package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Event;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmStartTest {
    @Test
    void everybody_is_known_at_time_0_and_nobody_has_anything_to_tell() {
        Seeds.each(10, seed -> {
            Simulation sim = Simulation.of(40).seed(seed).warm().start();
            assertEquals(Duration.ZERO, sim.awaitAgreement(Duration.ofSeconds(1)));
            sim.nodes().forEach(node -> assertEquals(0, node.core().vitals().queuedUpdates()));
            sim.run(Duration.ofSeconds(10));
            assertTrue(
                    sim.totals().packets() <= 2 * 40 * 10 + 80,
                    () -> sim.totals().toString());
        });
    }

    /** Or 1,000 nodes that start together would exchange everything with each other in the same instant. */
    @Test
    void periodic_exchanges_are_spread_over_their_interval() {
        Seeds.each(10, seed -> {
            Simulation sim = Simulation.of(32).seed(seed).warm().start();
            long before = sim.totals().streamMessages();
            sim.run(Duration.ofSeconds(15));
            long first = sim.totals().streamMessages() - before;
            sim.run(Duration.ofSeconds(15));
            long second = sim.totals().streamMessages() - before - first;
            assertTrue(first > 2 * 6 && second > 2 * 6, first + " messages, then " + second);
        });
    }

    @Test
    void a_crash_is_noticed_as_in_a_cluster_that_grew() {
        Seeds.each(20, seed -> {
            Simulation sim = Simulation.of(30).seed(seed).warm().start().run(Duration.ofSeconds(2));
            Heard heard = Heard.in(sim);
            sim.crash(3).awaitAllSee(29, Duration.ofSeconds(30));
            assertEquals(29, heard.all(Event.MemberFailed.class).size());
        });
    }

    @Test
    void whoever_restarts_begins_knowing_nobody() {
        Simulation sim = Simulation.of(5).warm().start().run(Duration.ofSeconds(2));
        sim.crash(3).run(Duration.ofSeconds(1)).restart(3);
        assertEquals(1, sim.node(3).members().size());
        sim.join(3, 0).awaitAgreement(Duration.ofSeconds(30));
        assertEquals(MemberState.ALIVE, sim.node(1).sees("n3").state());
    }
}
