package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an uplink carries: 1 Mbit/s are 125,000 bytes a second. */
class BandwidthTest {
    private static final int FULL = 1_400;
    private static final Network MEGABIT = Network.fixed(Duration.ofMillis(1)).withBandwidth(125_000);

    private static Simulation two(Network network) {
        return Simulation.of(2).network(network).start();
    }

    @Test
    void at_1_mbit_a_second_a_packet_of_1400_bytes_arrives_11_2_ms_after_the_latency() {
        Simulation sim = two(MEGABIT);
        Parcels.send(sim, 0, 1, FULL);
        assertEquals(Duration.ofNanos(1_000_000 + 11_200_000), Parcels.until(sim, 1, 1));
    }

    @Test
    void packets_of_one_member_wait_for_each_other_and_those_of_two_do_not() {
        Simulation sim = Simulation.of(3).network(MEGABIT).start();
        for (int i = 0; i < 5; i++) {
            Parcels.send(sim, 0, 2, FULL);
            Parcels.send(sim, 1, 2, FULL);
        }
        assertEquals(10 * FULL, sim.uplinkQueue(0) + sim.uplinkQueue(1));
        assertEquals(Duration.ofMillis(1 + 56), Parcels.until(sim, 2, 10));
        assertEquals(0, sim.uplinkQueue(0));
    }

    @Test
    void the_queue_holds_what_fits_and_each_packet_more_is_dropped_and_counted() {
        Simulation sim = two(MEGABIT);
        for (int i = 0; i < 200; i++) {
            Parcels.send(sim, 0, 1, FULL);
        }
        // 262,144 bytes hold 187 packets of 1,400.
        assertEquals(13, sim.totals().packetsQueueDropped());
        assertEquals(187 * FULL, sim.uplinkQueue(0));
        sim.run(Duration.ofSeconds(3));
        assertEquals(187, sim.node(1).packetsReceived());
        assertEquals(187 * FULL, sim.node(1).bytesReceived());
        assertEquals(200 * FULL, sim.node(0).bytesSent());
    }

    @Test
    void without_a_queue_a_packet_leaves_while_nothing_else_does() {
        Simulation sim = two(MEGABIT.withQueueBytes(0));
        Parcels.send(sim, 0, 1, FULL);
        Parcels.send(sim, 0, 1, FULL);
        sim.run(Duration.ofNanos(11_200_000));
        Parcels.send(sim, 0, 1, FULL);
        sim.run(Duration.ofSeconds(1));
        assertEquals(1, sim.totals().packetsQueueDropped());
        assertEquals(2, sim.node(1).packetsReceived());
    }

    @Test
    void a_streams_data_takes_as_long_as_its_bytes_need_and_packets_do_not_wait_for_it() {
        Duration unlimited = joinTime(Network.fixed(Duration.ofMillis(1)));
        Duration limited = joinTime(MEGABIT.withBandwidth(1_000));
        // The push/pull with which it joins: the request, and after that the reply, at a byte each millisecond.
        assertEquals(unlimited.plusMillis(pushPull()), limited);

        Simulation sim = two(MEGABIT.withBandwidth(1_000));
        sim.join(1, 0).run(Duration.ofMillis(3));
        Parcels.send(sim, 1, 0, 100);
        assertEquals(Duration.ofMillis(1 + 100), Parcels.until(sim, 0, 1));
    }

    /** How long it takes a node until it has joined through another. */
    private static Duration joinTime(Network network) {
        Simulation sim = two(network);
        AtomicLong joined = new AtomicLong();
        sim.listen(new Simulation.Listener() {
            @Override
            public void onEvent(SimNode node, Event event) {
                if (event instanceof Event.SeedJoined) {
                    joined.set(sim.now().toNanos());
                }
            }
        });
        sim.join(1, 0);
        sim.runUntil(() -> joined.get() > 0, Duration.ofSeconds(9));
        return Duration.ofNanos(joined.get());
    }

    /** Bytes of the request and the reply with which a node joins another. */
    private static long pushPull() {
        Simulation sim = Simulation.of(2)
                .network(Network.fixed(Duration.ofMillis(1)))
                .countStreams()
                .start();
        sim.join(1, 0).run(Duration.ofMillis(4));
        assertEquals(
                sim.totals().streamBytes(),
                sim.node(0).streamBytesSent() + sim.node(1).streamBytesSent());
        assertEquals(sim.node(0).streamBytesReceived(), sim.node(1).streamBytesSent());
        return sim.totals().streamBytes();
    }

    @Test
    void a_member_behind_a_congested_uplink_costs_nobody_else_anything_and_comes_back() {
        AtomicLong dropped = new AtomicLong();
        Seeds.each(50, seed -> {
            Network modem = Network.lan().withBandwidth(60).withQueueBytes(500);
            Zones zones = Zones.sizes(1, 9).oneWay(0, 1, modem);
            Simulation sim = Simulation.of(10).seed(seed).zones(zones).warm().start();
            Heard heard = Heard.in(sim);
            sim.run(Duration.ofMinutes(2));
            dropped.addAndGet(sim.totals().packetsQueueDropped());
            for (SimNode node : sim.nodes(1, 10)) {
                assertTrue(
                        heard.of(node, Event.MemberFailed.class).stream()
                                .allMatch(event -> event.member().name().equals("n0")),
                        () -> heard.all(Event.MemberFailed.class).toString());
            }
            sim.network(0, 1, Network.lan()).awaitAgreement(Duration.ofMinutes(15));
        });
        assertTrue(dropped.get() > 0, "nothing was dropped");
    }

    @Test
    void wrong_values_are_refused_by_name_value_and_rule() {
        assertEquals(
                "bandwidth -1 is out of range: must be 0 to 100000000000000 bytes a second",
                assertThrows(IllegalArgumentException.class, () -> MEGABIT.withBandwidth(-1))
                        .getMessage());
        assertEquals(
                "queueBytes -1 is out of range: must be 0 to 1000000000 bytes",
                assertThrows(IllegalArgumentException.class, () -> MEGABIT.withQueueBytes(-1))
                        .getMessage());
        assertEquals(
                "corruption 1.5 is out of range: must be 0 to 1",
                assertThrows(IllegalArgumentException.class, () -> MEGABIT.withCorruption(1.5))
                        .getMessage());
        assertEquals(
                "reordering NaN is out of range: must be 0 to 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MEGABIT.withReordering(Double.NaN, Duration.ofMillis(1)))
                        .getMessage());
        assertEquals(
                "reorderBy PT-1S is out of range: must not be negative",
                assertThrows(IllegalArgumentException.class, () -> MEGABIT.withReordering(0.1, Duration.ofSeconds(-1)))
                        .getMessage());
    }
}
