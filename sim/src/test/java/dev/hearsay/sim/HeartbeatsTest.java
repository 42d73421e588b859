package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.HeartbeatConfig.Detector;
import dev.hearsay.core.Message;
import dev.hearsay.core.membership.Peers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Members judged by their heartbeats: van Renesse, Minsky, Hayden 1998, with the phi of Hayashibara et al. 2004. */
class HeartbeatsTest {
    private static final Duration SETTLED = Duration.ofSeconds(90);
    private static final double LN_10 = Math.log(10);

    static Config counting(UnaryOperator<HeartbeatConfig> change) {
        HeartbeatConfig heartbeats = HeartbeatConfig.DEFAULTS.withDetector(Detector.HEARTBEAT);
        // Without guard streams, which would notice a crash at once.
        return Config.lan().toBuilder()
                .guards(0)
                .heartbeats(change.apply(heartbeats))
                .build();
    }

    static Config counting() {
        return counting(UnaryOperator.identity());
    }

    static long total(Simulation sim, Counter counter) {
        return sim.nodes().stream()
                .filter(SimNode::isUp)
                .mapToLong(node -> node.core().counters().get(counter))
                .sum();
    }

    @Test
    void nobody_is_probed_and_nobody_suspected_while_all_is_well() {
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(20).seed(seed).config(counting()).start();
            Heard heard = Heard.in(sim);
            sim.joinAll().awaitAgreement(Duration.ofMinutes(2));
            sim.run(Duration.ofSeconds(10));
            long probes = total(sim, Counter.PROBES);
            sim.run(Duration.ofMinutes(5)).awaitAgreement(Duration.ZERO);
            assertEquals(probes, total(sim, Counter.PROBES));
            assertEquals(List.of(), heard.all(Event.MemberSuspected.class));
        });
    }

    /** Found by random scenarios: while a silence was measured as if it were a rhythm, it never became too long. */
    @Test
    void the_only_other_member_is_suspected_even_if_little_is_known_of_it() {
        Seeds.each(50, seed -> {
            Simulation sim =
                    Simulation.of(2).seed(seed).warm().config(counting()).start();
            sim.run(Duration.ofSeconds(1 + seed % 10)).powerOff(0);
            sim.awaitAllSee(1, Duration.ofMinutes(3));
        });
    }

    /**
     * A member that loses its power is suspected when its last heartbeats have arrived (within about the logarithm of the
     * cluster in intervals) and the limit has passed since, which is seen at the end of an interval. Chance decides here: the
     * limit is threshold × ln 10 / rate intervals, and the mean from heartbeat to heartbeat.
     */
    @Test
    void a_crash_is_suspected_within_the_time_that_the_formula_says() {
        double chosen = 3 / 29.0;
        double rate = -30 * Math.log(1 - chosen) + Math.log(1 - chosen);
        double limit = 8 * LN_10 / rate + 1.16;
        AtomicLong sum = new AtomicLong();
        Seeds.each(50, seed -> {
            Simulation sim =
                    Simulation.of(30).seed(seed).warm().config(counting()).start();
            sim.run(SETTLED).powerOff(7);
            Heard heard = Heard.in(sim);
            long millis = sim.runUntil(
                            () -> !heard.all(Event.MemberSuspected.class).isEmpty(), Duration.ofSeconds(30))
                    .toMillis();
            sum.addAndGet(millis);
            assertTrue(millis > (limit - 1.5) * 1000 && millis < (limit + 3) * 1000, millis + " ms, limit " + limit);
            sim.awaitAllSee(29, Duration.ofSeconds(30));
            assertEquals(List.of("n7"), heard.about(Event.MemberFailed.class));
            assertEquals(List.of("n7"), heard.about(Event.MemberSuspected.class));
        });
        assertTrue(sum.get() / 50.0 < (limit + 1.5) * 1000, "mean: " + sum.get() / 50 + " ms, limit " + limit + " s");
    }

    @Test
    void with_a_fixed_timeout_a_crash_is_suspected_after_that() {
        Config fixed = counting(h -> h.withTimeout(Duration.ofSeconds(12)));
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(10).seed(seed).warm().config(fixed).start();
            sim.run(SETTLED).powerOff(7);
            Heard heard = Heard.in(sim);
            long millis = sim.runUntil(
                            () -> !heard.all(Event.MemberSuspected.class).isEmpty(), Duration.ofSeconds(30))
                    .toMillis();
            assertTrue(millis > 10_900 && millis < 15_000, millis + " ms");
        });
    }

    /** With no acceptable pause, so that phi alone decides: of 10^phi heartbeats about half a one is wrongly missed. */
    @Test
    void false_suspicions_under_loss_become_rarer_with_phi_as_it_says() {
        for (double loss : new double[] {0.1, 0.2}) {
            for (int phi : new int[] {1, 2, 3, 4}) {
                double share = falseSuspicions(loss, phi) * Math.pow(10, phi);
                assertTrue(share > 0.1 && share < 1.2, "phi " + phi + ", loss " + loss + ": " + share);
            }
        }
    }

    private static double falseSuspicions(double loss, int phi) {
        Config alone = counting(h -> h.withThreshold(phi).withAcceptablePause(Duration.ZERO));
        AtomicLong suspicions = new AtomicLong();
        AtomicLong heartbeats = new AtomicLong();
        Seeds.each(2 + 2 * phi, seed -> {
            Simulation sim = Simulation.of(24)
                    .seed(seed)
                    .warm()
                    .config(alone)
                    .network(Network.lan().withLoss(loss))
                    .start();
            sim.run(SETTLED);
            suspicions.addAndGet(-total(sim, Counter.HEARTBEATS_MISSED));
            heartbeats.addAndGet(-total(sim, Counter.HEARTBEATS));
            sim.run(Duration.ofMinutes(2));
            suspicions.addAndGet(total(sim, Counter.HEARTBEATS_MISSED));
            heartbeats.addAndGet(total(sim, Counter.HEARTBEATS));
        });
        return (double) suspicions.get() / heartbeats.get();
    }

    @Test
    void at_the_default_threshold_nobody_is_suspected_though_a_fifth_of_all_packets_is_lost() {
        Seeds.each(20, seed -> {
            Simulation sim = Simulation.of(40)
                    .seed(seed)
                    .warm()
                    .config(counting())
                    .network(Network.lan().withLoss(0.2))
                    .start();
            sim.run(Duration.ofMinutes(4));
            assertEquals(0, sim.falseVerdicts());
            assertTrue(total(sim, Counter.HEARTBEATS_MISSED) <= 1, () -> "missed by chance");
        });
    }

    @Test
    void a_pause_within_what_is_acceptable_is_no_suspicion_and_a_node_that_was_away_accuses_nobody() {
        Seeds.each(50, seed -> {
            Simulation sim =
                    Simulation.of(20).seed(seed).warm().config(counting()).start();
            Heard heard = Heard.in(sim);
            sim.run(SETTLED);
            for (int i = 0; i < 5; i++) {
                sim.pause(3).run(Duration.ofMillis(2_500)).resume(3).run(Duration.ofSeconds(10));
            }
            assertEquals(List.of(), heard.all(Event.MemberSuspected.class));
            sim.pause(3).run(Duration.ofSeconds(25)).resume(3).run(Duration.ofSeconds(20));
            assertEquals(List.of("n3"), heard.about(Event.MemberSuspected.class));
            assertEquals(0, sim.node(3).core().counters().get(Counter.HEARTBEATS_MISSED));
            sim.awaitAgreement(Duration.ofMinutes(3));
        });
    }

    @Test
    void a_member_that_comes_back_is_judged_anew() {
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(12).seed(seed).config(counting()).start();
            sim.joinAll().awaitAgreement(Duration.ofMinutes(2));
            sim.crash(4).awaitAllSee(11, Duration.ofMinutes(1));
            sim.restart(4).join(4, 2).awaitAgreement(Duration.ofMinutes(2));
            // A probe of the process that is gone may still find it so.
            sim.run(Duration.ofSeconds(5));
            Heard heard = Heard.in(sim);
            sim.run(Duration.ofMinutes(2)).awaitAgreement(Duration.ZERO);
            assertEquals(List.of(), heard.all(Event.MemberSuspected.class));
            sim.leave(5).run(Duration.ofMinutes(1));
            assertEquals(List.of(), heard.all(Event.MemberSuspected.class));
            assertTrue(sim.node(0).core().phi("n5", 0).isEmpty());
        });
    }

    /** Every third member is one of Serf, or set to probe; another third counts heartbeats with another interval. */
    @Test
    void in_a_mixed_cluster_who_sends_no_heartbeats_is_probed_and_is_told_none() {
        Peers some = (member, ability) -> ability != Peers.Ability.HEARTBEATS
                || Integer.parseInt(member.name().substring(1)) % 3 != 0;
        Config probing = Config.lan().toBuilder().guards(0).build();
        Config slow = counting(h -> h.withInterval(Duration.ofSeconds(3)));
        List<Config> thirds = List.of(probing, counting(), slow);
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(18)
                    .seed(seed)
                    .configs(node -> thirds.get(node.index() % 3))
                    .peers(some)
                    .start();
            Wiretap tap = Wiretap.on(sim);
            Heard heard = Heard.in(sim);
            sim.joinAll().awaitAgreement(Duration.ofMinutes(2));
            sim.run(Duration.ofMinutes(2)).awaitAgreement(Duration.ZERO);
            assertEquals(List.of(), heard.all(Event.MemberSuspected.class));
            for (Wiretap.Packet packet : tap.packets()) {
                boolean toPlain = sim.nodes().stream()
                        .anyMatch(
                                node -> node.index() % 3 == 0 && node.address().equals(packet.to()));
                assertTrue(!toPlain || !hasHeartbeats(packet.message()), packet::toString);
            }
            assertTrue(sim.node(1).core().phi("n3", 0).isEmpty());
            assertTrue(sim.node(1).core().phi("n2", 0).isPresent());
            sim.powerOff(6).powerOff(7);
            sim.awaitAllSee(16, Duration.ofMinutes(2));
            assertEquals(List.of("n6", "n7"), heard.about(Event.MemberFailed.class));
        });
    }

    static boolean hasHeartbeats(Message message) {
        return message instanceof Message.Heartbeats
                || (message instanceof Message.Compound compound
                        && compound.parts().stream().anyMatch(HeartbeatsTest::hasHeartbeats));
    }

    @Test
    void the_same_seed_gives_the_same_trace_and_so_do_the_bytes_on_the_wire() {
        long plain = trace(Simulation.of(9).seed(5));
        assertEquals(plain, trace(Simulation.of(9).seed(5)));
        assertEquals(plain, trace(Simulation.of(9).seed(5).codec(new WireCodec())));
        assertNotEquals(plain, trace(Simulation.of(9).seed(6)));
    }

    private static long trace(SimulationBuilder settings) {
        Simulation sim = settings.config(counting())
                .network(Network.lan().withLoss(0.1).withDuplication(0.02))
                .start();
        sim.joinAll().run(Duration.ofSeconds(20));
        sim.crash(1).run(Duration.ofSeconds(30)).restart(1).join(1, 2).run(Duration.ofSeconds(10));
        sim.pause(2).run(Duration.ofSeconds(9)).resume(2).run(Duration.ofSeconds(20));
        return sim.traceHash();
    }
}
