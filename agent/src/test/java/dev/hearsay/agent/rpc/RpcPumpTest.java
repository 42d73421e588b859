package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits for a slow client, and what it hears of the rest. */
class RpcPumpTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final AtomicLong dropped = new AtomicLong();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @Test
    void whatIsDroppedIsToldInItsPlaceAndOnce() {
        RpcPump pump = telling();
        for (int i = 0; i < RpcPump.QUEUE + 3; i++) {
            assertEquals(i < RpcPump.QUEUE, pump.offer(item(i, 0)));
        }
        pump.start();
        Await.until("all to be sent", BOUND, () -> sent.size() == RpcPump.QUEUE + 1);
        assertEquals("gap 3", sent.get(RpcPump.QUEUE));
        assertTrue(pump.offer(item(1, 0)));
        Await.until("one more", BOUND, () -> sent.size() == RpcPump.QUEUE + 2);
        assertEquals("1", sent.get(RpcPump.QUEUE + 1));
        assertEquals(3, dropped.get());
        pump.stop();
    }

    @Test
    void itemsThatAreLongFillTheQueueByTheirBytesButOneAlwaysFits() {
        RpcPump pump = telling();
        assertTrue(pump.offer(item(1, 3 * RpcPump.QUEUE_BYTES)), "the only one");
        assertFalse(pump.offer(item(2, 1)));
        pump.start();
        Await.until("the first", BOUND, () -> sent.equals(List.of("1", "gap 1")));
        assertTrue(pump.offer(item(3, RpcPump.QUEUE_BYTES)));
        Await.until("the last", BOUND, () -> sent.equals(List.of("1", "gap 1", "3")));
        pump.stop();
    }

    @Test
    void whatWasLostBeforeIsToldWithoutWaitingForMore() {
        RpcPump pump = telling();
        pump.start();
        pump.drop(7);
        Await.until("the gap", BOUND, () -> sent.equals(List.of("gap 7")));
        pump.stop();
    }

    private RpcPump telling() {
        return new RpcPump(
                "rpc-test", item -> sent.add(text(item)), dropped, lost -> RpcPump.Item.of(map("Text", "gap " + lost)));
    }

    private static RpcPump.Item item(int number, long bytes) {
        return new RpcPump.Item("", map("Text", number), false, bytes);
    }

    private static String text(RpcPump.Item item) {
        Map<String, @Nullable Object> body = item.body();
        return body == null ? "" : String.valueOf(body.get("Text"));
    }
}
