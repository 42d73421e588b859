package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    /** Everything that can happen, once. */
    private static Simulation story(SimulationBuilder settings) {
        Network rough = Network.lan().withLoss(0.1).withDuplication(0.02);
        Simulation sim = settings.network(rough).start();
        sim.joinAll().run(Duration.ofSeconds(5));
        sim.crash(1).run(Duration.ofSeconds(20)).restart(1).join(1, 2).run(Duration.ofSeconds(5));
        sim.pause(2).run(Duration.ofSeconds(4)).resume(2);
        sim.partition(sim.nodes(0, 3), sim.nodes(3, 8)).run(Duration.ofSeconds(15));
        sim.heal().run(Duration.ofSeconds(15));
        sim.leave(5).run(Duration.ofSeconds(10));
        return sim;
    }

    @Test
    void the_same_seed_gives_the_same_trace() {
        assertEquals(
                story(Simulation.of(8).seed(5)).traceHash(),
                story(Simulation.of(8).seed(5)).traceHash());
    }

    @Test
    void another_seed_gives_another_trace() {
        assertNotEquals(
                story(Simulation.of(8).seed(5)).traceHash(),
                story(Simulation.of(8).seed(6)).traceHash());
    }

    /**
     * Pins the behaviour of core and simulator across JVM versions. A change to either that alters what happens changes
     * the hash: then look at the difference, and put the new one here.
     */
    @Test
    void a_fixed_story_has_the_expected_hash_on_every_jvm() {
        Simulation sim = story(Simulation.of(8).seed(5));
        assertEquals(
                "bddcbade23dd10b9",
                Long.toHexString(sim.traceHash()),
                () -> sim.totals().toString());
    }

    @Test
    void encoding_and_decoding_every_message_leaves_the_trace_as_it_is() {
        assertEquals(
                story(Simulation.of(8).seed(5)).traceHash(),
                story(Simulation.of(8).seed(5).codec(new WireCodec())).traceHash());
    }

    @Test
    void checking_invariants_leaves_the_trace_as_it_is() {
        assertEquals(
                story(Simulation.of(8).seed(5)).traceHash(),
                story(Simulation.of(8).seed(5).unchecked()).traceHash());
    }

    @Test
    void a_shown_trace_has_a_line_for_every_input_of_the_nodes_asked_for() {
        Simulation sim = Simulation.of(3).seed(1).start();
        List<String> lines = new ArrayList<>();
        sim.joinAll().run(Duration.ofSeconds(2));
        sim.showTrace(sim.nodes(1, 2), lines::add).run(Duration.ofSeconds(3));
        int shown = lines.size();
        sim.hideTrace().run(Duration.ofSeconds(1));
        assertEquals(shown, lines.size());
        assertTrue(
                lines.stream().allMatch(line -> line.matches("[2-5]\\.\\d{9} n1 .*")), () -> String.join("\n", lines));
        assertTrue(
                lines.stream().anyMatch(line -> line.matches(".* n1 <- n[02] #\\d+ Ping.*")),
                () -> String.join("\n", lines));
    }
}
