package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that end by themselves, everywhere at the same time of day. */
class TimeToLiveTest {
    private static final Bytes KEY = Replica.bytes("k");
    private static final Bytes VALUE = Replica.bytes("v");
    private static final long END = Replica.DAY + 1000;

    private final Replica replica = new Replica(1, 0);

    @Test
    void whatever_the_type_it_is_there_until_the_millisecond_in_which_it_ends() {
        replica.write(new Write.MapPut("x", KEY, VALUE, 1000), 0);
        replica.write(new Write.SetAdd("x", KEY, 1000), 0);
        replica.write(new Write.CounterAdd("x", 5, 1000), 0);
        replica.write(new Write.RegisterSet("x", VALUE, 1000), 0);
        assertEquals(VALUE, Views.mapValue(replica.table.entries(), "x", KEY, END - 1));
        assertTrue(Views.contains(replica.table.entries(), "x", KEY, END - 1));
        assertEquals(5, Views.counter(replica.table.entries(), "x", END - 1));
        assertEquals(List.of(VALUE), Views.register(replica.table.entries(), "x", END - 1));
        assertNull(Views.mapValue(replica.table.entries(), "x", KEY, END));
        assertFalse(Views.contains(replica.table.entries(), "x", KEY, END));
        assertEquals(0, Views.counter(replica.table.entries(), "x", END));
        assertEquals(List.of(), Views.register(replica.table.entries(), "x", END));
        for (int kind = StateKind.MAP; kind <= StateKind.REGISTER; kind++) {
            assertTrue(Views.names(replica.table.entries(), kind, END).isEmpty());
        }
    }

    @Test
    void it_is_dropped_when_its_end_is_settled_and_not_before() {
        replica.write(new Write.MapPut("x", KEY, VALUE, 1000), 0);
        replica.merging.settleUpTo(HybridClock.at(END) - 1, replica.out);
        assertEquals(1, replica.table.size());
        replica.merging.settleUpTo(HybridClock.at(END), replica.out);
        assertEquals(0, replica.table.size());
        assertEquals(0, replica.table.sum());
        Event.StateChanged last = (Event.StateChanged) replica.out.events.get(replica.out.events.size() - 1);
        assertNull(last.after());
    }

    @Test
    void what_has_ended_long_ago_is_over_and_what_would_still_hold_was_deleted() {
        Entry ended = Entry.of(id("a"), stamp(5), 2, Replica.DAY + 10, VALUE);
        Entry holding = Entry.of(id("b"), stamp(5), 2, Replica.DAY + 100_000, VALUE);
        replica.merging.settleUpTo(stamp(20), replica.out);
        assertEquals(Merging.Outcome.OVER, replica.merge(ended, 0));
        assertEquals(Merging.Outcome.FORGOTTEN, replica.merge(holding, 0));
        assertEquals(0, replica.table.size());
    }

    @Test
    void what_a_counter_has_counted_ends_with_it_and_it_begins_again_at_nothing() {
        replica.write(new Write.CounterAdd("x", 5, 1000), 0);
        replica.write(new Write.CounterAdd("x", 2, 1000), 1_500_000_000L);
        assertEquals(2, Views.counter(replica.table.entries(), "x", Replica.DAY + 1500));
    }

    @Test
    void an_element_that_has_ended_can_be_added_again() {
        replica.write(new Write.SetAdd("x", KEY, 1000), 0);
        replica.write(new Write.SetAdd("x", KEY, 1000), 2_000_000_000L);
        assertTrue(Views.contains(replica.table.entries(), "x", KEY, Replica.DAY + 2500));
        assertTrue(replica.write(new Write.SetRemove("x", KEY), 4_000_000_000L).isEmpty(), "it had ended already");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 47, 1L << 48, 1L << 60, Long.MAX_VALUE})
    void an_end_beyond_all_stamps_never_comes(long end) {
        Entry entry = Entry.of(id("a"), stamp(5), 2, end, VALUE);
        assertEquals(Long.MAX_VALUE, entry.over());
        assertTrue(entry.holds(Replica.DAY));
    }

    @Test
    void the_longest_time_to_live_does_not_run_over() {
        long most = Long.MAX_VALUE >>> 17;
        Entry entry = replica.write(new Write.MapPut("x", KEY, VALUE, most), 0).get(0);
        assertEquals(Replica.DAY + most, entry.expires());
        assertNotEquals(0, entry.over());
        assertTrue(entry.over() > entry.stamp());
        for (long wrong : new long[] {-1, most + 1, Long.MIN_VALUE}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> replica.write(new Write.MapPut("x", KEY, VALUE, wrong), 0));
            assertEquals(
                    "time to live of " + wrong + " ms: must be 0, for none, to 70368744177663", refused.getMessage());
        }
    }

    private static EntryId id(String key) {
        return new EntryId(StateKind.MAP, "x", Replica.bytes(key), 0);
    }

    private static long stamp(long millis) {
        return HybridClock.at(Replica.DAY + millis);
    }
}
