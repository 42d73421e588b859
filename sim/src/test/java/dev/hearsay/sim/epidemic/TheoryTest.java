package dev.hearsay.sim.epidemic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The formulas against the numbers that the papers, or arithmetic by hand, give for them. */
class TheoryTest {
    @Test
    void push_doubles_at_first_and_misses_one_in_e_of_the_rest_in_the_end() {
        double[] curve = Theory.pushCurve(1_000_000, 1, 0, 60);
        assertEquals(1, curve[0]);
        assertEquals(1_024, curve[10], 1);
        assertEquals((1_000_000 - curve[30]) / Math.E, 1_000_000 - curve[31], 0.05 * (1_000_000 - curve[31]));
        assertEquals(1_000_000, curve[60], 1e-3);
    }

    @Test
    void push_with_fan_out_and_loss_grows_by_the_messages_that_arrive() {
        double[] curve = Theory.pushCurve(1_000_000, 4, 0.25, 4);
        assertEquals(Math.pow(1 + 4 * 0.75, 4), curve[4], 0.1);
    }

    @Test
    void a_fan_out_of_all_others_informs_all_in_one_round_and_a_curve_never_falls() {
        assertEquals(10, Theory.pushCurve(10, 20, 0, 1)[1]);
        double[] curve = Theory.pushCurve(50, 2, 0.5, 100);
        for (int round = 1; round < curve.length; round++) {
            assertTrue(curve[round] >= curve[round - 1] && curve[round] <= 50);
        }
    }

    @Test
    void push_in_time_is_push_in_rounds_if_messages_take_no_time_and_nobody_stops() {
        double[] rounds = Theory.pushCurve(1000, 3, 0.1, 12);
        double[] time = Theory.pushInTime(1000, 3, 0.1, 1000, 200, 0);
        for (int round = 0; round < time.length / 2; round++) {
            int at = (int) (time[2 * round] / 200);
            // What is informed at one moment comes hop by hop: the last of these counts.
            if (2 * round + 3 >= time.length || time[2 * round + 2] > time[2 * round]) {
                assertEquals(rounds[at], time[2 * round + 1], 1, "round " + at);
            }
        }
        assertTrue(1000 - time[time.length - 1] < 0.5);
    }

    @Test
    void push_in_time_hears_a_latency_after_each_interval_and_ends_when_nobody_sends_any_more() {
        double[] curve = Theory.pushInTime(100, 2, 0, 1, 200, 30);
        assertEquals(0, curve[0]);
        assertEquals(1, curve[1]);
        assertEquals(230, curve[2]);
        assertEquals(3, curve[3], 1e-9);
        assertEquals(460, curve[4]);
        assertEquals(7, curve[5], 0.3);
        double last = curve[curve.length - 1];
        assertTrue(last > 75 && last < 85, "whoever sends twice leaves e^-2 and more: 1 - s = e^-2(1-s) has " + last);
    }

    /** Pittel: 16.9 rounds for a thousand, 33.7 for a million; simulation has about one round more (18.0, 34.6). */
    @Test
    void pittels_rounds_of_push() {
        assertEquals(16.87, Theory.pushRounds(1_000, 1, 0), 0.01);
        assertEquals(33.75, Theory.pushRounds(1_000_000, 1, 0), 0.01);
        assertEquals(7.29, Theory.pushRounds(1_000, 3, 0), 0.01);
        assertTrue(Theory.pushRounds(1_000, 3, 0.25) > Theory.pushRounds(1_000, 3, 0.1));
    }

    @Test
    void pull_and_push_pull_need_log_log_n_for_the_last() {
        assertEquals(9.966 + 2.788, Theory.pullRounds(1_000, 1), 0.001);
        assertEquals(6.288 + 2.788, Theory.pushPullRounds(1_000, 1), 0.001);
    }

    /** Demers et al. 1987, section 1.4. */
    @Test
    void a_fifth_misses_the_rumor_at_k_1_and_six_percent_at_k_2() {
        assertEquals(0.20, Theory.residueOfCoin(1), 0.005);
        assertEquals(0.06, Theory.residueOfCoin(2), 0.001);
        assertEquals(0.183, Theory.residueOfTraffic(1.7), 0.001);
    }

    @Test
    void a_crash_is_first_pinged_after_1_58_periods_and_by_all_after_2n_minus_1() {
        assertEquals(1.582, Theory.firstDetectionPeriods(1_000_000), 0.001);
        assertEquals(1, Theory.firstDetectionPeriods(2));
        assertEquals(127, Theory.completenessPeriods(64));
    }

    @Test
    void false_positives_fall_with_each_helper() {
        assertEquals(2.9e-2, Theory.falsePositives(0.05, 1), 5e-4);
        assertEquals(9.8e-4, Theory.falsePositives(0.05, 3), 5e-6);
        assertEquals(1.2e-2, Theory.falsePositives(0.10, 3), 5e-4);
        assertEquals(1.2e-1, Theory.falsePositives(0.20, 3), 5e-3);
        assertEquals(0.19, Theory.failedProbes(0.1, 0), 1e-9);
    }

    @Test
    void phi_is_the_number_of_nines() {
        assertEquals(1e-8, Theory.phiMistakes(8), 1e-15);
    }

    @Test
    void what_cannot_be_is_refused_by_name() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Theory.pushCurve(1, 1, 0, 1))
                .getMessage()
                .contains("n 1"));
        assertThrows(IllegalArgumentException.class, () -> Theory.pushCurve(10, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Theory.pushCurve(10, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Theory.pushCurve(10, 1, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> Theory.pushCurve(10, 1, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> Theory.residueOfCoin(0));
    }
}
