package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A table that is written to and merged with others, without a network: what a node does with entries, and no more. */
final class Replica {
    /** A day in 2026, in milliseconds since 1970. */
    static final long DAY = 1_780_000_000_000L;

    final long id;
    final StateTable table = new StateTable();
    final HybridClock clock = new HybridClock();
    final Counters counters = new Counters();
    final Quarantine quarantine = new Quarantine(counters);
    final Merging merging;
    final Ears out = new Ears();
    private final StateConfig config;

    /** What it tells the application. */
    static final class Ears implements Outbox {
        final List<Event> events = new ArrayList<>();

        @Override
        public void emit(Event event) {
            events.add(event);
        }

        @Override
        public void send(Address to, Message message) {
            throw new AssertionError("sends " + message);
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            throw new AssertionError("opens " + request);
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            throw new AssertionError("replies " + reply);
        }

        @Override
        public void close(long stream) {
            throw new AssertionError("closes " + stream);
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            throw new AssertionError("waits for " + timer);
        }
    }

    /** Its wall clock is so much ahead of the true one, at time 0. */
    Replica(long id, long aheadMillis) {
        this(id, aheadMillis, StateConfig.DEFAULTS);
    }

    Replica(long id, long aheadMillis, StateConfig config) {
        this.id = id;
        this.config = config;
        clock.set(DAY + aheadMillis, 0);
        merging = new Merging(config, table, clock, quarantine, counters);
    }

    List<Entry> write(Write write, long now) {
        List<Entry> entries =
                new Writing(id, config, table, () -> clock.next(now), clock.wallMillis(now)).entries(write);
        for (Entry entry : entries) {
            merging.put(entry, out);
        }
        return entries;
    }

    Merging.Outcome merge(Entry entry, long now) {
        return merging.merge(entry, now, out);
    }

    /** Takes all that the other has. */
    void pull(Replica other, long now) {
        for (Entry entry : other.table.entries().values()) {
            merge(entry, now);
        }
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
