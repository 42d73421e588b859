package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static boolean reaches(Simulation sim, int from, int to) {
        long before = sim.node(to).packetsReceived();
        Parcels.send(sim, from, to, 100);
        sim.run(Duration.ofMillis(1));
        return sim.node(to).packetsReceived() > before;
    }

    private static Simulation three() {
        return Simulation.of(3).network(Network.fixed(Duration.ofMillis(1))).start();
    }

    @Test
    void of_two_overlapping_cuts_one_is_healed_and_the_other_stays() {
        Simulation sim = three();
        Cut first = sim.cuts().partition(sim.nodes(0, 1), sim.nodes(1, 3));
        Cut second = sim.cuts().oneWay(sim.nodes(0, 2), sim.nodes(2, 3));
        assertEquals(List.of(first, second), sim.cuts().now());
        first.heal();
        assertEquals(List.of(second), sim.cuts().now());
        assertEquals(
                List.of(true, true, true, false, false),
                List.of(
                        reaches(sim, 0, 1),
                        reaches(sim, 1, 0),
                        reaches(sim, 2, 0),
                        reaches(sim, 0, 2),
                        reaches(sim, 1, 2)));
        second.heal();
        assertEquals(List.of(true, true), List.of(reaches(sim, 0, 2), reaches(sim, 1, 2)));
    }

    @Test
    void a_cut_is_healed_once_and_by_heal_with_all_others() {
        Simulation sim = three();
        Cut cut = sim.cuts().link(0, 1);
        sim.heal();
        long hash = sim.traceHash();
        cut.heal();
        assertEquals(hash, sim.traceHash());
        assertEquals(List.of(), sim.cuts().now());
    }

    @Test
    void routes_come_back_one_by_one() {
        Simulation sim = three();
        Cut routes = sim.cuts().routes(sim.nodes(0, 1), sim.nodes(1, 2));
        assertEquals(List.of(false, true), List.of(reaches(sim, 0, 1), reaches(sim, 0, 2)));
        routes.heal();
        assertEquals(true, reaches(sim, 0, 1));
    }

    @Test
    void members_are_excused_until_the_last_cut_around_them_is_healed() {
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(12).seed(seed).warm().start();
            Cut first = sim.cuts().partition(sim.nodes(0, 4), sim.nodes(4, 12));
            sim.run(Duration.ofSeconds(30));
            Cut second = sim.cuts().partition(sim.nodes(2, 6), sim.nodes(6, 12));
            sim.run(Duration.ofSeconds(30));
            first.heal();
            sim.run(Duration.ofSeconds(60));
            second.heal();
            sim.awaitAgreement(Duration.ofMinutes(10));
        });
    }
}
