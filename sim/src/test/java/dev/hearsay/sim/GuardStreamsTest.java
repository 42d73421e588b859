package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.detector.Guards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What guard streams notice, and what they must not take for more than it is. */
class GuardStreamsTest {
    /** After the streams are open, and the young ones have lasted longer than opening one can take. */
    private static final Duration SETTLED = Duration.ofSeconds(15);

    /** A break is heard one way later, and looked at in one round trip: below 30 ms even in the tail of the LAN. */
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private static final Duration DETECTED = Duration.ofSeconds(60);

    private static Simulation joined(int nodes, long seed) {
        return joined(nodes, seed, settings -> settings);
    }

    private static Simulation joined(int nodes, long seed, UnaryOperator<SimulationBuilder> how) {
        Simulation sim = how.apply(Simulation.of(nodes).seed(seed)).start();
        sim.joinAll();
        sim.awaitAgreement(Duration.ofMinutes(5));
        return sim.run(SETTLED);
    }

    private static int streams(SimNode node) {
        return node.core().vitals().guards();
    }

    private static long counted(Simulation sim, Counter counter) {
        return sim.nodes().stream()
                .filter(SimNode::isUp)
                .mapToLong(node -> node.core().counters().get(counter))
                .sum();
    }

    private static long accusers(Heard heard) {
        return heard.all(Event.MemberSuspected.class).stream()
                .map(Event.MemberSuspected::accuser)
                .distinct()
                .count();
    }

    @Test
    void a_killed_process_is_suspected_at_once_by_several_members_independently() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(20, seed);
            Heard heard = Heard.in(sim);
            sim.run(Duration.ofMillis(seed * 37 % 1_000)).crash(7).run(AT_ONCE);
            assertEquals(List.of("n7"), heard.about(Event.MemberSuspected.class));
            assertTrue(accusers(heard) >= 2, () -> accusers(heard) + " accusers");
            sim.awaitAgreement(DETECTED);
        });
    }

    @Test
    void a_machine_that_loses_its_power_is_noticed_by_its_silence_only() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(20, seed);
            long before = counted(sim, Counter.GUARDS_BROKEN);
            Heard heard = Heard.in(sim);
            sim.powerOff(7).run(AT_ONCE);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            sim.awaitAgreement(DETECTED);
            assertEquals(List.of("n7"), heard.about(Event.MemberFailed.class));
            assertEquals(before, counted(sim, Counter.GUARDS_BROKEN));
            // Its streams are replaced by some to others.
            sim.run(SETTLED);
            assertTrue(sim.nodes().stream().filter(SimNode::isUp).allMatch(node -> streams(node) >= 3));
            sim.restart(7).join(7, 0).awaitAgreement(Duration.ofMinutes(5));
        });
    }

    @Test
    void streams_that_a_firewall_breaks_accuse_nobody_and_come_back() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(20, seed);
            Heard heard = Heard.in(sim);
            int had = streams(sim.node(7));
            sim.breakStreams(7).run(Duration.ofMillis(30));
            assertEquals(2L * had, counted(sim, Counter.GUARDS_BROKEN));
            sim.run(SETTLED);
            assertTrue(streams(sim.node(7)) >= 3, () -> streams(sim.node(7)) + " streams");
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
        });
    }

    @Test
    void a_process_that_stands_still_breaks_nothing() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(20, seed);
            sim.pause(7).run(Duration.ofSeconds(3)).resume(7).run(SETTLED);
            assertEquals(0, counted(sim, Counter.GUARDS_BROKEN));
            assertEquals(0, counted(sim, Counter.GUARDS_FAILED));
        });
    }

    /** News misses somebody among 20, who is sent 8 copies on average, in 20 e^-8 of all cases: who missed it may look. */
    @Test
    void who_leaves_is_not_looked_for_although_its_streams_break() {
        AtomicLong broken = new AtomicLong();
        AtomicLong missed = new AtomicLong();
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(20, seed);
            Heard heard = Heard.in(sim);
            sim.leave(7).run(Duration.ofSeconds(30));
            assertTrue(sim.node(7).hasLeft());
            broken.addAndGet(counted(sim, Counter.GUARDS_BROKEN));
            missed.addAndGet(heard.about(Event.MemberSuspected.class).size());
            assertEquals(List.of("n7"), heard.about(Event.MemberLeft.class));
        });
        assertTrue(missed.get() <= 3, () -> "looked for in " + missed + " of " + Seeds.MANY + " runs");
        // Some have closed theirs before, as they heard that it had left.
        assertTrue(broken.get() > 0, () -> broken + " streams broke");
    }

    @Test
    void a_process_that_is_restarted_at_once_is_not_given_up_and_gets_streams_again() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(20, seed);
            Heard heard = Heard.in(sim);
            sim.crash(7).restart(7).join(7, 0).run(Duration.ofSeconds(60));
            sim.awaitAgreement(Duration.ZERO);
            assertEquals(List.of(), heard.about(Event.MemberFailed.class));
            assertTrue(streams(sim.node(7)) >= 3, () -> streams(sim.node(7)) + " streams");
        });
    }

    @Test
    void a_cluster_up_to_one_more_than_the_guards_is_a_full_mesh_with_one_stream_for_each_pair() {
        Seeds.each(20, seed -> {
            for (int nodes = 2; nodes <= 4; nodes++) {
                Simulation sim = joined(nodes, seed);
                for (SimNode node : sim.nodes()) {
                    // Two that open a stream to each other at the same moment keep both.
                    int streams = streams(node);
                    assertTrue(streams >= nodes - 1 && streams <= nodes, () -> streams + " streams at " + node);
                }
            }
        });
    }

    @Test
    void two_hundred_nodes_have_three_streams_each_and_share_those_of_others_evenly() {
        Seeds.each(5, seed -> {
            Simulation sim = joined(200, seed);
            int all = sim.nodes().stream().mapToInt(GuardStreamsTest::streams).sum();
            int most = sim.nodes().stream()
                    .mapToInt(GuardStreamsTest::streams)
                    .max()
                    .orElseThrow();
            assertEquals(2 * 3 * 200, all, "each is counted at both ends");
            assertTrue(most <= 20, () -> most + " streams at one node, of " + Guards.MAX_WARDS + " and 3");
            Heard heard = Heard.in(sim);
            sim.crash(150).run(AT_ONCE);
            assertEquals(List.of("n150"), heard.about(Event.MemberSuspected.class));
            assertTrue(accusers(heard) >= 2, () -> accusers(heard) + " accusers");
        });
    }

    @Test
    void without_guards_there_are_no_streams_and_a_node_accepts_those_of_others() {
        Config none = Config.lan().toBuilder().guards(0).build();
        Simulation sim = joined(5, 1, settings -> settings.config(none));
        assertTrue(sim.nodes().stream().allMatch(node -> streams(node) == 0));
    }

    @Test
    void members_of_serf_get_no_guard_streams_and_are_noticed_as_ever() {
        Predicate<String> ours = name -> Integer.parseInt(name.substring(1)) % 2 == 0;
        Seeds.each(20, seed -> {
            Simulation sim =
                    joined(12, seed, settings -> settings.peers((member, ability) -> ours.test(member.name())));
            // Every second one is a member of Serf in the eyes of the others: they open none to it.
            for (SimNode node : sim.nodes()) {
                if (!ours.test(node.name())) {
                    assertTrue(streams(node) <= 3, () -> streams(node) + " streams at " + node);
                }
            }
            sim.crash(3).awaitAgreement(DETECTED);
        });
    }
}
