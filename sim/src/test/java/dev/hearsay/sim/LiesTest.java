package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.StreamMessage.StatusTime;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Well-formed lies about members, from somebody who can make packets that the cluster believes: anybody without
 * encryption, a holder of the key with it. While the lies go on, members flap; when they stop, everybody agrees again.
 */
class LiesTest {
    private static final int SEEDS = 20;
    private static final Duration REPAIRED = Duration.ofMinutes(5);
    private static final Address ELSEWHERE = Address.ipv4(192, 0, 2, 7, 7946);
    private static final long[] LIMITS = {
        0, 1, 2, 0x7FFF_FFFEL, 0x7FFF_FFFFL, 0x8000_0000L, 0x8000_0001L, 0xFFFF_FFFDL, 0xFFFF_FFFEL, 0xFFFF_FFFFL
    };

    private static Simulation joined(int nodes, long seed) {
        Simulation sim = Simulation.of(nodes)
                .seed(seed)
                .announces(node -> new SimulationBuilder.Announced(meta("true"), Versions.SERF))
                .codec(new WireCodec())
                .hostile()
                .start();
        sim.joinAll().awaitAgreement(REPAIRED);
        return sim;
    }

    private static Bytes meta(String text) {
        return Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static Message.Alive alive(SimNode about, long incarnation, Address at, String meta) {
        return new Message.Alive(about.name(), incarnation, at, meta(meta), Versions.SERF);
    }

    /** Everybody agrees on who is there, where, and with which metadata. */
    private static void assertTruth(Simulation sim) {
        for (SimNode observer : sim.nodes()) {
            for (SimNode subject : sim.nodes()) {
                if (observer.isUp() && subject.isUp()) {
                    Member member = observer.sees(subject.name());
                    assertEquals(subject.core().self().claim(), member.claim(), observer::toString);
                    assertEquals(meta("true"), member.meta(), observer::toString);
                    assertEquals(subject.address(), member.address(), observer::toString);
                }
            }
        }
    }

    @Test
    void lies_at_the_limits_of_the_incarnation_lose_no_member_once_they_stop() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(6, seed);
            for (int i = 0; i < 200; i++) {
                SimNode subject = sim.node(random.nextInt(6));
                SimNode told = sim.node(random.nextInt(6));
                long incarnation = LIMITS[random.nextInt(LIMITS.length)];
                if (random.nextInt(4) == 0) {
                    MemberState state = MemberState.values()[random.nextInt(4)];
                    Claim claim = new Claim(
                            subject.name(), incarnation, subject.address(), meta("false"), Versions.SERF, state);
                    sim.adversary().ask(told, new PushPull(random.nextBoolean(), List.of(claim), null));
                } else {
                    Message lie = switch (random.nextInt(4)) {
                        case 0 -> alive(subject, incarnation, subject.address(), "false");
                        case 1 -> new Message.Suspect(subject.name(), incarnation, "n0");
                        case 2 -> new Message.Dead(subject.name(), incarnation, "n0");
                        default -> new Message.Dead(subject.name(), incarnation, subject.name());
                    };
                    sim.adversary().send(ELSEWHERE, told, lie, Duration.ZERO);
                }
                sim.run(Duration.ofMillis(random.nextInt(500)));
            }
            sim.run(Duration.ofMinutes(3)).awaitAgreement(REPAIRED);
            sim.run(Duration.ofMinutes(3)).awaitAgreement(Duration.ZERO);
            assertTruth(sim);
        });
    }

    @Test
    void a_member_accused_at_the_highest_incarnation_by_everybody_refutes_and_can_still_be_noticed_dead() {
        Seeds.each(SEEDS, seed -> {
            Simulation sim = joined(5, seed);
            // Two steps: the second would be behind the first incarnation, seen around the circle.
            for (long incarnation : new long[] {0x7FFF_FFFFL, 0xFFFF_FFFEL, 0xFFFF_FFFFL}) {
                for (SimNode node : sim.nodes()) {
                    sim.adversary().send(ELSEWHERE, node, new Message.Dead("n3", incarnation, "n0"), Duration.ZERO);
                }
                sim.run(Duration.ofSeconds(1));
            }
            sim.awaitAgreement(Duration.ofSeconds(10));
            assertTrue(sim.node(3).core().self().incarnation() < 100, sim.node(3)::toString);
            sim.crash(3).awaitAgreement(Duration.ofSeconds(60));
            sim.restart(3).join(3, 0).awaitAgreement(REPAIRED);
        });
    }

    @Test
    void a_name_claimed_from_elsewhere_a_thousand_times_a_second_stays_with_its_holder_and_is_told_once_a_minute() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(6, seed);
            Heard heard = Heard.in(sim);
            for (int ms = 0; ms < 30_000; ms++) {
                SimNode told = sim.node(random.nextInt(6));
                Address somewhere = Address.ipv4(192, 0, 2, random.nextInt(256), 7946);
                Message lie = alive(sim.node(2), random.nextInt(1 << 30), somewhere, "false");
                sim.adversary().send(somewhere, told, lie, Duration.ofMillis(ms));
            }
            sim.run(Duration.ofSeconds(31));
            sim.awaitAgreement(Duration.ZERO);
            assertTruth(sim);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            assertEquals(List.of(), heard.about(Event.MemberUpdated.class));
            for (SimNode node : sim.nodes()) {
                assertEquals(1, heard.of(node, Event.NameConflict.class).size(), node::toString);
                assertTrue(node.core().counters().get(Counter.NAME_CONFLICTS) > 1000, node::toString);
            }
        });
    }

    @Test
    void a_name_claimed_at_its_own_address_with_other_metadata_is_taken_back_and_refuted_once_a_claim_at_most() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(6, seed);
            SimNode victim = sim.node(2);
            long before = victim.core().self().incarnation();
            int lies = 2_000;
            for (int i = 0; i < lies; i++) {
                long incarnation = victim.core().self().incarnation() + random.nextInt(3);
                Message lie = alive(victim, incarnation, victim.address(), "false");
                sim.adversary().send(ELSEWHERE, sim.node(random.nextInt(6)), lie, Duration.ZERO);
                sim.run(Duration.ofMillis(5));
            }
            sim.run(Duration.ofSeconds(10)).awaitAgreement(REPAIRED);
            // Whoever heard the last lie only, at the incarnation of the last refutation, learns of it by a push/pull
            // with
            // the victim: one in five of his, two a minute.
            sim.run(Duration.ofMinutes(15)).awaitAgreement(Duration.ZERO);
            assertTruth(sim);
            assertTrue(victim.core().self().incarnation() - before <= 3L * lies, victim::toString);
        });
    }

    @Test
    void a_node_that_leaves_while_others_claim_its_name_is_gone_in_everybodys_eyes() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(6, seed);
            sim.leave(2);
            for (int i = 0; i < 1_000; i++) {
                long incarnation = 1L + random.nextInt(4);
                Address at = random.nextBoolean() ? ELSEWHERE : sim.node(2).address();
                sim.adversary()
                        .send(
                                at,
                                sim.node(random.nextInt(6)),
                                alive(sim.node(2), incarnation, at, "false"),
                                Duration.ofMillis(10L * i));
            }
            sim.run(Duration.ofSeconds(15)).awaitAgreement(REPAIRED);
            assertTrue(sim.node(2).hasLeft());
            for (SimNode node : sim.nodes()) {
                assertFalse(node.isUp() && node.sees("n2").state().live(), node::toString);
            }
        });
    }

    @Test
    void a_node_that_joins_while_others_claim_its_name_gets_in_once_they_stop() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = Simulation.of(6)
                    .seed(seed)
                    .announces(node -> new SimulationBuilder.Announced(meta("true"), Versions.SERF))
                    .hostile()
                    .start();
            for (int i = 1; i < 5; i++) {
                sim.join(i, 0);
            }
            sim.awaitAllSee(1, Duration.ZERO);
            for (int i = 0; i < 500; i++) {
                Address at = Address.ipv4(192, 0, 2, random.nextInt(256), 7946);
                Message lie = alive(sim.node(5), LIMITS[random.nextInt(LIMITS.length)], at, "false");
                sim.adversary().send(at, sim.node(random.nextInt(6)), lie, Duration.ofMillis(10L * i));
            }
            sim.run(Duration.ofSeconds(2)).join(5, 0);
            // The invented holder of the name has to be found dead first: until then the name is its.
            sim.run(Duration.ofMinutes(2)).awaitAgreement(REPAIRED);
            assertTruth(sim);
        });
    }

    @Test
    void intents_from_the_end_of_time_are_not_believed_and_later_ones_still_count() {
        Seeds.each(SEEDS, seed -> {
            Simulation sim = joined(6, seed);
            Heard heard = Heard.in(sim);
            for (long time : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE - 2, 1L << 62, 1L << 40}) {
                for (SimNode node : sim.nodes()) {
                    sim.adversary().send(ELSEWHERE, node, new Message.LeaveIntent(time, "n4", false), Duration.ZERO);
                    sim.adversary().send(ELSEWHERE, node, new Message.JoinIntent(time, "n3"), Duration.ZERO);
                    List<StatusTime> times = List.of(new StatusTime("n1", time), new StatusTime("n3", time));
                    SerfState state = new SerfState(time, times, List.of("n2"), time, time, List.of());
                    sim.adversary().ask(node, new PushPull(false, List.of(), state));
                }
                sim.run(Duration.ofSeconds(2));
            }
            sim.leave(3).run(Duration.ofSeconds(20)).awaitAgreement(Duration.ZERO);
            assertEquals(List.of("n3"), heard.about(Event.MemberLeaving.class));
            for (SimNode node : sim.nodes()) {
                assertTrue(!node.isUp() || node.core().vitals().memberTime() < 100, node::toString);
                assertTrue(!node.isUp() || node.core().vitals().eventTime() < 100, node::toString);
                assertTrue(!node.isUp() || node.sees("n3").state() == MemberState.LEFT, node::toString);
            }
            sim.crash(1).awaitAgreement(Duration.ofSeconds(60));
            sim.restart(1).join(1, 0).awaitAgreement(REPAIRED);
        });
    }
}
