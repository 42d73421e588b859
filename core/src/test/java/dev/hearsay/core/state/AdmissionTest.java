package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.TestSizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.state.Quarantine.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not get in: entries that cannot be right, writes above a limit, writes too fast. */
class AdmissionTest {
    private static final long STAMP = HybridClock.at(Replica.DAY);
    private static final Bytes KEY = Replica.bytes("k");
    private static final Bytes VALUE = Replica.bytes("v");
    private static final EntryId MAP = new EntryId(StateKind.MAP, "m", KEY, 0);
    private static final long SKEW = HybridClock.at(60_000);

    static Stream<Arguments> wrong() {
        Entry good = Entry.of(MAP, STAMP, 7, 0, VALUE);
        return Stream.of(
                of("another value", Reason.CORRUPT, raw(good, STAMP, false, STAMP, 0, Replica.bytes("w"), good.hash())),
                of("another hash", Reason.CORRUPT, raw(good, STAMP, false, STAMP, 0, VALUE, good.hash() ^ 1)),
                of("a stamp too far ahead", Reason.AHEAD, Entry.of(MAP, STAMP + SKEW + 1, 7, 0, VALUE)),
                of("deleted too far ahead", Reason.AHEAD, good.deletedAt(STAMP + SKEW + 1, 7)),
                of("no stamp", Reason.INVALID, Entry.of(MAP, 0, 7, 0, VALUE)),
                of("a stamp below nothing", Reason.INVALID, Entry.of(MAP, -5, 7, 0, VALUE)),
                of("deleted before it was written", Reason.INVALID, good.deletedAt(STAMP - 1, 7)),
                of("a map with an owner", Reason.INVALID, entry(StateKind.MAP, KEY, 1, VALUE)),
                of("a fact with an owner", Reason.INVALID, entry(StateKind.FACT, KEY, 1, VALUE)),
                of("a set without an owner", Reason.INVALID, entry(StateKind.SET, KEY, 0, Bytes.EMPTY)),
                of("a set with a value", Reason.INVALID, entry(StateKind.SET, KEY, 1, VALUE)),
                of("a counter without an owner", Reason.INVALID, entry(StateKind.COUNTER, KEY, 0, counted())),
                of("a counter of another length", Reason.INVALID, entry(StateKind.COUNTER, KEY, 1, VALUE)),
                of("a register without an owner", Reason.INVALID, entry(StateKind.REGISTER, Bytes.EMPTY, 0, VALUE)),
                of("a register with a key", Reason.INVALID, entry(StateKind.REGISTER, KEY, 1, VALUE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void an_entry_that_cannot_be_right_is_kept_apart_with_the_reason(String what, Reason reason, Entry entry) {
        Replica replica = new Replica(1, 0);
        assertEquals(Merging.Outcome.REFUSED, replica.merge(entry, 0), what);
        assertEquals(0, replica.table.size());
        List<Quarantine.Quarantined> kept = replica.quarantine.kept();
        assertEquals(List.of(new Quarantine.Quarantined(entry, reason)), kept);
        assertEquals(List.of(new Event.StateQuarantined(kept.get(0))), replica.out.events);
        assertEquals(1, replica.counters.get(Counter.STATE_QUARANTINED));
    }

    static Stream<Arguments> right() {
        Entry good = Entry.of(MAP, STAMP, 7, 0, VALUE);
        return Stream.of(
                of("as far ahead as clocks may be", Reason.AHEAD, Entry.of(MAP, STAMP + SKEW, 7, 0, VALUE)),
                of("a tombstone as far ahead", Reason.AHEAD, good.deletedAt(STAMP + SKEW, 7)),
                of("a tombstone of the same time", Reason.INVALID, Entry.tombstone(MAP, STAMP, 7)),
                of("a counter", Reason.INVALID, entry(StateKind.COUNTER, KEY, -1, counted())),
                of(
                        "a counter that is deleted",
                        Reason.INVALID,
                        entry(StateKind.COUNTER, KEY, 1, counted()).deletedAt(STAMP + 1, 1)),
                of("a kind of a later version", Reason.INVALID, entry(200, KEY, 0, VALUE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("right")
    void an_entry_at_the_edge_of_a_rule_is_taken(String what, Reason notFor, Entry entry) {
        Replica replica = new Replica(1, 0);
        assertEquals(Merging.Outcome.TAKEN, replica.merge(entry, 0), what + " is not " + notFor);
    }

    @Test
    void the_quarantine_keeps_the_last_ones_only() {
        Replica replica = new Replica(1, 0);
        for (int i = 1; i <= Quarantine.KEPT + 10; i++) {
            replica.merge(Entry.of(MAP, -i, 7, 0, VALUE), 0);
        }
        assertEquals(Quarantine.KEPT, replica.quarantine.kept().size());
        assertEquals(-11, replica.quarantine.kept().get(0).entry().stamp());
        assertEquals(Quarantine.KEPT + 10, replica.counters.get(Counter.STATE_QUARANTINED));
    }

    static Stream<Arguments> aboveLimits() {
        String name = "n".repeat(256);
        Bytes key = Bytes.of(new byte[513]);
        return Stream.of(
                Arguments.of(
                        new Write.MapPut("", KEY, VALUE, 0),
                        "name of a map has 0 bytes: must be 1 to 255 of UTF-8, none of them zero"),
                Arguments.of(
                        new Write.MapRemove(name, KEY),
                        "name of a map has 256 bytes: must be 1 to 255 of UTF-8, none of them zero"),
                Arguments.of(
                        new Write.SetAdd("ä".repeat(128), KEY, 0),
                        "name of a set has 256 bytes: must be 1 to 255 of UTF-8, none of them zero"),
                Arguments.of(
                        new Write.CounterAdd("a\0b", 1, 0),
                        "name of a counter has 3 bytes: must be 1 to 255 of UTF-8, none of them zero"),
                Arguments.of(
                        new Write.RegisterClear(""),
                        "name of a register has 0 bytes: must be 1 to 255 of UTF-8, none of them zero"),
                Arguments.of(new Write.MapPut("m", key, VALUE, 0), "key has 513 bytes: must be at most 512"),
                Arguments.of(new Write.SetRemove("s", key), "element has 513 bytes: must be at most 512"),
                Arguments.of(new Write.Fact(key, VALUE), "key has 513 bytes: must be at most 512"),
                Arguments.of(new Write.Fact(Bytes.EMPTY, VALUE), "key of a fact is empty: must have 1 to 512 bytes"),
                Arguments.of(
                        new Write.MapPut("m", KEY, Bytes.of(new byte[65_537]), 0),
                        "value has 65537 bytes: must be at most 65536 (maxValueBytes of the shared state)"),
                Arguments.of(
                        new Write.RegisterSet("r", VALUE, -1),
                        "time to live of -1 ms: must be 0, for none, to 70368744177663"));
    }

    @ParameterizedTest
    @MethodSource("aboveLimits")
    void a_write_above_a_limit_is_refused_and_says_what_is_wrong_and_changes_nothing(Write write, String message) {
        SharedState state = state(StateConfig.DEFAULTS);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> state.write(write, 0, new Silent()));
        assertEquals(message, refused.getMessage());
        assertTrue(state.entries().isEmpty());
    }

    @Test
    void writes_at_the_limits_are_taken() {
        SharedState state = state(StateConfig.DEFAULTS);
        Write most = new Write.MapPut("n".repeat(255), Bytes.of(new byte[512]), Bytes.of(new byte[65_536]), 0);
        assertEquals(1, state.write(most, 0, new Silent()).size());
    }

    @Test
    void a_member_has_a_bounded_number_of_facts() {
        SharedState state = state(StateConfig.DEFAULTS);
        for (int i = 0; i < OwnFacts.MOST; i++) {
            state.write(new Write.Fact(Replica.bytes("k" + i), VALUE), 0, new Silent());
        }
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> state.write(new Write.Fact(KEY, VALUE), 0, new Silent()));
        assertEquals("this member has 1024 facts: there may be no more", refused.getMessage());
        assertEquals(
                1,
                state.write(new Write.Fact(Replica.bytes("k0"), KEY), 0, new Silent())
                        .size());
    }

    @Test
    void a_fact_that_was_refused_is_not_written_later_with_the_others() {
        SharedState state = state(StateConfig.DEFAULTS.with(c -> c.maxEntries = 1));
        state.write(new Write.MapPut("m", KEY, VALUE, 0), 0, new Silent());
        assertThrows(IllegalStateException.class, () -> state.write(new Write.Fact(KEY, VALUE), 0, new Silent()));
        state.onExchangeTick(StateConfig.DEFAULTS.leaseNanos(), new Silent());
        assertEquals(1, state.entries().size());
    }

    @Test
    void a_table_that_is_full_refuses_what_is_new_but_not_deletions() {
        SharedState state = state(StateConfig.DEFAULTS.with(c -> c.maxEntries = 1));
        state.write(new Write.MapPut("m", KEY, VALUE, 0), 0, new Silent());
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> state.write(new Write.MapPut("m", VALUE, VALUE, 0), 0, new Silent()));
        assertEquals(
                "the shared state is full: 1 entries with 203 bytes, of at most 1 and 268435456", refused.getMessage());
        state.write(new Write.MapPut("m", KEY, KEY, 0), 0, new Silent());
        assertEquals(
                1, state.write(new Write.MapRemove("m", KEY), 0, new Silent()).size());
    }

    @Test
    void who_takes_no_part_writes_nothing() {
        SharedState state = state(StateConfig.OFF);
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> state.write(new Write.Fact(KEY, VALUE), 0, new Silent()));
        assertEquals("this node takes no part in shared state", refused.getMessage());
    }

    @Test
    void who_writes_faster_than_can_be_handed_out_is_told_to_wait_and_nothing_has_changed() {
        Counters counters = new Counters();
        SharedState state = state(StateConfig.DEFAULTS.with(c -> c.maxBacklogBytes = 1), counters);
        Silent out = new Silent();
        state.write(new Write.CounterAdd("c", 1, 0), 0, out);
        long sum = state.sum();
        StateOverrun overrun =
                assertThrows(StateOverrun.class, () -> state.write(new Write.CounterAdd("c", 1, 0), 0, out));
        assertEquals(
                "217 bytes of shared state wait to be sent: must be at most 1 (maxBacklogBytes) before more is written;"
                        + " try again in 1 ms",
                overrun.getMessage());
        assertEquals(1, overrun.retryAfterMillis());
        assertEquals(sum, state.sum());
        assertEquals(1, counters.get(Counter.STATE_OVERRUNS));
        // After a round it goes on.
        state.onRound(new Timer.StateRound(1), 0, out);
        state.write(new Write.CounterAdd("c", 1, 0), 0, out);
        assertEquals(2, Views.counter(state.entries(), "c", Replica.DAY));
    }

    private static SharedState state(StateConfig config) {
        return state(config, new Counters());
    }

    private static SharedState state(StateConfig config, Counters counters) {
        SharedState state = new SharedState(
                "n1",
                config,
                Config.lan(),
                new DenseMemberTable(),
                (member, ability) -> true,
                new TestSizes(),
                counters,
                new Prng(1));
        state.onClock(Replica.DAY, 0);
        return state;
    }

    private static Arguments of(String what, Reason reason, Entry entry) {
        return Arguments.of(what, reason, entry);
    }

    private static Entry entry(int kind, Bytes key, long owner, Bytes value) {
        return Entry.of(new EntryId(kind, "x", key, owner), STAMP, 7, 0, value);
    }

    private static Bytes counted() {
        return new Counted(1, 2).bytes();
    }

    private static Entry raw(Entry from, long stamp, boolean deleted, long time, long expires, Bytes value, long hash) {
        return new Entry(from.id(), stamp, deleted, time, from.writer(), expires, value, Bytes.EMPTY, hash);
    }

    /** A node by itself: nobody hears what it says. */
    private static final class Silent implements Outbox {
        @Override
        public void send(Address to, Message message) {}

        @Override
        public void open(long stream, Address to, StreamMessage request) {}

        @Override
        public void reply(long stream, StreamMessage reply) {}

        @Override
        public void close(long stream) {}

        @Override
        public void schedule(long delayNanos, Timer timer) {}

        @Override
        public void emit(Event event) {}
    }
}
