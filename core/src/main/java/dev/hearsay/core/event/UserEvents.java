package dev.hearsay.core.event;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.LamportClock;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.membership.Rumors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * User events: spread by gossip, remembered for {@value #BUFFER} Lamport times, and handed over in push/pulls to whoever
 * missed one (Serf {@code handleUserEvent}).
 *
 * <p>What is remembered tells what is new. Of older times nobody can say that, so they do not count. All members that have
 * heard the same remember the same, whatever the order: so that one number tells two of them that there is nothing to exchange.
 */
public final class UserEvents {
    /** For so many Lamport times back events are remembered (Serf {@code EventBuffer}). */
    public static final int BUFFER = 512;

    /**
     * Most characters of names and bytes of payloads that are remembered, with {@value #EVENT_COST} more for each event. Beyond that the
     * oldest times are forgotten, and what they held counts as too old.
     */
    public static final int MAX_BYTES = 1 << 20;

    private static final int EVENT_COST = 32;

    private final LamportClock clock;
    private final SerfConfig config;
    private final Sizes sizes;
    private final IntSupplier longest;
    private final Rumors rumors;
    private final Counters counters;

    /** Events by time, the oldest first. */
    private final TreeMap<Long, Set<Message.UserEvent>> remembered = new TreeMap<>();

    private long bytes;
    private long sum;

    /** Events before this time have been forgotten for want of room. */
    private long forgotten;

    /** Events before this time are remembered for others, but are no news to the application. */
    private long quietBefore;

    /**
     * Makes the events of a node; the clock starts at 1.
     *
     * @param longest how many bytes of a message fit into a packet at the moment
     */
    public UserEvents(SerfConfig config, Sizes sizes, IntSupplier longest, Rumors rumors, Counters counters) {
        this.config = config;
        this.sizes = sizes;
        this.longest = longest;
        this.rumors = rumors;
        this.clock = new LamportClock(counters);
        this.counters = counters;
    }

    /** Lamport time of the next event. */
    public long time() {
        return clock.time();
    }

    /** Goes on after that time, which this node has reached before its process ended: what was then is no news. */
    public void restore(long time) {
        clock.witness(time);
        ignoreBefore(time + 1);
    }

    /** What happened before that time is no news to the application. */
    public void ignoreBefore(long time) {
        quietBefore = Math.max(quietBefore, time);
    }

    /**
     * Tells everybody, this node included.
     *
     * @return the message that says so
     * @throws IllegalArgumentException above a limit, in Serf's words
     */
    public Message.UserEvent fire(String name, Bytes payload, boolean coalesce, Outbox out) {
        int plain = name.getBytes(StandardCharsets.UTF_8).length + payload.length();
        check(plain, config.userEventBytes(), "user event exceeds configured limit of %d bytes before encoding");
        Message.UserEvent event = new Message.UserEvent(clock.time(), name, payload, coalesce);
        int encoded = sizes.of(event) - 1;
        check(
                encoded,
                config.userEventBytes(),
                "encoded user event exceeds configured limit of %d bytes after encoding");
        check(encoded, longest.getAsInt(), "encoded user event exceeds the %d bytes that fit into a packet");
        clock.tick();
        hear(event, true, out);
        return event;
    }

    private static void check(int bytes, int most, String otherwise) {
        if (bytes > most) {
            throw new IllegalArgumentException(otherwise.replace("%d", Integer.toString(most)));
        }
    }

    /** Somebody tells, or repeats. New events are repeated. */
    public void onEvent(Message.UserEvent event, Outbox out) {
        if (clock.witness(event.time())) {
            hear(event, true, out);
        }
    }

    /** What another remembers. Nothing of it is repeated: the exchange itself reaches everybody in time. */
    public void merge(long remoteTime, List<Message.UserEvent> events, Outbox out) {
        hear(remoteTime);
        for (Message.UserEvent event : events) {
            if (clock.witness(event.time())) {
                hear(event, false, out);
            }
        }
    }

    /** Another node's clock. It has already ticked for its next event, hence one less. */
    public void hear(long remoteTime) {
        clock.witness(remoteTime - 1);
    }

    /** What is remembered, in the order of time. */
    public List<Message.UserEvent> remembered() {
        forgetOld();
        if (remembered.isEmpty()) {
            return List.of();
        }
        List<Message.UserEvent> all = new ArrayList<>();
        remembered.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    /** A sum of hashes of what is remembered: equal for nodes that remember the same, and hardly ever otherwise. */
    public long sum() {
        forgetOld();
        return sum;
    }

    private void hear(Message.UserEvent event, boolean repeat, Outbox out) {
        if (event.time() < oldest()) {
            counters.count(Counter.USER_EVENTS_STALE);
            return;
        }
        // Whether to coalesce is not told in push/pulls: it makes no other event of it.
        Message.UserEvent plain = new Message.UserEvent(event.time(), event.name(), event.payload(), false);
        if (!remembered
                .computeIfAbsent(event.time(), any -> new LinkedHashSet<>())
                .add(plain)) {
            counters.count(Counter.USER_EVENTS_REPEATED);
            return;
        }
        sum += hash(event);
        bytes += cost(event);
        counters.count(Counter.USER_EVENTS);
        if (event.time() >= quietBefore) {
            out.emit(new Event.UserEvent(event.time(), event.name(), event.payload(), event.coalesce()));
        }
        if (repeat) {
            rumors.spreadUpper(event);
        }
        forgetOld();
        while (bytes > MAX_BYTES) {
            forgotten = remembered.firstKey() + 1;
            forget(remembered.pollFirstEntry());
        }
    }

    private long oldest() {
        return Math.max(forgotten, clock.time() - BUFFER);
    }

    private void forgetOld() {
        long oldest = oldest();
        while (!remembered.isEmpty() && remembered.firstKey() < oldest) {
            forget(remembered.pollFirstEntry());
        }
    }

    private void forget(Map.Entry<Long, Set<Message.UserEvent>> times) {
        for (Message.UserEvent event : times.getValue()) {
            sum -= hash(event);
            bytes -= cost(event);
        }
    }

    private static int cost(Message.UserEvent event) {
        return EVENT_COST + event.name().length() + event.payload().length();
    }

    private static long hash(Message.UserEvent event) {
        return Prng.mix(Prng.mix(event.time())
                ^ (long) event.name().hashCode() << 32
                ^ event.payload().hashCode());
    }
}
