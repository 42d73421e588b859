package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How fast one of twenty members is missed, by how it is gone; and who is spared. */
class DetectionTest {
    private static final int NODES = 20;
    private static final int VICTIM = 5;

    private enum Fault {
        KILLED,
        STOPPED
    }

    /** Until all others list it as failed: milliseconds, in order. */
    private static List<Long> untilAllKnow(Config config, Fault fault) {
        List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(config, seed);
            if (fault == Fault.KILLED) {
                sim.crash(VICTIM);
            } else {
                sim.pause(VICTIM);
            }
            millis.add(sim.awaitAllSee(NODES - 1, Duration.ofMinutes(2)).toMillis());
        });
        Collections.sort(millis);
        return millis;
    }

    private static Simulation joined(Config config, long seed) {
        Simulation sim = Simulation.of(NODES).seed(seed).config(config).start();
        sim.joinAll();
        sim.awaitAgreement(Duration.ofMinutes(5));
        // Each has probed each by then, at any phase of the period.
        return sim.run(Duration.ofMillis(60_000 + seed * 37 % 1_000));
    }

    private static void within(List<Long> millis, long median, long ninetiethPercentile) {
        long m = millis.get(millis.size() / 2);
        long p = millis.get(millis.size() * 9 / 10);
        assertTrue(
                m <= median && p <= ninetiethPercentile,
                () -> "median " + m + " ms, 90th percentile " + p + " ms, worst " + millis.get(millis.size() - 1));
    }

    @Test
    void a_killed_process_is_missed_by_all_within_two_seconds() {
        within(untilAllKnow(Config.lan(), Fault.KILLED), 2_000, 4_000);
    }

    @Test
    void a_stopped_process_is_missed_by_all_within_six_seconds() {
        within(untilAllKnow(Config.lan(), Fault.STOPPED), 6_000, 7_500);
    }

    @Test
    void memberlists_own_settings_take_as_long_as_memberlist() {
        within(untilAllKnow(Config.memberlist(), Fault.KILLED), 8_000, 9_500);
        assertTrue(
                untilAllKnow(Config.memberlist(), Fault.STOPPED).get(0) >= 5_200, "sooner than the shortest suspicion");
    }

    @Test
    void a_process_that_is_back_after_half_the_gone_timeout_is_not_given_up() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(Config.lan(), seed);
            Heard heard = Heard.in(sim);
            sim.crash(VICTIM).run(Duration.ofMillis(250)).restart(VICTIM).join(VICTIM, 0);
            sim.run(Duration.ofSeconds(30)).awaitAgreement(Duration.ofMinutes(5));
            assertEquals(List.of(), heard.about(Event.MemberFailed.class));
        });
    }

    @Test
    void pauses_below_the_shortest_suspicion_cost_nobody_its_place() {
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = joined(Config.lan(), seed);
            Heard heard = Heard.in(sim);
            for (int i = 0; i < 3; i++) {
                long pause = 500 + seed * 131 % 2_500;
                sim.pause(VICTIM + i).run(Duration.ofMillis(pause)).resume(VICTIM + i);
                sim.run(Duration.ofSeconds(5));
            }
            sim.run(Duration.ofSeconds(40));
            assertEquals(List.of(), heard.about(Event.MemberFailed.class));
        });
    }
}
