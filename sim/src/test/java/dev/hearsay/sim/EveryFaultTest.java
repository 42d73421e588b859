package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** All faults of networks, zones, processors and clocks at the same time. */
class EveryFaultTest {
    private static final Network ROUGH = Network.lan()
            .withLoss(0.02)
            .withDuplication(0.02)
            .withReordering(0.1, Duration.ofMillis(30))
            .withCorruption(0.05)
            .withBandwidth(1_500)
            .withQueueBytes(1_500);

    private static Simulation story(SimulationBuilder settings, boolean sampled) {
        Zones zones =
                Zones.sizes(4, 4, 4).across(ROUGH.withLatency(Network.wan().latency()));
        Simulation sim = settings.network(ROUGH)
                .zones(zones)
                .damage(new WireCodec())
                .countStreams()
                .start();
        sim.joinAll();
        runs(sim, 20, sampled);
        sim.slow(2, Duration.ofMillis(60)).drift(3, 80_000).drift(5, -300_000);
        Cut first = sim.cuts().partition(sim.nodes(0, 6), sim.nodes(6, 12));
        runs(sim, 10, sampled);
        Cut second = sim.cuts().oneWay(sim.nodes(4, 8), sim.nodes(0, 2));
        sim.crash(1).pause(9);
        runs(sim, 10, sampled);
        first.heal();
        sim.resume(9).restart(1).join(1, 6).drift(5, 0).network(0, 2, ROUGH.withLoss(0.5));
        runs(sim, 20, sampled);
        second.heal();
        sim.slow(2, Duration.ZERO).network(0, 2, Network.lan());
        runs(sim, 20, sampled);
        return sim;
    }

    /** Lets seconds pass, and looks after each at everything that can be looked at. */
    private static void runs(Simulation sim, int seconds, boolean sampled) {
        for (int second = 0; second < seconds; second++) {
            sim.run(Duration.ofSeconds(1));
            for (SimNode node : sim.nodes()) {
                if (sampled && node.isUp()) {
                    node.core().vitals();
                    sim.uplinkQueue(node.index());
                    assertTrue(node.inputsWaiting() >= 0 && node.bytesReceived() >= 0);
                }
            }
        }
    }

    @Test
    void the_same_seed_gives_the_same_trace_and_another_seed_another() {
        long hash = story(Simulation.of(12).seed(3), false).traceHash();
        assertEquals(hash, story(Simulation.of(12).seed(3), false).traceHash());
        assertTrue(hash != story(Simulation.of(12).seed(4), false).traceHash());
    }

    @Test
    void looking_at_members_once_a_second_leaves_the_trace_as_it_is() {
        assertEquals(
                story(Simulation.of(12).seed(3), false).traceHash(),
                story(Simulation.of(12).seed(3), true).traceHash());
    }

    /** As in {@link TraceTest}: pins what the faults do across JVM versions. */
    @Test
    void a_fixed_story_has_the_expected_hash_on_every_jvm() {
        Simulation sim = story(Simulation.of(12).seed(3), false);
        Totals totals = sim.totals();
        assertTrue(
                totals.packetsQueueDropped() > 0 && totals.packetsCorrupted() > totals.packetsRefused(),
                totals::toString);
        assertEquals("27a59a6d04c66f1e", Long.toHexString(sim.traceHash()), totals::toString);
    }

    @Test
    void promises_hold_and_all_agree_once_it_is_over() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = story(Simulation.of(12).seed(seed), false);
            for (int zone = 0; zone < 3; zone++) {
                for (int other = 0; other <= zone; other++) {
                    sim.network(zone, other, Network.lan());
                }
            }
            sim.drift(3, 0).awaitAgreement(Duration.ofMinutes(15));
        });
    }
}
