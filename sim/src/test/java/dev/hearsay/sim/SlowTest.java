package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlowTest {
    private static Simulation warm(long seed) {
        return Simulation.of(10).seed(seed).warm().start();
    }

    @Test
    void a_machine_that_takes_10_ms_for_each_input_answers_a_ping_10_ms_later_and_the_next_20() {
        assertEquals(Duration.ofMillis(1 + 10 + 1), answer(1));
        assertEquals(Duration.ofMillis(1 + 20 + 1), answer(2));
        assertEquals(Duration.ofMillis(1 + 30 + 1), answer(3));
    }

    /** How long it takes a machine that takes 10 ms for each input to answer so many pings that come at once. */
    private static Duration answer(int pings) {
        Simulation sim =
                Simulation.of(2).network(Network.fixed(Duration.ofMillis(1))).start();
        // With this seed no timer of the two comes due in the next 40 ms.
        sim.run(Duration.ofMillis(1_050)).slow(0, Duration.ofMillis(10));
        Message ping = new Message.Ping(1, "n0", "n1", sim.node(1).address());
        for (int i = 0; i < pings; i++) {
            sim.command(1, "ping", (core, now, out) -> out.send(sim.node(0).address(), ping));
        }
        return Parcels.until(sim, 1, pings);
    }

    @Test
    void one_that_can_keep_up_is_suspected_by_nobody() {
        Seeds.each(50, seed -> {
            Simulation sim = warm(seed).slow(3, Duration.ofMillis(5));
            Heard heard = Heard.in(sim);
            sim.run(Duration.ofMinutes(2));
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            assertEquals(0, sim.totals().packetsOverflowed());
        });
    }

    /** It has some ten timers and messages a second to take, and can take two. */
    @Test
    void one_that_cannot_keep_up_is_suspected_notices_itself_accuses_nobody_and_recovers() {
        AtomicLong suspected = new AtomicLong();
        AtomicLong accused = new AtomicLong();
        Seeds.each(Seeds.MANY, seed -> {
            Simulation sim = warm(seed).slow(3, Duration.ofMillis(500));
            Heard heard = Heard.in(sim);
            sim.run(Duration.ofMinutes(2));
            suspected.addAndGet(heard.about(Event.MemberSuspected.class).contains("n3") ? 1 : 0);
            accused.addAndGet(heard.about(Event.MemberFailed.class).stream()
                    .filter(name -> !name.equals("n3"))
                    .count());
            assertFalse(heard.of(sim.node(3), Event.LocalPause.class).isEmpty());
            assertTrue(sim.node(3).core().vitals().health() > 0);
            sim.slow(3, Duration.ZERO).awaitAgreement(Duration.ofMinutes(15));
        });
        assertEquals(Seeds.MANY, suspected.get());
        assertEquals(0, accused.get());
    }

    @Test
    void what_the_socket_of_a_slow_machine_cannot_hold_is_lost_and_counted() {
        Simulation sim =
                Simulation.of(2).network(Network.fixed(Duration.ofMillis(1))).start();
        sim.run(Duration.ofMillis(1_050)).slow(0, Duration.ofSeconds(1));
        for (int i = 0; i < 200; i++) {
            Parcels.send(sim, 1, 0, 100);
        }
        sim.run(Duration.ofMillis(1));
        // One is at hand, which may be a timer.
        assertEquals(200 - SimNode.SOCKET_PACKETS, (double) sim.totals().packetsOverflowed(), 1);
        long before = sim.node(0).packetsReceived();
        sim.slow(0, Duration.ZERO);
        assertEquals(SimNode.SOCKET_PACKETS, (double) sim.node(0).packetsReceived() - before, 1);
        assertEquals(200, sim.node(0).packetsReceived() + sim.totals().packetsOverflowed());
        assertEquals(0, sim.node(0).inputsWaiting());
    }

    @Test
    void a_slow_machine_stays_slow_through_pauses_blocks_and_restarts() {
        Seeds.each(50, seed -> {
            Simulation sim = warm(seed).slow(3, Duration.ofMillis(20));
            sim.run(Duration.ofSeconds(10)).pause(3).run(Duration.ofSeconds(3)).resume(3);
            sim.run(Duration.ofSeconds(10)).block(3).run(Duration.ofSeconds(3)).unblock(3);
            sim.run(Duration.ofSeconds(10)).crash(3).run(Duration.ofSeconds(20));
            sim.restart(3).join(3, 0).run(Duration.ofSeconds(30));
            assertTrue(sim.node(3).isSlow());
            sim.slow(3, Duration.ZERO).awaitAgreement(Duration.ofMinutes(15));
        });
    }

    @Test
    void a_time_out_of_range_is_refused() {
        Simulation sim = Simulation.of(1).start();
        assertEquals(
                "perInput PT-0.001S is out of range: must be 0 to PT1H",
                assertThrows(IllegalArgumentException.class, () -> sim.slow(0, Duration.ofMillis(-1)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> sim.slow(0, Duration.ofHours(2)));
    }
}
