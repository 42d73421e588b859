package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Prng;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final int SAMPLES = 100_000;

    private static long[] sorted(Latency latency) {
        return LongStream.range(0, SAMPLES)
                .map(i -> latency.nanos(Prng.mix(i)))
                .sorted()
                .toArray();
    }

    private static void near(long expected, long actual, long tolerance) {
        assertTrue(Math.abs(actual - expected) <= tolerance, () -> "expected about " + expected + ", got " + actual);
    }

    @Test
    void uniform_latency_fills_its_range_evenly() {
        long[] nanos = sorted(Latency.uniform(Duration.ofMillis(20), Duration.ofMillis(80)));
        assertTrue(nanos[0] >= 20_000_000 && nanos[SAMPLES - 1] <= 80_000_000, () -> Arrays.toString(nanos));
        near(35_000_000, nanos[SAMPLES / 4], 500_000);
        near(65_000_000, nanos[SAMPLES / 4 * 3], 500_000);
    }

    @Test
    void heavy_tailed_latency_has_the_quantiles_of_a_pareto_distribution_of_shape_two() {
        long[] nanos = sorted(Latency.heavyTailed(Duration.ofMillis(1), Duration.ofMillis(50)));
        assertTrue(nanos[0] >= 1_000_000);
        near(1_414_000, nanos[SAMPLES / 2], 20_000);
        near(10_000_000, nanos[SAMPLES / 100 * 99], 500_000);
        assertEquals(50_000_000, nanos[SAMPLES - 1]);
    }

    @Test
    void bounds_in_the_wrong_order_and_shares_out_of_range_are_refused() {
        Duration one = Duration.ofMillis(1);
        Duration two = Duration.ofMillis(2);
        assertThrows(IllegalArgumentException.class, () -> Latency.uniform(two, one));
        assertThrows(IllegalArgumentException.class, () -> Latency.heavyTailed(two, one));
        assertThrows(IllegalArgumentException.class, () -> Latency.fixed(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> Network.lan().withLoss(1.01));
        assertThrows(IllegalArgumentException.class, () -> Network.lan().withDuplication(Double.NaN));
    }

    @Test
    void the_stated_share_of_packets_is_lost_and_another_one_doubled() {
        Links links = new Links(3, Network.lan().withLoss(0.2).withDuplication(0.05), Zones.NONE);
        long lost = IntStream.range(0, SAMPLES)
                .filter(i -> links.lost(0, 1, links.fate(1, 2, 0, i)))
                .count();
        long twice = IntStream.range(0, SAMPLES)
                .filter(i -> links.path(1, 2).twice(links.fate(1, 2, 0, i)))
                .count();
        near(SAMPLES / 5, lost, SAMPLES / 100);
        near(SAMPLES / 20, twice, SAMPLES / 100);
    }

    @Test
    void nothing_is_lost_at_0_and_everything_at_1() {
        Links none = new Links(3, Network.lan(), Zones.NONE);
        Links all = new Links(3, Network.lan().withLoss(1), Zones.NONE);
        for (int i = 0; i < 1_000; i++) {
            assertFalse(none.lost(0, 1, none.fate(1, 2, 0, i)));
            assertTrue(all.lost(0, 1, all.fate(1, 2, 0, i)));
            assertEquals(-1, all.streamLatency(0, 1, all.fate(1, 2, 0, i), 1));
        }
    }

    @Test
    void fate_depends_on_seed_pair_direction_kind_and_number_and_on_nothing_else() {
        Links links = new Links(3, Network.lan(), Zones.NONE);
        long fate = links.fate(1, 2, 4, 5);
        assertEquals(fate, new Links(3, Network.wan(), Zones.NONE).fate(1, 2, 4, 5));
        long[] others = {
            new Links(4, Network.lan(), Zones.NONE).fate(1, 2, 4, 5),
            links.fate(2, 1, 4, 5),
            links.fate(1, 3, 4, 5),
            links.fate(1, 2, 5, 5),
            links.fate(1, 2, 4, 6)
        };
        assertEquals(
                5,
                Arrays.stream(others).filter(other -> other != fate).distinct().count());
    }

    /** 50 ms more for a quarter of the packets, so that those which were sent after them overtake them. */
    @Test
    void the_stated_share_of_packets_takes_longer_by_the_stated_time() {
        Network network =
                Network.fixed(Duration.ofMillis(1)).withReordering(0.25, Latency.fixed(Duration.ofMillis(50)));
        Simulation sim = Simulation.of(2).network(network).unchecked().start();
        for (int i = 0; i < 10_000; i++) {
            Parcels.send(sim, 0, 1, 100);
        }
        sim.run(Duration.ofMillis(1));
        near(7_500, sim.node(1).packetsReceived(), 150);
        long before = sim.node(1).packetsReceived();
        sim.run(Duration.ofNanos(49_999_999));
        assertEquals(before, sim.node(1).packetsReceived());
        sim.run(Duration.ofNanos(1));
        assertEquals(10_000, sim.node(1).packetsReceived());
    }

    @Test
    void a_cut_works_one_way_until_it_is_healed() {
        Simulation sim = Simulation.of(2).seed(1).start();
        Faults faults = new Faults(new Engine(Simulation.of(2)));
        Links links = new Links(1, Network.lan(), Zones.NONE);
        links.add(new Cut(faults, "a cut", sim.nodes(0, 1), sim.nodes(1, 2), false, false));
        assertTrue(links.isCut(0, 1));
        assertFalse(links.isCut(1, 0));
        assertTrue(links.touches(0) && links.touches(1));
        links.healAll();
        assertFalse(links.isCut(0, 1));
        assertFalse(links.touches(0));
    }

    @Test
    void a_degraded_machine_loses_its_shares_of_what_comes_in_and_goes_out_and_nobody_else_does() {
        Simulation sim = Simulation.of(4).seed(3).unchecked().start();
        sim.joinAll().run(Duration.ofSeconds(5));
        long others = sim.node(1).packetsReceived();
        sim.degrade(2, 1, 0);
        long deaf = sim.node(2).packetsReceived();
        sim.run(Duration.ofMillis(1500));
        assertEquals(deaf, sim.node(2).packetsReceived());
        assertTrue(sim.node(1).packetsReceived() > others);

        sim.degrade(2, 0, 1).run(Duration.ofSeconds(1));
        assertTrue(sim.node(2).packetsReceived() > deaf);
        sim.degrade(2, 0, 0).awaitAgreement(Duration.ofMinutes(5));
    }
}
