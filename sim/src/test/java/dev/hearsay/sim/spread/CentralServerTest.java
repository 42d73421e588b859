package dev.hearsay.sim.spread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.sim.Latency;
import dev.hearsay.sim.spread.SpreadListener.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CentralServerTest {
    @Test
    void each_client_waits_for_those_before_it() {
        List<Double> got = new ArrayList<>();
        SpreadRun run = start(6, 0, new SpreadListener() {
            @Override
            public void onEntry(int node, double now, Standing standing, int source) {
                if (node > 0) {
                    assertEquals(0, source);
                    got.add(now / 1e6);
                }
            }
        });
        run.advance(Duration.ofSeconds(1));
        assertEquals(List.of(40.0, 50.0, 60.0, 70.0, 80.0), got);
        assertTrue(run.settled(Duration.ZERO));
        assertEquals(Standing.QUIET, run.standing(0));
        assertEquals(5 * (100 + 8), run.totals().bytes());
        assertEquals(10, run.totals().packets());
    }

    @Test
    void what_is_lost_is_sent_again_until_it_is_acknowledged() {
        SpreadRun run = start(100, 0.3, SpreadListener.NONE).advance(Duration.ofSeconds(60));
        assertEquals(100, run.totals().informed());
        assertTrue(run.settled(Duration.ZERO));
        assertTrue(run.totals().copies() > 99 / 0.7, () -> run.totals().toString());
    }

    @Test
    void when_the_server_is_down_nothing_goes_on_and_then_it_begins_again() {
        SpreadRun run = start(100, 0, SpreadListener.NONE);
        run.advance(Duration.ofMillis(500));
        run.crash(0);
        run.advance(Duration.ofSeconds(10));
        assertEquals(50, run.totals().informed(), "49 messages had left its uplink, and one ended with it");
        assertTrue(run.settled(Duration.ZERO), "nobody else does anything");
        run.restart(0);
        assertFalse(run.settled(Duration.ZERO));
        run.advance(Duration.ofSeconds(10));
        assertEquals(100, run.totals().informed());
    }

    @Test
    void a_client_that_is_down_is_sent_to_for_ever() {
        SpreadRun run = start(10, 0, SpreadListener.NONE);
        run.crash(5);
        run.advance(Duration.ofSeconds(10));
        assertEquals(9, run.totals().informed());
        assertFalse(run.settled(Duration.ZERO));
        assertTrue(run.totals().missed() > 10, () -> run.totals().toString());
    }

    @Test
    void settings_out_of_range_say_so() {
        Latency latency = Latency.fixed(Duration.ZERO);
        Duration second = Duration.ofSeconds(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new CentralServer.Settings(10, 1, latency, 0, Duration.ZERO, second, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new CentralServer.Settings(10, 1, latency, 2, second, second, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new CentralServer.Settings(1, 1, latency, 0, second, second, 1));
    }

    private static SpreadRun start(int nodes, double loss, SpreadListener listener) {
        Latency latency = Latency.fixed(Duration.ofMillis(30));
        return CentralServer.start(
                new CentralServer.Settings(nodes, 1, latency, loss, Duration.ofMillis(10), Duration.ofMillis(200), 100),
                listener);
    }
}
