package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Holds the simulated protocol against what the papers say it must do. */
class TheoryTest {
    private static Simulation joined(int nodes, long seed) {
        Simulation sim = Simulation.of(nodes).seed(seed).start();
        sim.joinAll();
        sim.awaitAgreement(Duration.ofMinutes(5));
        return sim;
    }

    /**
     * SWIM, section 3.1: the expected time until some member pings a crashed one is T' × 1 / (1 - e^-1) = 1.58 periods.
     * A round-robin does a little better than the random choice the formula is about; from the ping to the suspicion it
     * then takes the probe timeout, half a period, because the crashed machine refuses the stream.
     */
    @Test
    void a_crash_is_first_suspected_after_about_one_and_a_half_periods_and_the_probe_timeout_on_average() {
        int seeds = 200;
        AtomicLong total = new AtomicLong();
        Seeds.each(seeds, seed -> {
            Simulation sim = joined(16, seed);
            Heard heard = Heard.in(sim);
            sim.run(Duration.ofMillis(1 + seed * 37 % 1_000)).crash(5);
            Duration suspected = sim.runUntil(
                    () -> !heard.all(Event.MemberSuspected.class).isEmpty(), Duration.ofSeconds(20));
            total.addAndGet(suspected.toMillis());
        });
        long average = total.get() / seeds - 500;
        assertTrue(average >= 1_000 && average <= 1_750, () -> "first ping after " + average + " ms on average");
    }

    /**
     * Push with fan-out f reaches everybody in about log(n) / log(f + 1) + ln(n) / f rounds (Pittel 1987): 5.0 for
     * n = 64, f = 3, plus one on average until the first round. Four times as many members take a round and a half more.
     */
    @Test
    void news_reaches_everybody_in_a_logarithmic_number_of_gossip_rounds() {
        double few = roundsUntilAllKnow(16);
        double many = roundsUntilAllKnow(64);
        assertTrue(few >= 2 && few <= 6, () -> "16 members: " + few + " rounds");
        assertTrue(many >= 3.5 && many <= 8, () -> "64 members: " + many + " rounds");
        assertTrue(many - few <= 3, () -> "from 16 to 64 members: " + few + " to " + many + " rounds");
    }

    private static double roundsUntilAllKnow(int nodes) {
        int seeds = 40;
        Bytes news = Bytes.of((byte) 7);
        AtomicLong total = new AtomicLong();
        Seeds.each(seeds, seed -> {
            Simulation sim = joined(nodes, seed).run(Duration.ofSeconds(10)).updateMeta(0, news);
            Duration known = sim.runUntil(
                    () -> sim.nodes().stream()
                            .allMatch(node -> node.sees("n0").meta().equals(news)),
                    Duration.ofMinutes(2));
            total.addAndGet(known.toMillis());
        });
        return (double) total.get() / seeds / 200;
    }

    /** SWIM, section 5: about two messages sent per member and period while nothing happens, whatever the size. */
    @Test
    void a_quiet_cluster_sends_two_packets_per_member_and_period() {
        Seeds.each(10, seed -> {
            Simulation sim = joined(40, seed).run(Duration.ofSeconds(30));
            long before = sim.totals().packets();
            sim.run(Duration.ofSeconds(50));
            assertTrue(sim.totals().packets() - before <= 2 * 40 * 50 + 80, () -> sim.totals().toString());
        });
    }
}
