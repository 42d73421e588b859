package dev.hearsay.sim.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.sim.InvariantViolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

/** What a service is given for its timers and its time. */
@SuppressWarnings("FutureReturnValueIgnored") // What matters is when the tasks run.
class VirtualSchedulerTest {
    private final SimulatedClusters clusters =
            SimulatedClusters.of(2).together().start();
    private final ScheduledExecutorService scheduler = clusters.scheduler(0);
    private final List<String> did = new ArrayList<>();

    private Runnable doing(String what) {
        return () -> did.add(what + " " + clusters.now().toMillis());
    }

    @Test
    void tasks_come_in_the_order_of_their_moments_and_for_one_moment_in_the_order_of_asking() {
        scheduler.schedule(doing("b"), 20, MILLISECONDS);
        scheduler.schedule(doing("c"), 20, MILLISECONDS);
        scheduler.schedule(doing("a"), 10, MILLISECONDS);
        scheduler.execute(doing("now"));
        clusters.run(Duration.ofMillis(20));
        assertEquals(List.of("now 0", "a 10", "b 20", "c 20"), did);
    }

    @Test
    void a_rate_catches_up_after_a_pause_and_a_delay_does_not() {
        scheduler.scheduleAtFixedRate(doing("rate"), 10, 10, MILLISECONDS);
        scheduler.scheduleWithFixedDelay(doing("delay"), 10, 10, MILLISECONDS);
        clusters.run(Duration.ofMillis(15)).pause(0).run(Duration.ofMillis(20));
        clusters.resume(0).run(Duration.ofMillis(10));
        assertEquals(List.of("rate 10", "delay 10", "rate 35", "delay 35", "rate 35", "rate 40", "delay 45"), did);
    }

    @Test
    void what_is_cancelled_or_shut_down_does_not_run() {
        ScheduledFuture<?> first = scheduler.schedule(doing("first"), 10, MILLISECONDS);
        scheduler.scheduleAtFixedRate(doing("again"), 10, 10, MILLISECONDS);
        scheduler.schedule(doing("late"), 30, MILLISECONDS);
        assertEquals(10, first.getDelay(MILLISECONDS));
        first.cancel(false);
        clusters.run(Duration.ofMillis(15));
        scheduler.shutdown();
        assertFalse(scheduler.isTerminated());
        assertThrows(RejectedExecutionException.class, () -> scheduler.execute(doing("refused")));
        clusters.run(Duration.ofMillis(100));
        assertEquals(List.of("again 10", "late 30"), did);
        assertTrue(scheduler.isTerminated());

        ScheduledExecutorService other = clusters.scheduler(1);
        other.schedule(doing("never"), 10, MILLISECONDS);
        assertEquals(1, other.shutdownNow().size());
        clusters.run(Duration.ofMillis(100));
        assertEquals(2, did.size());
    }

    @Test
    void results_and_failures_are_where_one_looks_for_them() {
        Future<String> result = scheduler.submit(() -> "r");
        assertThrows(IllegalStateException.class, result::get);
        assertThrows(IllegalStateException.class, () -> result.get(1, MILLISECONDS));
        Future<String> failing = scheduler.submit(() -> {
            throw new IllegalArgumentException("in the future");
        });
        CompletableFuture<String> supplied = CompletableFuture.supplyAsync(() -> "s", scheduler);
        assertEquals("s", clusters.await(supplied, Duration.ofSeconds(1)));
        clusters.run(Duration.ZERO);
        assertEquals("r", assertDone(result));
        assertEquals(
                "in the future",
                assertThrows(ExecutionException.class, failing::get).getCause().getMessage());
        scheduler.schedule(
                () -> {
                    throw new IllegalArgumentException("seen by nobody");
                },
                1,
                MILLISECONDS);
        InvariantViolation e = assertThrows(InvariantViolation.class, () -> clusters.run(Duration.ofMillis(1)));
        assertEquals("seen by nobody", e.getCause().getMessage());
    }

    private static String assertDone(Future<String> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_would_wait_for_ever_is_refused() {
        assertTrue(assertThrows(UnsupportedOperationException.class, () -> scheduler.invokeAll(List.of()))
                .getMessage()
                .contains("virtual time does not pass while somebody waits"));
        assertThrows(UnsupportedOperationException.class, () -> scheduler.invokeAny(List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> scheduler.scheduleAtFixedRate(doing("x"), 0, 0, MILLISECONDS));
    }

    @Test
    void the_clock_goes_with_virtual_time() {
        Clock clock = clusters.clock(1);
        Instant before = clock.instant();
        clusters.run(Duration.ofMillis(1500).plusNanos(7));
        assertEquals(Duration.ofMillis(1500).plusNanos(7), Duration.between(before, clock.instant()));
        clusters.simulation().drift(1, 500);
        clusters.scheduler(1).schedule(doing("early"), 2001, MILLISECONDS);
        clusters.run(Duration.ofMillis(2001));
        assertEquals(List.of("early 3500"), did, "500 millionths of 2 s are 1 ms");
        assertEquals(3502, Duration.between(before, clock.instant()).toMillis());
        assertEquals(
                ZoneId.of("Europe/Berlin"),
                clock.withZone(ZoneId.of("Europe/Berlin")).getZone());
    }
}
