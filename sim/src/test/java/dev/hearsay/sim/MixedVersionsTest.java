package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.sim.Generations.Generation;
import dev.hearsay.wire.DropReason;
import dev.hearsay.wire.Tags;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three generations of programs in one cluster, and a fourth that cannot be there, over the bytes of each. */
class MixedVersionsTest {
    private static final Duration DETECTED = Duration.ofSeconds(60);
    private static final Duration REPAIRED = Duration.ofMinutes(5);
    private static final int SEEDS = 10;
    private static final int NODES = 9;

    private final Generation[] thirds = {Generation.PAST, Generation.PRESENT, Generation.FUTURE};

    @Test
    void all_generations_see_each_other_and_agree_on_a_crash_and_what_is_unknown_is_counted() {
        Seeds.each(SEEDS, seed -> {
            Generations generations = new Generations(index -> thirds[index % 3]);
            Simulation sim = generations.start(NODES, seed);
            Heard heard = Heard.in(sim);
            sim.joinAll().awaitAgreement(REPAIRED);
            sim.run(Duration.ofSeconds(30)).awaitAgreement(Duration.ZERO);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            long received = 0;
            for (SimNode node : sim.nodes()) {
                checkView(sim, generations, node);
                received += checkCounted(generations, node);
            }
            assertTrue(received > 0 && received <= generations.framesSent(), "frames: " + received);

            sim.crash(4);
            sim.awaitAllSee(NODES - 1, DETECTED);
            assertEquals(List.of("n4"), heard.about(Event.MemberFailed.class));
            sim.restart(4).join(4, 3).awaitAgreement(REPAIRED);
            assertEquals(0, sim.falseVerdicts());
        });
    }

    @Test
    void every_node_is_upgraded_one_at_a_time_without_a_false_verdict() {
        Seeds.each(SEEDS, seed -> {
            Generations generations = new Generations(index -> thirds[index % 3]);
            Simulation sim = generations.start(NODES, seed);
            Heard heard = Heard.in(sim);
            sim.joinAll().awaitAgreement(REPAIRED);
            for (int i = 0; i < 2 * NODES; i++) {
                int index = i % NODES;
                SimNode node = sim.node(index);
                if (i % 2 == 0) {
                    sim.leave(index).runUntil(node::hasLeft, Duration.ofSeconds(30));
                } else {
                    sim.crash(index).awaitAllSee(NODES - 1, DETECTED);
                }
                generations.upgrade(node);
                sim.restart(index).join(index, (index + 1) % NODES);
                // Whoever has not heard of a quick restart agrees already, and sees what it was before.
                sim.awaitAgreement(REPAIRED);
                sim.run(Duration.ofSeconds(2)).awaitAgreement(REPAIRED);
                for (SimNode each : sim.nodes()) {
                    checkView(sim, generations, each);
                }
            }
            sim.nodes().forEach(node -> assertEquals(Generation.FUTURE, generations.of(node)));
            assertEquals(0, sim.falseVerdicts());
            List<String> crashed = sim.nodes().stream().map(SimNode::name).toList();
            assertEquals(crashed, heard.about(Event.MemberFailed.class), "each was crashed once, and left once");
        });
    }

    @Test
    void a_version_that_nobody_understands_is_refused_and_counted_and_disturbs_nobody() {
        Seeds.each(SEEDS, seed -> {
            Generations generations = new Generations(index -> index == NODES ? Generation.FOREIGN : thirds[index % 3]);
            Simulation sim = generations.start(NODES + 1, seed);
            Heard heard = Heard.in(sim);
            SimNode stranger = sim.node(NODES);
            for (int i = 1; i < NODES; i++) {
                sim.join(i, 0);
            }
            sim.runUntil(
                    () -> sim.nodes(0, NODES).stream().allMatch(n -> n.members().live() == NODES), REPAIRED);

            sim.join(NODES, 4).join(7, NODES).run(Duration.ofSeconds(10));
            assertEquals(List.of("Node 'n4' protocol version (2) is incompatible: [7, 9]"), refusals(heard, stranger));
            assertEquals(
                    List.of("Node 'n9' protocol version (8) is incompatible: [1, 5]"), refusals(heard, sim.node(7)));
            assertEquals(1, heard.of(sim.node(4), Event.MergeRefused.class).size());
            assertEquals(1, heard.of(stranger, Event.MergeRefused.class).size());

            Member self = stranger.core().self();
            generations.poison(new Message.Alive(self.name(), 1, self.address(), self.meta(), self.versions()));
            sim.run(Duration.ofMinutes(2));
            for (SimNode node : sim.nodes(0, NODES)) {
                assertTrue(node.core().counters().get(Counter.VERSIONS_REJECTED) > 0, node::toString);
                assertEquals(NODES, node.members().size(), node::toString);
            }
            assertEquals(1, stranger.members().size());
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
        });
    }

    private static List<String> refusals(Heard heard, SimNode node) {
        return heard.of(node, Event.SeedFailed.class).stream()
                .filter(failed -> failed.failure() == StreamFailure.INCOMPATIBLE)
                .map(Event.SeedFailed::detail)
                .toList();
    }

    /** What others announce has arrived whole, whatever is between the two. */
    private static void checkView(Simulation sim, Generations generations, SimNode observer) {
        for (SimNode node : sim.nodes()) {
            Member member = observer.sees(node.name());
            Generation generation = generations.of(node);
            assertTrue(member != null && member.state() == MemberState.ALIVE, () -> observer + " sees " + member);
            assertEquals(generation.versions, member.versions());
            assertEquals(generation.tags(), Tags.decode(member.meta()));
            assertEquals(node.core().self().meta(), member.meta());
        }
    }

    /** Returns how many extension frames the node has counted. */
    private static long checkCounted(Generations generations, SimNode node) {
        boolean past = generations.of(node) == Generation.PAST;
        long frames = node.core().counters().get(Counter.EXTENSIONS_UNKNOWN);
        assertEquals(past, frames == 0, node + " counted frames: " + frames);
        // Three members of the future, each with one record of a later version; the past does not look there.
        long trailers = generations.drops(node).get(DropReason.UNKNOWN_TRAILER);
        assertEquals(past ? 0 : 3, trailers, node::toString);
        assertEquals(trailers, generations.drops(node).total(), () -> node + " dropped " + generations.drops(node));
        return frames;
    }
}
