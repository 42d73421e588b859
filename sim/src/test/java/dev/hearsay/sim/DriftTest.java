package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Prng;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_clock_that_runs_a_tenth_fast_shows_11_seconds_after_10_and_goes_on_from_there() {
        MachineClock clock = new MachineClock(5);
        clock.drift(100_000, 0);
        assertEquals(5 + 11 * SECOND, clock.local(10 * SECOND));
        clock.drift(-500_000, 10 * SECOND);
        assertEquals(5 + 11 * SECOND, clock.local(10 * SECOND));
        assertEquals(5 + 16 * SECOND, clock.local(20 * SECOND));
        clock.drift(0, 20 * SECOND);
        assertEquals(5 + 17 * SECOND, clock.local(21 * SECOND));
        assertEquals(22 * SECOND, clock.when(5 + 18 * SECOND, 21 * SECOND));
    }

    @Test
    void the_moment_of_a_local_time_is_the_first_at_which_the_clock_shows_it() {
        Prng random = new Prng(7);
        for (int i = 0; i < 10_000; i++) {
            MachineClock clock = new MachineClock(random.nextLong() >>> 20);
            clock.drift(random.below(1_000_001) - 500_000, random.below(1_000_000));
            long now = 1_000_000 + (random.nextLong() >>> (8 + random.below(40)));
            long delay = random.nextLong() >>> (8 + random.below(50));
            long moment = clock.after(delay, now);
            assertTrue(clock.local(moment) >= clock.local(now) + delay);
            assertTrue(moment == now || clock.local(moment - 1) < clock.local(now) + delay);
        }
    }

    private static int pings(double ppm, Duration time) {
        Simulation sim = Simulation.of(3)
                .network(Network.fixed(Duration.ofMillis(1)))
                .warm()
                .start();
        int[] pings = {0};
        sim.drift(0, ppm).run(Duration.ofSeconds(10));
        sim.listen(new Simulation.Listener() {
            @Override
            public void onSent(SimNode from, Address to, Message message) {
                pings[0] += from.index() == 0 && message instanceof Message.Ping ? 1 : 0;
            }
        });
        sim.run(time);
        return pings[0];
    }

    /** A ping each second of its own: 1,000, 1,100 and 800 in 1,000 seconds. */
    @Test
    void a_member_whose_clock_runs_a_tenth_fast_sends_a_tenth_more_pings() {
        Duration time = Duration.ofSeconds(1_000);
        assertEquals(1_000, pings(0, time), 1);
        assertEquals(1_100, pings(100_000, time), 1);
        assertEquals(800, pings(-200_000, time), 1);
    }

    @Test
    void timers_that_are_set_already_come_when_the_clock_shows_their_time() {
        int undrifted = timersIn(0);
        assertEquals(undrifted * 1.5, timersIn(500_000), 2);
        assertEquals(undrifted * 0.5, timersIn(-500_000), 2);
    }

    /** How many timers a node's clock of that drift lets come in a minute, the drift having begun between two of them. */
    private static int timersIn(double ppm) {
        Simulation sim = Simulation.of(1).start().run(Duration.ofMillis(1_037));
        long before = sim.totals().inputs();
        return (int) (sim.drift(0, ppm).run(Duration.ofMinutes(1)).totals().inputs() - before);
    }

    @Test
    void the_wall_clock_drifts_with_the_other_and_stays_where_it_got_to() {
        Simulation sim = Simulation.of(1).start();
        sim.drift(0, 100_000).run(Duration.ofSeconds(1_000)).drift(0, 0);
        sim.crash(0).restart(0);
        // Its first incarnation is the second that its wall clock shows; the first one of all is 1.
        assertEquals(1_101, sim.node(0).core().self().incarnation());
    }

    @Test
    void clocks_that_are_wrong_by_a_tenth_are_tolerated() {
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(10).seed(seed).warm().start();
            Heard heard = Heard.in(sim);
            for (SimNode node : sim.nodes()) {
                sim.drift(node.index(), node.index() % 2 == 0 ? 100_000 : -100_000);
            }
            sim.run(Duration.ofMinutes(5));
            assertEquals(List.of(), heard.about(Event.MemberFailed.class));
        });
    }

    @Test
    void a_clock_that_is_wrong_by_half_costs_nobody_else_anything_and_is_well_again_after() {
        Seeds.each(50, seed -> {
            Simulation sim = Simulation.of(10).seed(seed).warm().start();
            sim.drift(0, 500_000).drift(1, -500_000).run(Duration.ofMinutes(2));
            sim.crash(5).awaitAllSee(9, Duration.ofMinutes(1));
            sim.drift(0, 0).drift(1, 0).restart(5).join(5, 0).awaitAgreement(Duration.ofMinutes(5));
        });
    }

    @Test
    void a_drift_out_of_range_is_refused() {
        Simulation sim = Simulation.of(1).start();
        assertEquals(
                "drift 500001.0 is out of range: must be -500000 to 500000 millionths (ppm)",
                assertThrows(IllegalArgumentException.class, () -> sim.drift(0, 500_001))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> sim.drift(0, Double.NaN));
    }
}
