package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.core.StreamFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams on a network where every way takes 10 ms, seen through a join: one push/pull, one answer. */
class StreamTest {
    private static final long WAY = 10_000_000;

    private final Simulation sim =
            Simulation.of(2).network(Network.fixed(Duration.ofMillis(10))).start();
    private final Heard heard = Heard.in(sim);

    private long join() {
        sim.join(1, 0);
        return sim.runUntil(
                        () -> !heard.of(sim.node(1), Event.SeedJoined.class).isEmpty()
                                || !heard.of(sim.node(1), Event.SeedFailed.class)
                                        .isEmpty(),
                        Duration.ofSeconds(60))
                .toNanos();
    }

    private List<StreamFailure> failures() {
        return heard.all(Event.SeedFailed.class).stream()
                .map(Event.SeedFailed::failure)
                .toList();
    }

    @Test
    void a_reply_takes_two_round_trips() {
        assertEquals(4 * WAY, join());
        assertEquals(1, heard.all(Event.SeedJoined.class).size());
    }

    @Test
    void a_machine_without_the_process_refuses_after_one_round_trip() {
        sim.crash(0);
        assertEquals(2 * WAY, join());
        assertEquals(List.of(StreamFailure.REFUSED), failures());
    }

    @Test
    void a_machine_that_is_cut_off_in_either_direction_lets_the_stream_time_out() {
        sim.cut(sim.nodes(0, 1), sim.nodes(1, 2));
        assertEquals(Duration.ofSeconds(10).toNanos(), join());
        assertEquals(List.of(StreamFailure.TIMEOUT), failures());
    }

    @Test
    void a_paused_process_lets_the_stream_time_out() {
        sim.pause(0);
        assertEquals(Duration.ofSeconds(10).toNanos(), join());
        assertEquals(List.of(StreamFailure.TIMEOUT), failures());
    }

    @Test
    void a_process_that_goes_on_in_time_answers_what_has_waited() {
        sim.pause(0).join(1, 0).run(Duration.ofSeconds(2)).resume(0).run(Duration.ofMillis(10));
        assertEquals(1, heard.all(Event.SeedJoined.class).size());
    }

    @Test
    void a_process_that_is_killed_and_restarted_between_handshake_and_request_closes_the_stream() {
        sim.join(1, 0).run(Duration.ofMillis(15)).crash(0).restart(0).run(Duration.ofSeconds(20));
        assertEquals(List.of(StreamFailure.CLOSED), failures());
    }

    @Test
    void an_address_that_a_machine_has_given_up_lets_the_stream_time_out() {
        sim.join(1, 0).crash(0).restartElsewhere(0).run(Duration.ofSeconds(20));
        assertEquals(List.of(StreamFailure.TIMEOUT), failures());
    }

    @Test
    void loss_delays_a_stream_and_does_not_break_it() {
        Seeds.each(20, seed -> {
            Simulation lossy = Simulation.of(2)
                    .seed(seed)
                    .network(Network.fixed(Duration.ofMillis(10)).withLoss(0.5))
                    .config(Config.lan().toBuilder()
                            .streamTimeout(Duration.ofMinutes(2))
                            .build())
                    // At this loss, two nodes do declare each other dead.
                    .unchecked()
                    .start();
            Heard outcome = Heard.in(lossy);
            lossy.join(1, 0).run(Duration.ofMinutes(3));
            assertEquals(
                    1,
                    outcome.all(Event.SeedJoined.class).size()
                            + outcome.all(Event.SeedFailed.class).size());
        });
    }

    @Test
    void a_process_that_runs_cannot_be_restarted_and_one_that_is_down_cannot_be_crashed() {
        assertThrows(IllegalStateException.class, () -> sim.restart(0));
        sim.crash(0);
        assertThrows(IllegalStateException.class, () -> sim.crash(0));
        assertThrows(IllegalStateException.class, () -> sim.pause(0));
    }
}
