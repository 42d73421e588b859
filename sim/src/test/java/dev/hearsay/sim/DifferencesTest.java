package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters.Counter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Push/pull by differences: nothing is sent when nothing is different, and what is different is found. */
class DifferencesTest {
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static Simulation settled(int nodes, long seed) {
        Simulation sim = Simulation.of(nodes).seed(seed).start();
        sim.joinAll().awaitAgreement(Duration.ofMinutes(5));
        return sim.run(SETTLED);
    }

    private static long counted(Simulation sim, Counter counter) {
        return sim.nodes().stream()
                .mapToLong(node -> node.core().counters().get(counter))
                .sum();
    }

    @Test
    void while_all_believe_the_same_no_exchange_sends_a_member() {
        Seeds.each(20, seed -> {
            Simulation sim = settled(40, seed);
            long all = counted(sim, Counter.PUSH_PULLS);
            long equal = counted(sim, Counter.PUSH_PULLS_EQUAL);
            sim.run(SETTLED);
            long exchanges = counted(sim, Counter.PUSH_PULLS) - all;
            assertTrue(exchanges > 40, () -> exchanges + " exchanges");
            assertEquals(exchanges, counted(sim, Counter.PUSH_PULLS_EQUAL) - equal);
        });
    }

    @Test
    void what_somebody_missed_while_it_was_cut_off_it_gets_from_an_exchange() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = settled(20, seed);
            Bytes news = Bytes.of((byte) 7);
            // Gossip is over long before the suspicions are.
            sim.cut(sim.nodes(0, 19), sim.nodes(19, 20));
            sim.updateMeta(3, news).run(Duration.ofSeconds(1));
            assertEquals(Bytes.EMPTY, sim.node(19).sees("n3").meta());
            sim.heal().run(SETTLED);
            for (SimNode node : sim.nodes()) {
                assertEquals(news, node.sees("n3").meta(), node::toString);
            }
            sim.awaitAgreement(Duration.ZERO);
        });
    }

    @Test
    void a_member_that_left_long_ago_makes_no_difference_to_one_that_came_later() {
        Seeds.each(20, seed -> {
            Simulation sim = Simulation.of(12).seed(seed).start();
            for (int i = 1; i < 11; i++) {
                sim.join(i, 0);
            }
            sim.run(Duration.ofMinutes(1));
            sim.leave(3).run(Duration.ofMinutes(1)).join(11, 0).run(SETTLED);
            List<SimNode> others = sim.nodes().stream().filter(SimNode::isUp).toList();
            long all = others.stream()
                    .mapToLong(node -> node.core().counters().get(Counter.PUSH_PULLS))
                    .sum();
            long equal = others.stream()
                    .mapToLong(node -> node.core().counters().get(Counter.PUSH_PULLS_EQUAL))
                    .sum();
            sim.run(SETTLED);
            assertEquals(
                    others.stream()
                                    .mapToLong(node -> node.core().counters().get(Counter.PUSH_PULLS))
                                    .sum()
                            - all,
                    others.stream()
                                    .mapToLong(node -> node.core().counters().get(Counter.PUSH_PULLS_EQUAL))
                                    .sum()
                            - equal);
        });
    }
}
