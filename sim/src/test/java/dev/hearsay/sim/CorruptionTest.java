package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Prng;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CorruptionTest {
    private static final double SHARE = 0.2;

    private static Simulation twenty(long seed, Network network) {
        return Simulation.of(20)
                .seed(seed)
                .network(network)
                .damage(new WireCodec())
                .warm()
                .start();
    }

    @Test
    void one_to_three_bits_are_flipped_each_number_as_often() {
        int[] counts = new int[WireCodec.MOST_FLIPPED + 1];
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[20];
            WireCodec.flip(bytes, Prng.mix(i));
            int flipped = 0;
            for (byte each : bytes) {
                flipped += Integer.bitCount(each & 0xFF);
            }
            counts[flipped]++;
        }
        assertEquals(0, counts[0]);
        for (int flipped = 1; flipped <= WireCodec.MOST_FLIPPED; flipped++) {
            assertEquals(1_000, counts[flipped], 100);
        }
    }

    /** Nothing is on its way any more when all have crashed. */
    @Test
    void every_corrupted_packet_is_counted_and_one_that_is_refused_reaches_nobody() {
        Simulation sim = twenty(1, Network.lan().withCorruption(SHARE)).run(Duration.ofMinutes(2));
        for (SimNode node : sim.nodes()) {
            sim.crash(node.index());
        }
        sim.run(Duration.ofSeconds(1));
        Totals totals = sim.totals();
        assertEquals(SHARE, (double) totals.packetsCorrupted() / totals.packets(), 0.01);
        long received = sim.nodes().stream().mapToLong(SimNode::packetsReceived).sum();
        assertEquals(totals.packets(), received + totals.packetsRefused() + totals.packetsMissed());
        assertTrue(totals.packetsRefused() > 0 && totals.packetsRefused() <= totals.packetsCorrupted());
    }

    @Test
    void a_fifth_of_all_packets_corrupted_and_refused_is_like_a_fifth_lost() {
        AtomicLong lost = new AtomicLong();
        AtomicLong corrupted = new AtomicLong();
        Seeds.each(20, seed -> {
            lost.addAndGet(askedOthers(twenty(seed, Network.lan().withLoss(SHARE))));
            corrupted.addAndGet(askedOthers(Simulation.of(20)
                    .seed(seed)
                    .network(Network.lan().withCorruption(SHARE))
                    .damage((from, to, message, bits) -> null)
                    .warm()
                    .start()));
        });
        double ratio = (double) corrupted.get() / lost.get();
        assertEquals(1, ratio, 0.05, () -> corrupted + " with corruption, " + lost + " with loss");
    }

    /** Pings and acks have no checksum, and of their bits many mean little: a coordinate, or where nobody looks. */
    @Test
    void what_was_corrupted_and_can_be_read_spares_probes_about_every_second_time() {
        AtomicLong lost = new AtomicLong();
        AtomicLong corrupted = new AtomicLong();
        Seeds.each(20, seed -> {
            lost.addAndGet(askedOthers(twenty(seed, Network.lan().withLoss(SHARE))));
            corrupted.addAndGet(askedOthers(twenty(seed, Network.lan().withCorruption(SHARE))));
        });
        double ratio = (double) corrupted.get() / lost.get();
        assertEquals(0.5, ratio, 0.1, () -> corrupted + " with corruption, " + lost + " with loss");
    }

    /** How often nodes asked others to ping for them, as they do when they miss an answer. */
    private static long askedOthers(Simulation sim) {
        AtomicLong asked = new AtomicLong();
        sim.listen(new Simulation.Listener() {
            @Override
            public void onSent(SimNode from, Address to, Message message) {
                asked.addAndGet(message instanceof Message.IndirectPing ? 1 : 0);
            }
        });
        sim.run(Duration.ofMinutes(2));
        return asked.get();
    }

    @Test
    void a_cluster_on_a_network_that_corrupts_a_fifth_keeps_its_promises_and_agrees_when_that_ends() {
        AtomicLong misdirected = new AtomicLong();
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = twenty(seed, Network.lan().withCorruption(SHARE)).run(Duration.ofMinutes(1));
            sim.crash(7).run(Duration.ofMinutes(1));
            sim.nodes(0, 7)
                    .forEach(
                            node -> misdirected.addAndGet(node.core().counters().get(Counter.PINGS_MISDIRECTED)));
            sim.restart(7).join(7, 0).run(Duration.ofSeconds(20));
            sim.network(Network.lan()).awaitAgreement(Duration.ofMinutes(15));
        });
        assertTrue(misdirected.get() > 0, "no corrupted ping has been understood as one to somebody else");
    }

    @Test
    void streams_take_longer_instead() {
        Simulation sim = Simulation.of(2)
                .network(Network.fixed(Duration.ofMillis(1)).withCorruption(1))
                .damage(new WireCodec())
                .unchecked()
                .start();
        sim.join(1, 0).run(Duration.ofSeconds(30));
        assertEquals(1, sim.node(1).members().live());
        sim.network(Network.fixed(Duration.ofMillis(1)).withCorruption(0.5)).join(1, 0);
        sim.awaitAllSee(2, Duration.ofSeconds(30));
    }

    @Test
    void corruption_needs_to_know_what_it_does_to_a_packet() {
        Network network = Network.lan().withCorruption(SHARE);
        String rule =
                "corruption 0.2 needs to know what flipped bits do to a packet: say SimulationBuilder.damage, as a new"
                        + " WireCodec()";
        SimulationBuilder settings = Simulation.of(2).network(network);
        assertEquals(
                rule,
                assertThrows(IllegalArgumentException.class, settings::start).getMessage());
        Simulation sim = Simulation.of(2).start();
        assertEquals(
                rule,
                assertThrows(IllegalArgumentException.class, () -> sim.network(network))
                        .getMessage());
        assertEquals(
                rule,
                assertThrows(IllegalArgumentException.class, () -> sim.network(0, 0, network))
                        .getMessage());
    }
}
