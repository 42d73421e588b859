package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Measured local health: a node that was itself away accuses nobody before it has read what waited for it. What Lifeguard
 * leaves on the table, because it only infers local health from missing answers.
 */
class AwayTest {
    /**
     * A member is suspected; one of those who heard of it is away while the member refutes, and past the end of the
     * suspicion. Returns how often it gives the member up when it goes on, although the refutation is waiting for it.
     */
    private static long wrongVerdicts(Config config, long seed) {
        Simulation sim = Simulation.of(24).seed(seed).config(config).start();
        sim.joinAll();
        sim.awaitAgreement(Duration.ofMinutes(5));
        sim.pause(6);
        sim.runUntil(() -> suspects(sim.node(5)), Duration.ofSeconds(60));
        sim.pause(5).run(Duration.ofSeconds(3)).resume(6).run(Duration.ofSeconds(37));
        Heard heard = Heard.in(sim);
        sim.resume(5).run(Duration.ofSeconds(5));
        assertEquals(
                config.measuredHealth() ? 1 : 0,
                heard.of(sim.node(5), Event.LocalPause.class).size());
        return heard.of(sim.node(5), Event.MemberFailed.class).stream()
                .filter(failed -> failed.member().name().equals("n6"))
                .count();
    }

    private static boolean suspects(SimNode node) {
        var seen = node.sees("n6");
        return seen != null && seen.state() == MemberState.SUSPECT;
    }

    @Test
    void a_suspicion_that_ended_while_this_node_was_away_is_no_verdict() {
        Seeds.each(Seeds.MANY, seed -> assertEquals(0, wrongVerdicts(Config.lan(), seed)));
    }

    @Test
    void without_the_measure_it_is_sometimes_one() {
        Config blind = Config.lan().toBuilder().measuredHealth(false).build();
        AtomicLong wrong = new AtomicLong();
        Seeds.each(10, seed -> wrong.addAndGet(wrongVerdicts(blind, seed)));
        assertTrue(wrong.get() > 0, "no wrong verdicts: the other test proves nothing");
    }

    @Test
    void every_pause_of_half_a_probe_timeout_is_noticed_by_the_node_itself() {
        Simulation sim = Simulation.of(5).seed(9).start();
        sim.joinAll().run(Duration.ofSeconds(5));
        for (int millis : List.of(100, 249, 250, 3_000)) {
            sim.pause(2).run(Duration.ofMillis(millis)).resume(2).run(Duration.ofSeconds(3));
        }
        assertEquals(2, sim.node(2).core().counters().get(Counter.LOCAL_PAUSES));
        assertEquals(
                Duration.ofSeconds(3).toNanos(),
                sim.node(2).core().vitals().local().lastPauseNanos());
        for (SimNode node : sim.nodes()) {
            assertTrue(node.index() == 2 || node.core().counters().get(Counter.LOCAL_PAUSES) == 0, node::toString);
        }
    }
}
