package dev.hearsay.core.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hayashibara et al. 2004, section 4: phi(t) = -log10 P_later(t), with a normal fit. */
class PhiAccrualTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** -log10(erfc(z / √2) / 2), from tables of the normal distribution. */
    @ParameterizedTest
    @CsvSource({
        "-3, 0.00058667",
        "-1, 0.07503",
        "0, 0.30103",
        "0.5, 0.51069",
        "1, 0.79955",
        "1.2816, 1.00004",
        "2, 1.64302",
        "2.3263, 1.99994",
        "3, 2.86970",
        "3.0902, 2.99995",
        "4, 4.49933",
        "5, 6.54265",
        "5.6120, 8.00000",
        "6, 9.00586",
        "10, 23.11805",
        "37, 299.242",
        "100, 2173.87",
    })
    void phi_is_the_tail_of_the_normal_distribution_in_orders_of_magnitude(double deviations, double phi) {
        assertEquals(phi, NormalTail.phi(deviations), Math.max(2e-5, phi * 2e-5));
    }

    @Test
    void phi_rises_with_every_step_and_the_number_of_deviations_is_its_inverse() {
        double before = NormalTail.phi(0);
        for (int step = 1; step < 20 * 1024; step++) {
            double deviations = step / 1024.0;
            double phi = NormalTail.phi(deviations);
            assertTrue(phi > before, () -> "at " + deviations);
            before = phi;
            assertEquals(deviations, NormalTail.deviations(phi));
        }
        assertEquals(0, NormalTail.deviations(0.1));
    }

    @Test
    void silence_of_the_mean_is_phi_0_3_and_everything_shifts_with_the_acceptable_pause() {
        PhiAccrual habit = regular(1000, 100);
        assertEquals(1000 * MILLI, habit.mean());
        assertEquals(100 * MILLI, habit.deviation(), MILLI / 10.0);
        assertEquals(0.30103, habit.phi(SECOND, 0, MILLI), 1e-4);
        assertEquals(0.79955, habit.phi(1100 * MILLI, 0, MILLI), 1e-3);
        assertEquals(8, habit.phi(1561 * MILLI, 0, MILLI), 0.01);
        assertEquals(0.30103, habit.phi(4 * SECOND, 3 * SECOND, MILLI), 1e-4);
        assertEquals(0, habit.phi(0, 3 * SECOND, MILLI), 1e-9);
    }

    @Test
    void a_silence_has_reached_the_threshold_exactly_when_its_limit_has_passed() {
        for (double threshold : new double[] {0.5, 1, 2, 3, 8, 12, 100}) {
            double deviations = PhiAccrual.deviations(threshold);
            PhiAccrual habit = regular(700, 230);
            long limit = habit.limit(deviations, 3 * SECOND, 100 * MILLI);
            assertTrue(habit.phi(limit, 3 * SECOND, 100 * MILLI) >= threshold, () -> "at " + threshold);
            // The limit is rounded up to a step of 1/1024 of a deviation.
            assertTrue(habit.phi(limit - MILLI, 3 * SECOND, 100 * MILLI) < threshold, () -> "before " + threshold);
        }
    }

    @Test
    void a_member_that_is_as_regular_as_a_clock_has_the_least_deviation() {
        PhiAccrual habit = regular(1000, 0);
        assertEquals(0, habit.deviation());
        assertEquals(habit.phi(1100 * MILLI, 0, 100 * MILLI), NormalTail.phi(1), 1e-9);
    }

    @Test
    void a_first_estimate_stands_for_two_times_a_quarter_below_and_above_it() {
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        assertEquals(SECOND, habit.mean());
        assertEquals(250 * MILLI, habit.deviation());
    }

    @Test
    void only_the_last_times_count_however_many_there_have_been() {
        PhiAccrual habit = new PhiAccrual(10, 3600 * SECOND);
        for (int i = 0; i < 100_000; i++) {
            habit.heard(1000L * (i % 7) * SECOND);
        }
        for (int i = 0; i < 10; i++) {
            habit.heard(i % 2 == 0 ? SECOND : 3 * SECOND);
        }
        assertEquals(2 * SECOND, habit.mean());
        assertEquals(SECOND, habit.deviation());
    }

    @Test
    void times_beyond_what_is_kept_count_as_the_longest_and_nothing_overflows() {
        PhiAccrual habit = new PhiAccrual(1000, SECOND);
        for (int i = 0; i < 2000; i++) {
            habit.heard(Long.MAX_VALUE);
        }
        assertEquals(6710.8864 * SECOND, habit.mean());
        assertEquals(0, habit.deviation());
        habit.heard(-1);
        assertTrue(habit.deviation() > 0 && habit.mean() < 6710.8864 * SECOND);
    }

    /** Times of that mean and deviation, half of them above and half below. */
    private static PhiAccrual regular(long millis, long deviation) {
        PhiAccrual habit = new PhiAccrual(100, SECOND);
        for (int i = 0; i < 100; i++) {
            habit.heard((millis + (i % 2 == 0 ? deviation : -deviation)) * MILLI);
        }
        return habit;
    }
}
