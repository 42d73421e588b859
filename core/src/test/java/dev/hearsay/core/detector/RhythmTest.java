package dev.hearsay.core.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.HeartbeatConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What chance explains of a silence. */
class RhythmTest {
    private static final long SECOND = 1_000_000_000;

    private static Rhythm after(int intervals, int others, int packets, int counters) {
        Rhythm rhythm = new Rhythm(HeartbeatConfig.DEFAULTS);
        for (int i = 0; i < intervals; i++) {
            for (int p = 0; p < packets; p++) {
                rhythm.packet(counters);
            }
            rhythm.next(others, true);
        }
        return rhythm;
    }

    @Test
    void where_packets_have_room_for_all_the_rate_is_about_that_of_packets() {
        assertEquals(3, Rhythm.rate(100_000, 3, 100_000), 0.01);
        assertEquals(3.05, Rhythm.rate(99, 3, 100), 0.01);
        assertEquals(-4 * Math.log(1 / 4.0), Rhythm.rate(4, 3, 100), 1e-9);
    }

    @Test
    void above_it_falls_in_proportion_to_the_cluster() {
        assertEquals(0.303, Rhythm.rate(999, 3, 100), 0.001);
        assertEquals(0.0303, Rhythm.rate(9999, 3, 100), 0.0001);
    }

    @Test
    void among_so_few_that_all_send_to_all_chance_plays_no_part() {
        assertEquals(Double.POSITIVE_INFINITY, Rhythm.rate(3, 3, 100));
        assertEquals(Double.POSITIVE_INFINITY, Rhythm.rate(0, 0, 0));
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        Rhythm rhythm = after(1, 3, 3, 2);
        assertEquals(habit.phi(5 * SECOND, 3 * SECOND, SECOND / 10), rhythm.phi(habit, 5 * SECOND));
        assertEquals(0, rhythm.phi(habit, 0), 1e-9);
    }

    @Test
    void half_of_the_packets_lost_make_twice_the_silence_as_likely() {
        PhiAccrual habit = new PhiAccrual(100, SECOND / 100);
        long silence = 60 * SECOND + (long) habit.mean();
        double all = after(64, 500, 4, 50).phi(habit, silence);
        double half = after(64, 500, 2, 50).phi(habit, silence);
        assertEquals(2, all / half, 0.02);
        assertTrue(
                after(64, 500, 4, 50).limit(habit) * 1.9 < after(64, 500, 2, 50).limit(habit));
    }

    @Test
    void the_limit_is_the_silence_at_which_phi_is_the_threshold() {
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        Rhythm rhythm = after(64, 500, 3, 100);
        assertEquals(8, rhythm.phi(habit, rhythm.limit(habit)), 1e-6);
        assertEquals(1 + 8 * Math.log(10) / Rhythm.rate(500, 3, 100), (double) rhythm.limit(habit) / SECOND, 1e-6);
    }

    @Test
    void what_comes_while_this_node_was_away_is_not_measured_but_counts_as_heard() {
        Rhythm rhythm = after(64, 500, 3, 100);
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        long before = rhythm.limit(habit);
        rhythm.packet(100);
        assertTrue(rhythm.next(500, false));
        assertEquals(before, rhythm.limit(habit));
    }

    @Test
    void a_silence_of_all_counts_when_it_has_ended_and_not_while_it_is_judged() {
        Rhythm rhythm = after(3, 500, 3, 100);
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        long before = rhythm.limit(habit);
        for (int i = 0; i < 10; i++) {
            assertTrue(!rhythm.next(500, true));
        }
        assertEquals(before, rhythm.limit(habit));
        rhythm.packet(100);
        assertTrue(rhythm.next(500, true));
        assertTrue(rhythm.limit(habit) > before);
    }

    @Test
    void a_silence_that_led_to_a_suspicion_is_no_rhythm() {
        Rhythm rhythm = after(64, 500, 1, 100);
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        long before = rhythm.limit(habit);
        for (int i = 0; i < 10; i++) {
            rhythm.next(500, true);
        }
        rhythm.outage();
        rhythm.packet(100);
        rhythm.next(500, true);
        assertEquals(before, rhythm.limit(habit));
    }

    @Test
    void a_fixed_timeout_is_the_limit_whatever_is_usual() {
        Rhythm fixed = new Rhythm(HeartbeatConfig.DEFAULTS.withTimeout(Duration.ofSeconds(10)));
        fixed.packet(100);
        fixed.next(500, true);
        assertEquals(10 * SECOND, fixed.limit(new PhiAccrual(100, 60 * SECOND)));
    }
}
