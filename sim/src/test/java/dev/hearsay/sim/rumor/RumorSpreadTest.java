package dev.hearsay.sim.rumor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.Network;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RumorSpreadTest {
    private static final int MANY = 10_000;
    private static final Duration LINK = Duration.ofMillis(1);

    private static RumorSpread pushTo(int nodes) {
        return RumorSpread.of(nodes).seed(7).fanout(2).withoutMail().network(Network.fixed(LINK));
    }

    /** With rounds on the gossip tick only, as the theory has it. */
    private static RumorSpread ticking(int nodes) {
        return pushTo(nodes).forwardDelay(Duration.ZERO);
    }

    @Test
    void nodes_in_an_array_do_exactly_what_nodes_as_objects_do() {
        Network rough = Network.lan().withLoss(0.1).withDuplication(0.2);
        Config wan = Config.wan().toBuilder().retransmitMult(1).build();
        List<RumorSpread> settings = List.of(
                pushTo(2_000),
                ticking(2_000),
                RumorSpread.of(2_000),
                RumorSpread.of(2_000).network(rough).seed(11).source(1_999),
                RumorSpread.of(2_000).config(wan).network(Network.wan()),
                RumorSpread.of(500).config(wan).network(rough.withLatency(Latency.fixed(Duration.ZERO))),
                RumorSpread.of(3).fanout(1),
                RumorSpread.of(60).fanout(4).rumorBytes(400));
        for (RumorSpread each : settings) {
            RumorResult packed = each.start().untilAllKnow().untilSilent().result();
            RumorResult plain = each.form(PlainNodes::new)
                    .start()
                    .untilAllKnow()
                    .untilSilent()
                    .result();
            assertEquals(plain, packed);
        }
    }

    @Test
    void a_seed_gives_the_same_trace_hash_on_every_jvm() {
        assertEquals("3cee6ee415bfd6d4", Long.toHexString(pushTo(MANY).run().traceHash()));
        assertNotEquals(
                pushTo(MANY).run().traceHash(), pushTo(MANY).seed(8).run().traceHash());
    }

    /**
     * Push reaches the last of n after log_{f+1} n + (ln n) / f rounds (Pittel 1987): 13.0 here. There all send at the same time, so a
     * newcomer waits for a whole round and those who know grow by f + 1 in each. Here everybody has a phase of its own: in a round they
     * grow by e^f, so the first term is (ln n) / f as well, and less than Pittel's, as ln(f + 1) < f. Together 9.2, give or take the
     * chance of the first few and of the last: of n nodes, n e^-m are missed by m copies for each.
     */
    @Test
    void with_the_gossip_tick_only_the_last_of_ten_thousand_hears_within_pittels_rounds() {
        double pittel = RumorResult.pittelRounds(MANY, 2);
        assertEquals(12.99, pittel, 0.01);
        double fromTwoSides = StrictMath.log(MANY);
        for (int seed = 1; seed <= 10; seed++) {
            RumorResult result = ticking(MANY).seed(seed).run();
            double rounds = (double) result.lastNanos() / Config.lan().gossipIntervalNanos();
            String seen = "seed " + seed + ": " + rounds + " rounds, " + result;
            assertEquals(0, result.residue(), seen);
            assertTrue(rounds > fromTwoSides - 2 && rounds < pittel, seen);
            assertTrue(copiesSuffice(result), seen);
        }
    }

    /**
     * Forwarded at once, a node sends its rounds of 2 after 1, 4, 13, 40, 121 and 364 ms, and one each 200 ms besides. After the sixth of
     * all, n e^-14 = 0.008 nodes have not heard; the sixth of those that hear last comes after 364 ms and the time it takes to reach
     * nearly everybody, about 40 ms.
     */
    @Test
    void forwarded_at_once_the_last_of_ten_thousand_hears_within_the_sixth_round_of_each() {
        for (int seed = 1; seed <= 10; seed++) {
            RumorResult result = pushTo(MANY).seed(seed).run();
            String seen = "seed " + seed + ": " + result;
            assertEquals(0, result.residue(), seen);
            assertTrue(result.lastNanos() < 404_000_000, seen);
            assertTrue(result.curve().nanosUntil(MANY / 2) < 40_000_000, seen);
            assertTrue(copiesSuffice(result), seen);
        }
    }

    /** Chances are e^-e^3 that all hear with so few copies, and e^-6 that so many do not suffice. */
    private static boolean copiesSuffice(RumorResult result) {
        double ln = StrictMath.log(result.nodes());
        return result.sentPerNode() > ln - 3 && result.sentPerNode() < ln + 6;
    }

    /** What does not arrive counts as sent: 18 of 20 copies for each still leave n e^-18 = 0.0002 nodes. */
    @Test
    void nobody_sends_above_the_transmit_limit_and_in_the_end_all_have_sent_just_that() {
        for (double loss : new double[] {0, 0.1}) {
            RumorRun run =
                    pushTo(MANY).network(Network.fixed(LINK).withLoss(loss)).start();
            RumorResult known = run.untilAllKnow().result();
            assertEquals(0, known.residue());
            assertEquals(20, known.transmitLimit());
            assertTrue(known.mostSent() <= 20, known::toString);
            RumorResult silent = run.untilSilent().result();
            assertEquals(20, silent.mostSent());
            assertEquals(20L * MANY, silent.packets());
            assertEquals(silent.packets(), silent.arrivals() + silent.lost());
            assertEquals(loss, (double) silent.lost() / silent.packets(), 0.01);
            assertEquals(known.lastNanos(), silent.lastNanos());
        }
    }

    /** Demers et al. 1987, section 1.4: push misses the share s = e^-m, m the copies sent for each node, here 5 by each that hears. */
    @Test
    void with_too_low_a_transmit_limit_push_misses_the_share_of_nodes_that_demers_law_says() {
        Config brief =
                Config.lan().toBuilder().retransmitMult(1).gossipFanout(2).build();
        int missed = 0;
        for (int seed = 1; seed <= 10; seed++) {
            RumorResult result = pushTo(MANY).config(brief).seed(seed).run();
            assertEquals(5, result.transmitLimit());
            assertEquals(MANY, result.informed() + result.residue());
            missed += result.residue();
        }
        // s = e^-5(1 - s) has the solution 0.00698.
        assertEquals(0.00698 * 10 * MANY, missed, 100);
    }

    @Test
    void a_rumor_that_nobody_gets_ends_with_the_one_that_told_it() {
        RumorResult result = RumorSpread.of(100)
                .source(42)
                .network(Network.lan().withLoss(1))
                .run();
        assertEquals(1, result.informed());
        assertEquals(0, result.arrivals());
        assertEquals(result.packets(), result.lost());
        assertEquals(1, result.curve().informedAt(0));
    }

    @Test
    void the_curve_tells_when_how_many_had_heard() {
        InfectionCurve curve = new InfectionCurve(new long[] {0, 5, 5, 9});
        assertEquals(4, curve.informed());
        assertEquals(1, curve.informedAt(4));
        assertEquals(3, curve.informedAt(5));
        assertEquals(4, curve.informedAt(100));
        assertEquals(0, curve.informedAt(-1));
        assertEquals(5, curve.nanosUntil(3));
        assertEquals(19.0 / 3, curve.meanNanos());
        refused("nodes 5 is out of range: must be 1 to 4", () -> curve.nanosUntil(5));
    }

    @Test
    void what_cannot_be_is_refused_with_its_name_its_value_and_the_rule() {
        refused("nodes 1 is out of range: must be 2 to 8388608", () -> RumorSpread.of(1));
        refused("nodes 8388609 is out of range: must be 2 to 8388608", () -> RumorSpread.of(8_388_609));
        refused(
                "source 10 is out of range: must be 0 to 9",
                () -> RumorSpread.of(10).source(10));
        refused(
                "rumorBytes -1 is out of range: must be 0 to 9216",
                () -> RumorSpread.of(10).rumorBytes(-1));
        refused("nodes 0 and fanout 2: both must be 1 or more", () -> RumorResult.pittelRounds(0, 2));
        refused(
                "rumorBytes 1400 is too much: with its name it takes 1435 bytes, and a packet has room for 1391",
                () -> RumorSpread.of(10).rumorBytes(1_400).start());
    }

    private static void refused(String message, Executable settings) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, settings).getMessage());
    }
}
