package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the driver measures about itself. */
class LoadTest {
    @Test
    void a_node_whose_loop_stood_still_says_for_how_long() throws Exception {
        HearsayRuntime runtime = HearsayRuntime.create();
        try (Nodes nodes = new Nodes()) {
            Cluster node = nodes.start(Nodes.builder("stalled").runtime(runtime));
            HearsayRuntime.Lane lane = runtime.nextLane();
            for (HearsayRuntime.Lane each : List.of(lane, runtime.nextLane())) {
                stall(each, 300);
            }
            Await.until(
                    () -> "a pause of 200 ms or more, of " + node.stats(),
                    () -> Nodes.stat(node, "hearsay.last_pause_ms") >= 200);
            assertTrue(
                    Nodes.stat(node, "hearsay.local_pauses") > 0,
                    () -> node.stats().toString());
            assertTrue(
                    Nodes.stat(node, "hearsay.lag_worst_minute_ms") >= 200,
                    () -> node.stats().toString());
        } finally {
            runtime.close();
        }
    }

    /** Keeps the loop from doing anything else, for that long at least. */
    private static void stall(HearsayRuntime.Lane lane, long millis) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        lane.loop().execute(() -> {
            entered.countDown();
            try {
                assertTrue(over.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(entered.await(20, TimeUnit.SECONDS));
        long begun = System.nanoTime();
        Await.until(() -> "time passes", () -> System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(millis));
        over.countDown();
    }
}
