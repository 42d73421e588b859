package dev.hearsay.core.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Load;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalLoadTest {
    private static final long MS = 1_000_000;
    private static final long START = -77_000 * MS;

    private final Counters counters = new Counters();
    private final Said out = new Said();
    private final LocalLoad load = new LocalLoad(Config.lan(), counters);

    /** An outbox of which only events come. */
    private static final class Said implements Outbox {
        final List<Event> events = new ArrayList<>();

        @Override
        public void send(Address to, Message message) {
            throw new AssertionError();
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            throw new AssertionError();
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            throw new AssertionError();
        }

        @Override
        public void close(long stream) {
            throw new AssertionError();
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            throw new AssertionError();
        }

        @Override
        public void emit(Event event) {
            events.add(event);
        }
    }

    private void late(long atMillis, long lagMillis) {
        load.report(new Load(lagMillis * MS, 0, 0), START + atMillis * MS, out);
    }

    private boolean away(long atMillis) {
        return load.away(START + atMillis * MS, START + atMillis * MS, out);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "124,0", "125,1", "249,1", "250,2", "499,2", "500,3", "60000,3"})
    void the_score_follows_the_lag_as_the_table_says(long lagMillis, int floor) {
        assertEquals(floor, LocalLoad.floorOfLag(lagMillis * MS, 500 * MS));
        late(0, lagMillis);
        assertEquals(floor, load.floor());
        assertEquals(lagMillis >= 250, away(1));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "255,0", "256,1", "511,1", "512,2", "1023,2", "1024,3"})
    void the_score_follows_the_unsent_bytes_as_the_table_says(long kib, int floor) {
        assertEquals(floor, LocalLoad.floorOfUnsent(kib << 10));
        load.report(new Load(0, 0, kib << 10), START, out);
        assertEquals(floor, load.floor());
        assertFalse(away(1));
    }

    @Test
    void silence_counts_again_one_period_after_a_pause_and_the_score_falls_by_one_each_period() {
        late(0, 700);
        assertTrue(away(999));
        assertFalse(away(1_000));
        load.advance(START + 1_999 * MS);
        assertEquals(2, load.floor());
        load.advance(START + 60_000 * MS);
        assertEquals(0, load.floor());
    }

    @Test
    void the_worst_lag_is_that_of_the_last_minute() {
        late(0, 200);
        late(15_000, 40);
        assertEquals(200 * MS, load.health(0).worstLagNanos());
        late(65_000, 1);
        assertEquals(40 * MS, load.health(0).worstLagNanos());
        load.advance(START + 600_000 * MS);
        assertEquals(0, load.health(0).worstLagNanos());
    }

    @Test
    void a_timer_that_is_late_is_a_pause_by_itself() {
        assertTrue(load.away(START, START + 250 * MS, out));
        assertEquals(List.of(new Event.LocalPause(250 * MS, 0)), out.events);
        assertTrue(load.away(START + 100 * MS, START + 260 * MS, out), "due during the same pause");
        assertEquals(1, counters.get(Counter.LOCAL_PAUSES));
    }

    @Test
    void a_node_that_is_always_slow_judges_after_ten_periods_awake() {
        // 300 ms away, 100 ms awake, and so on: ten periods awake take 40 s.
        int at;
        for (at = 300; at <= 39_000; at += 400) {
            late(at, 300);
            assertTrue(away(at), "at " + at);
        }
        for (; at <= 42_000; at += 400) {
            late(at, 300);
        }
        assertFalse(away(at));
        late(at + 5_000, 300);
        assertTrue(away(at + 5_000), "after a while without pauses it counts anew");
    }

    @Test
    void nothing_follows_from_a_measure_if_it_is_switched_off() {
        LocalLoad off =
                new LocalLoad(Config.lan().toBuilder().measuredHealth(false).build(), counters);
        off.report(new Load(9_000 * MS, 0, 9 << 20), START, out);
        assertFalse(off.away(START - 9_000 * MS, START, out));
        assertEquals(0, off.floor());
        assertEquals(List.of(), out.events);
    }
}
