package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.membership.Member;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Members that are neither dead nor well (the faults of Rapid's evaluation, Suresh et al. 2018, section 7): the faulty go
 * and stay gone, the healthy stay. The latter the {@link Invariants} check after every event: no healthy member declares
 * another dead. The first node is the faulty one.
 */
class GrayFailuresTest {
    private static final int NODES = 20;
    private static final Duration REPAIRED = Duration.ofMinutes(5);
    private static final Duration FLIP = Duration.ofSeconds(20);
    private static final Config UNDAMPED =
            Config.lan().toBuilder().flapThreshold(0).build();

    private static Simulation joined(SimulationBuilder settings) {
        Simulation sim = settings.start();
        for (int i = 0; i < sim.nodes().size() - 1; i++) {
            sim.join(i, sim.nodes().size() - 1);
        }
        sim.awaitAgreement(REPAIRED);
        return sim;
    }

    private static Simulation joined(long seed) {
        return joined(Simulation.of(NODES).seed(seed));
    }

    private static List<SimNode> healthy(Simulation sim) {
        return sim.nodes(1, sim.nodes().size());
    }

    private static void awaitGone(Simulation sim, Duration within) {
        sim.runUntil(
                () -> healthy(sim).stream()
                        .noneMatch(node -> node.sees("n0").state().live()),
                within);
    }

    /** How often a healthy member saw the faulty one come back. */
    private static long returns(Heard heard, Simulation sim) {
        return healthy(sim).stream()
                .flatMap(node -> heard.of(node, Event.MemberJoined.class).stream())
                .filter(event -> event.member().name().equals("n0"))
                .count();
    }

    private static void staysGone(Simulation sim, Duration time) {
        Heard heard = Heard.in(sim);
        sim.run(time);
        assertEquals(0, returns(heard, sim));
        assertTrue(
                healthy(sim).stream().noneMatch(node -> node.sees("n0").state().live()));
    }

    private static void awaitDamped(Simulation sim, Duration within) {
        sim.runUntil(() -> dampedByAll(sim), within);
    }

    private static boolean dampedByAll(Simulation sim) {
        return healthy(sim).stream().allMatch(node -> node.sees("n0").damped());
    }

    @Test
    void a_member_that_loses_80_percent_of_its_packets_goes_and_stays_gone() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(seed).degrade(0, 0.8, 0.8);
            awaitDamped(sim, Duration.ofMinutes(15));
            staysGone(sim, Duration.ofMinutes(2));
        });
    }

    @Test
    void a_member_that_hears_but_cannot_speak_goes_and_stays_gone() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(seed).degrade(0, 0, 1);
            awaitGone(sim, Duration.ofSeconds(30));
            staysGone(sim, Duration.ofSeconds(60));
        });
    }

    @Test
    void a_member_that_speaks_but_cannot_hear_goes_and_stays_gone_and_nobody_listens_to_it() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(seed).degrade(0, 1, 0);
            awaitGone(sim, Duration.ofSeconds(30));
            Heard heard = Heard.in(sim);
            staysGone(sim, Duration.ofSeconds(60));
            assertEquals(
                    0,
                    healthy(sim).stream()
                            .mapToInt(node ->
                                    heard.of(node, Event.MemberSuspected.class).size())
                            .sum());
        });
    }

    @Test
    void a_member_that_is_deaf_every_other_20_seconds_goes_and_stays_gone() {
        Seeds.each(Seeds.MANY, seed -> flips(joined(seed), 1, 0));
    }

    @Test
    void a_member_that_is_mute_every_other_20_seconds_goes_and_stays_gone() {
        Seeds.each(Seeds.MANY, seed -> flips(joined(seed), 0, 1));
    }

    /** Damped after some cycles, it is not seen again while it goes on; afterwards it is. */
    private static void flips(Simulation sim, double lossIn, double lossOut) {
        for (int cycle = 0; cycle < 4 || (cycle < 8 && !dampedByAll(sim)); cycle++) {
            sim.degrade(0, lossIn, lossOut).run(FLIP).degrade(0, 0, 0).run(FLIP);
        }
        awaitDamped(sim, Duration.ZERO);
        Heard heard = Heard.in(sim);
        for (int cycle = 0; cycle < 2; cycle++) {
            sim.degrade(0, lossIn, lossOut).run(FLIP).degrade(0, 0, 0).run(FLIP);
        }
        assertEquals(0, returns(heard, sim));
        sim.awaitAgreement(Duration.ofMinutes(15));
    }

    @Test
    void one_bad_link_between_two_healthy_members_costs_nobody_anything() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(seed);
            Heard heard = Heard.in(sim);
            sim.cutLink(0, 1).run(Duration.ofMinutes(2));
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
        });
    }

    /** Somebody in the name of one member accuses all others, again and again: they refute, and soon nobody listens. */
    @Test
    void a_bad_accuser_has_nobody_given_up_or_damped_and_loses_its_voice() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(Simulation.of(8).seed(seed).hostile());
            Heard heard = Heard.in(sim);
            for (int second = 0; second < 60; second++) {
                for (SimNode victim : sim.nodes(1, 8)) {
                    Member known = sim.node(1).sees(victim.name());
                    Message accusation = new Message.Suspect(victim.name(), known.incarnation(), "n0");
                    sim.adversary().send(sim.node(0).address(), sim.node(second % 8), accusation, Duration.ZERO);
                }
                sim.run(Duration.ofSeconds(1));
            }
            assertEquals(List.of(), heard.about(Event.MemberFailed.class));
            assertEquals(List.of(), heard.about(Event.MemberDamped.class));
            for (SimNode node : sim.nodes(1, 8)) {
                assertTrue(node.core().counters().get(Counter.ACCUSATIONS_IGNORED) > 0, node::toString);
                assertTrue(node.core().counters().get(Counter.REFUTATIONS) < 20, node::toString);
            }
        });
    }

    /** Half of the members damp, the others do not, as memberlist does not: that makes nobody talk more. */
    @Test
    void in_a_mixed_pool_those_that_damp_cause_no_storm_among_those_that_do_not() {
        AtomicLong mixed = new AtomicLong();
        AtomicLong undamped = new AtomicLong();
        Seeds.each(20, seed -> {
            mixed.addAndGet(packets(
                    Simulation.of(NODES).seed(seed).configs(node -> node.index() % 2 == 0 ? Config.lan() : UNDAMPED)));
            undamped.addAndGet(packets(Simulation.of(NODES).seed(seed).config(UNDAMPED)));
        });
        // One run with the other: how often the member is found dead and comes back is chance, and decides how much is
        // said.
        assertTrue(mixed.get() <= undamped.get() * 1.1, () -> mixed + " packets, without damping " + undamped);
    }

    private static long packets(SimulationBuilder settings) {
        Simulation sim = joined(settings.unchecked());
        long before = sim.totals().packets();
        sim.degrade(0, 0.8, 0.8).run(Duration.ofMinutes(5));
        return sim.totals().packets() - before;
    }
}
