package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What users of memberlist and Serf have complained about for years, each under the number where it was asked, each over
 * many seeds, with the {@link Invariants} checked after every event.
 */
class ComplaintsTest {
    // The longest suspicion among up to 20 members is 32 s; detection and spreading add a few seconds.
    private static final Duration DETECTED = Duration.ofSeconds(60);
    private static final Duration REPAIRED = Duration.ofMinutes(5);

    private static Simulation joined(int nodes, long seed) {
        Simulation sim = Simulation.of(nodes).seed(seed).start();
        sim.joinAll().awaitAgreement(REPAIRED);
        return sim;
    }

    /** And consul#733, #4879, #6897, cortex#2130: a pod that comes back under a new address before anybody missed it. */
    @Test
    void memberlist_157_a_restart_at_another_address_wins_while_the_old_one_is_still_believed_alive() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(8, seed);
            sim.crash(5).run(Duration.ofMillis(300)).restartElsewhere(5).join(5, 0);
            sim.runUntil(
                    () -> sim.nodes().stream()
                            .allMatch(node ->
                                    node.sees("n5").address().equals(sim.node(5).address())),
                    DETECTED);
            sim.awaitAgreement(DETECTED);
        });
    }

    /** The other half: as long as the holder answers, a second process of its name stays outside. */
    @Test
    void memberlist_157_a_second_process_does_not_take_the_name_of_one_that_answers() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = Simulation.of(6).seed(seed).hostile().start();
            sim.joinAll().awaitAgreement(REPAIRED);
            Heard heard = Heard.in(sim);
            Address elsewhere = Address.ipv4(10, 9, 9, 9, 7946);
            Message claim = new Message.Alive("n5", 1_000, elsewhere, Bytes.EMPTY, Versions.SERF);
            sim.nodes(0, 5).forEach(node -> sim.adversary().send(elsewhere, node, claim, Duration.ZERO));
            sim.run(Duration.ofSeconds(30));
            for (SimNode node : sim.nodes()) {
                assertEquals(sim.node(5).address(), node.sees("n5").address(), node::toString);
            }
            assertEquals(5, heard.all(Event.NameConflict.class).size());
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
        });
    }

    /** And wesher#11, gravity#2100, antrea#4491, metallb#662. Gossip is slowed down, as hours are many rounds of it. */
    @Test
    void serf_605_a_partition_of_two_hours_heals_by_itself() {
        Config slow = Config.wan().toBuilder()
                .gossipInterval(Duration.ofSeconds(2))
                .reconnectInterval(Duration.ofSeconds(60))
                .build();
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = Simulation.of(6).seed(seed).config(slow).start();
            sim.joinAll().awaitAgreement(Duration.ofMinutes(10));
            sim.partition(sim.nodes(0, 2), sim.nodes(2, 6)).run(Duration.ofHours(2));
            assertEquals(2, sim.node(0).members().live());
            assertEquals(4, sim.node(5).members().live());
            sim.heal().awaitAgreement(Duration.ofMinutes(30));
        });
    }

    /** And memberlist#242, consul#4195: whoever is cut off must notice, not only those who miss it. */
    @Test
    void serf_627_a_node_that_is_cut_off_does_not_go_on_to_see_the_others_alive() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(8, seed);
            sim.partition(sim.nodes(3, 4), List.of(sim.node(0), sim.node(1), sim.node(2), sim.node(4), sim.node(5)));
            sim.partition(sim.nodes(3, 4), sim.nodes(6, 8));
            sim.runUntil(() -> sim.node(3).members().live() == 1, Duration.ofMinutes(5));
            sim.heal().awaitAgreement(Duration.ofMinutes(10));
        });
    }

    /** memberlist's probe ends without a verdict when its packet cannot be sent: such a member stays alive for ever. */
    @Test
    void a_member_that_nobody_can_send_a_packet_to_is_given_up_all_the_same() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(8, seed);
            sim.loseRoutes(others(sim, 5), sim.nodes(5, 6)).powerOff(5);
            sim.runUntil(() -> others(sim, 5).stream().allMatch(node -> seesDead(node, "n5")), Duration.ofSeconds(60));
            assertTrue(others(sim, 5).stream().anyMatch(node -> unsent(node) > 0));
        });
    }

    @Test
    void a_member_that_one_other_cannot_send_a_packet_to_is_vouched_for_at_once() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(8, seed);
            Heard heard = Heard.in(sim);
            sim.loseRoutes(sim.nodes(0, 1), sim.nodes(5, 6)).run(Duration.ofSeconds(60));
            assertTrue(unsent(sim.node(0)) > 0);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            sim.heal().awaitAgreement(Duration.ZERO);
        });
    }

    private static List<SimNode> others(Simulation sim, int but) {
        return sim.nodes().stream().filter(node -> node.index() != but).toList();
    }

    private static boolean seesDead(SimNode node, String name) {
        return node.sees(name).state() == MemberState.DEAD;
    }

    private static long unsent(SimNode node) {
        return node.core().counters().get(Counter.PINGS_UNSENT);
    }

    /** Everything is restarted at once, as by a deployment or a power cut, and each process knows one seed. */
    @Test
    void all_are_restarted_at_once_and_nobody_is_lost_or_damped() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(12, seed);
            Heard heard = Heard.in(sim);
            for (int round = 0; round < 3; round++) {
                sim.nodes().forEach(node -> sim.crash(node.index()));
                sim.run(Duration.ofMillis(100));
                sim.nodes().forEach(node -> sim.restart(node.index()));
                sim.joinAll().awaitAgreement(REPAIRED);
                sim.run(Duration.ofSeconds(10));
            }
            assertEquals(List.of(), heard.about(Event.MemberFailed.class));
            assertEquals(List.of(), heard.about(Event.MemberDamped.class));
        });
    }

    /** A restart is no flap, however often: each is given up before it comes back. */
    @Test
    void members_that_are_restarted_again_and_again_are_not_damped() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(6, seed);
            Heard heard = Heard.in(sim);
            for (int round = 0; round < 4; round++) {
                sim.run(Duration.ofSeconds(5)).crash(4).awaitAllSee(5, DETECTED);
                sim.restart(4).join(4, 0).awaitAgreement(REPAIRED);
            }
            assertEquals(List.of(), heard.about(Event.MemberDamped.class));
        });
    }

    /** When half of the others fail and return together, it is the network that flaps. */
    @Test
    void partitions_that_come_again_and_again_damp_nobody() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(9, seed);
            Heard heard = Heard.in(sim);
            for (int round = 0; round < 4; round++) {
                sim.partition(sim.nodes(0, 4), sim.nodes(4, 9)).run(Duration.ofSeconds(45));
                sim.heal().awaitAgreement(Duration.ofMinutes(10));
            }
            assertEquals(List.of(), heard.about(Event.MemberDamped.class));
        });
    }

    /** They were never forgotten: push/pulls grew until their limit was hit, and then nobody could join. */
    @Test
    void memberlist_253_members_that_left_are_reaped() {
        Config soon = Config.lan().toBuilder()
                .reapLeftAfter(Duration.ofSeconds(60))
                .reapFailedAfter(Duration.ofSeconds(60))
                .build();
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = Simulation.of(8).seed(seed).config(soon).start();
            sim.joinAll().awaitAgreement(REPAIRED);
            sim.leave(2).leave(3).leave(4).crash(5).awaitAllSee(4, DETECTED);
            sim.run(Duration.ofMinutes(2));
            for (SimNode node : List.of(sim.node(0), sim.node(1), sim.node(6), sim.node(7))) {
                assertEquals(4, node.members().size(), node::toString);
            }
            sim.restart(3).join(3, 6).awaitAgreement(REPAIRED);
        });
    }

    /** memberlist believes them, and from then on every push/pull of that node fails. */
    @Test
    void a_member_with_impossible_versions_is_not_believed_and_poisons_no_push_pull() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = Simulation.of(5).seed(seed).hostile().start();
            sim.join(1, 0).join(2, 0).join(3, 0).run(Duration.ofSeconds(10));
            Address elsewhere = Address.ipv4(10, 9, 9, 9, 7946);
            Message poison = new Message.Alive("poison", 1, elsewhere, Bytes.EMPTY, new Versions(6, 5, 2, 6, 5, 2));
            sim.nodes().forEach(node -> sim.adversary().send(elsewhere, node, poison, Duration.ZERO));
            sim.run(Duration.ofSeconds(1)).join(4, 2).awaitAgreement(REPAIRED);
            for (SimNode node : sim.nodes()) {
                assertEquals(5, node.members().size(), node::toString);
                assertTrue(node.core().counters().get(Counter.VERSIONS_REJECTED) > 0, node::toString);
            }
        });
    }
}
