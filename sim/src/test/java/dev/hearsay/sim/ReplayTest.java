package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whoever can see and send packets sends what was said before: without the key, too, because nothing in an encrypted
 * packet says when it was sent.
 */
class ReplayTest {
    private static final int SEEDS = 20;
    private static final Duration REPAIRED = Duration.ofMinutes(5);

    private static Simulation joined(int nodes, long seed) {
        Simulation sim =
                Simulation.of(nodes).seed(seed).codec(new WireCodec()).hostile().start();
        sim.joinAll().awaitAgreement(REPAIRED);
        return sim;
    }

    private static Bytes meta(String text) {
        return Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void everything_ever_said_can_be_sent_again_at_once_and_much_later_and_changes_nothing_in_the_end() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = Simulation.of(10)
                    .seed(seed)
                    .codec(new WireCodec())
                    .hostile()
                    .start();
            Wiretap tap = Wiretap.on(sim);
            sim.joinAll().awaitAgreement(REPAIRED);
            sim.updateMeta(1, meta("old")).run(Duration.ofSeconds(5));
            List<Claim> once = claims(sim.node(0));
            sim.crash(3).awaitAgreement(REPAIRED);
            sim.restart(3).join(3, 0).awaitAgreement(REPAIRED);
            sim.crash(4).awaitAgreement(REPAIRED);
            sim.leave(5).run(Duration.ofSeconds(10)).awaitAgreement(REPAIRED);
            sim.updateMeta(1, meta("new")).run(Duration.ofSeconds(5));

            tap.replay(packet -> true, Duration.ofSeconds(10), random);
            sim.run(Duration.ofSeconds(10)).awaitAgreement(REPAIRED);
            sim.run(Duration.ofMinutes(20));
            tap.replay(packet -> true, Duration.ofSeconds(10), random);
            sim.nodes().stream()
                    .filter(SimNode::isUp)
                    .forEach(node -> sim.adversary().ask(node, new PushPull(true, once, null)));
            sim.run(Duration.ofSeconds(10)).awaitAgreement(REPAIRED);

            sim.run(Duration.ofMinutes(5)).awaitAgreement(Duration.ZERO);
            for (SimNode node : sim.nodes()) {
                if (node.isUp()) {
                    assertEquals(meta("new"), node.sees("n1").meta(), node::toString);
                    assertEquals(MemberState.DEAD, node.sees("n4").state(), node::toString);
                    assertEquals(MemberState.LEFT, node.sees("n5").state(), node::toString);
                }
            }
        });
    }

    @Test
    void a_dead_member_is_not_kept_alive_by_acks_it_once_gave_to_the_former_self_of_the_prober() {
        Seeds.each(SEEDS, seed -> {
            Simulation sim = joined(2, seed);
            Wiretap tap = Wiretap.on(sim);
            sim.run(Duration.ofMinutes(2));
            sim.crash(0).run(Duration.ofMillis(100)).restart(0).join(0, 1);
            sim.awaitAgreement(REPAIRED);
            sim.crash(1);
            // Each comes soon after any ping: none would stay unanswered for longer than 150 ms.
            for (int i = 0; i < 600; i++) {
                tap.replay(packet -> carries(packet, Message.Ack.class), Duration.ofMillis(50), new Random(i));
                sim.run(Duration.ofMillis(100));
            }
            assertEquals(MemberState.DEAD, sim.node(0).sees("n1").state());
        });
    }

    private static boolean carries(Wiretap.Packet packet, Class<? extends Message> kind) {
        return kind.isInstance(packet.message())
                || (packet.message() instanceof Message.Compound compound
                        && compound.parts().stream().anyMatch(kind::isInstance));
    }

    @Test
    void a_node_that_gets_all_its_own_packets_back_harms_nobody_and_still_notices_a_crash() {
        Seeds.each(SEEDS, seed -> {
            Simulation sim = joined(8, seed);
            Heard heard = Heard.in(sim);
            sim.listen(new Simulation.Listener() {
                @Override
                public void onSent(SimNode from, Address to, Message message) {
                    if (from.isUp()) {
                        sim.adversary().send(to, from, message, Duration.ofMillis(1));
                    }
                }
            });
            sim.run(Duration.ofMinutes(2)).awaitAgreement(Duration.ZERO);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            sim.crash(6).awaitAgreement(Duration.ofSeconds(60));
            assertEquals(List.of("n6"), heard.about(Event.MemberFailed.class));
        });
    }

    @Test
    void packets_that_come_three_times_and_in_any_order_harm_nobody_and_hide_no_crash() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(8, seed);
            Heard heard = Heard.in(sim);
            sim.listen(new Simulation.Listener() {
                @Override
                public void onSent(SimNode from, Address to, Message message) {
                    for (SimNode node : sim.nodes()) {
                        if (node.address().equals(to) && node.isUp()) {
                            for (int i = 0; i < 2; i++) {
                                Duration late = Duration.ofMillis(random.nextInt(5000));
                                sim.adversary().send(from.address(), node, message, late);
                            }
                        }
                    }
                }
            });
            sim.updateMeta(1, meta("a")).run(Duration.ofSeconds(2)).updateMeta(1, meta("b"));
            sim.run(Duration.ofMinutes(2)).awaitAgreement(Duration.ZERO);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            sim.crash(6).awaitAgreement(Duration.ofSeconds(60));
            sim.leave(5).run(Duration.ofSeconds(20)).awaitAgreement(REPAIRED);
            assertEquals(List.of("n6"), heard.about(Event.MemberFailed.class));
            assertTrue(sim.nodes(0, 5).stream()
                    .allMatch(node -> node.sees("n1").meta().equals(meta("b"))));
        });
    }

    private static List<Claim> claims(SimNode node) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < node.members().size(); i++) {
            claims.add(node.members().at(i).claim());
        }
        return claims;
    }
}
