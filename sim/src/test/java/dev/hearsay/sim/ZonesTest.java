package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ZonesTest {
    private static final Network NEAR = Network.fixed(Duration.ofMillis(1));
    private static final Network FAR = Network.fixed(Duration.ofMillis(40));

    private static Duration way(Simulation sim, int from, int to) {
        Parcels.send(sim, from, to, 100);
        return Parcels.until(sim, to, 1);
    }

    @Test
    void a_packet_takes_as_long_as_the_network_between_its_two_zones_says() {
        Zones zones = Zones.sizes(2, 2, 1).across(FAR).oneWay(2, 0, Network.fixed(Duration.ofMillis(70)));
        Simulation sim = Simulation.of(5).network(NEAR).zones(zones).start();
        assertEquals(Duration.ofMillis(1), way(sim, 0, 1));
        assertEquals(Duration.ofMillis(40), way(sim, 0, 2));
        assertEquals(Duration.ofMillis(40), way(sim, 3, 1));
        assertEquals(Duration.ofMillis(40), way(sim, 1, 4));
        assertEquals(Duration.ofMillis(70), way(sim, 4, 1));
    }

    @Test
    void the_network_between_two_zones_changes_while_the_simulation_runs_and_can_be_read() {
        Simulation sim = Simulation.of(4)
                .network(NEAR)
                .zones(Zones.of(0, 1, 0, 1).across(FAR))
                .start();
        assertSame(FAR, sim.network(0, 1));
        assertSame(NEAR, sim.network(1, 1));
        sim.network(1, 0, NEAR);
        assertEquals(Duration.ofMillis(1), way(sim, 0, 1));
        assertEquals(Duration.ofMillis(1), way(sim, 3, 2));
        // Inside the zones nothing was said: there it is the network of all.
        sim.network(0, 0, FAR).network(Network.fixed(Duration.ofMillis(7)));
        assertEquals(Duration.ofMillis(40), way(sim, 0, 2));
        assertEquals(Duration.ofMillis(7), way(sim, 1, 3));
        assertEquals(Duration.ofMillis(1), way(sim, 0, 1));
    }

    @Test
    void a_member_has_one_uplink_into_all_zones_that_have_the_same_network() {
        Network wan = FAR.withBandwidth(1_000);
        Simulation sim = Simulation.of(3)
                .network(NEAR)
                .zones(Zones.sizes(1, 1, 1).across(wan))
                .start();
        Parcels.send(sim, 0, 1, 100);
        Parcels.send(sim, 0, 2, 100);
        assertEquals(200, sim.uplinkQueue(0));
        assertEquals(Duration.ofMillis(240), Parcels.until(sim, 2, 1));
    }

    @Test
    void loss_between_zones_is_allowed_for_like_loss_everywhere_and_ends_like_it() {
        AtomicLong lost = new AtomicLong();
        Seeds.each(50, seed -> {
            Zones zones = Zones.sizes(5, 5).across(Network.lan().withLoss(0.3));
            Simulation sim = Simulation.of(10).seed(seed).zones(zones).start();
            sim.joinAll().run(Duration.ofMinutes(2));
            lost.addAndGet(sim.totals().packetsLost());
            sim.network(0, 1, Network.lan()).awaitAgreement(Duration.ofMinutes(5));
            long before = sim.totals().packetsLost();
            sim.run(Duration.ofMinutes(1));
            assertEquals(before, sim.totals().packetsLost());
        });
        assertTrue(lost.get() > 0, "nothing was lost");
    }

    @Test
    void equal_zones_change_no_trace() {
        assertEquals(trace(Simulation.of(6)), trace(Simulation.of(6).zones(Zones.sizes(3, 3))));
    }

    private static long trace(SimulationBuilder settings) {
        return settings.network(Network.lan().withLoss(0.05))
                .start()
                .joinAll()
                .run(Duration.ofSeconds(30))
                .traceHash();
    }

    @Test
    void zones_that_cannot_be_are_refused_by_name_value_and_rule() {
        Simulation sim = Simulation.of(2).zones(Zones.of(0, 1)).start();
        refused("zone -1 is out of range: must be 0 to 255", () -> Zones.of(0, -1));
        refused("zones of no members: must be the zone of each member", Zones::of);
        refused("zones 0 is out of range: must be 1 to 256", Zones::sizes);
        refused(
                "size 0 of a zone is out of range: must be 1 or more, and 8000000 at most in all",
                () -> Zones.sizes(0));
        refused("to 2 is no zone: must be 0 to 1", () -> Zones.of(0, 1).oneWay(0, 2, FAR));
        refused("zone 2 is no zone: must be 0 to 1", () -> sim.network(2, 0, FAR));
        refused(
                "zones are of 2 members: must be as many as there are nodes, 3",
                () -> Simulation.of(3).zones(Zones.of(0, 1)));
    }

    private static void refused(String text, Runnable call) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
