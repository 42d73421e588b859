package dev.hearsay.sim.rumor;

import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, in order, at eight bytes each: a ring of ticks of 2^{@value #TICK_BITS} ns. An event is a number of
 * {@value #PAYLOAD_BITS} bits; those at the same nanosecond come in the order of these numbers.
 *
 * <p>Only the events of one tick are sorted, by radix where they are many: where all links are equally slow, hundreds of thousands happen in the
 * same nanosecond. What lies beyond the ring waits in a tree until it comes round.
 */
final class EventWheel {
    static final int TICK_BITS = 16;
    static final int PAYLOAD_BITS = 47;

    private static final int RING = 1 << 14;
    private static final long IN_TICK = (1L << TICK_BITS) - 1;
    private static final long PAYLOAD = (1L << PAYLOAD_BITS) - 1;

    private final @Nullable Slot[] ring = new @Nullable Slot[RING];
    private final TreeMap<Long, Slot> beyond = new TreeMap<>();
    private final PriorityQueue<Long> late = new PriorityQueue<>();
    private final RadixSort sort = new RadixSort();
    private @Nullable Chunk free;

    private long[] batch = new long[1024];
    private int next;
    private int end;
    private long tick;
    private long size;
    private long time;

    /** How many events are waiting. */
    long size() {
        return size;
    }

    /** The time of the event taken last, in virtual nanoseconds. */
    long time() {
        return time;
    }

    /** Adds an event at that time, which must not lie before that of the event taken last. */
    void add(long at, long payload) {
        size++;
        long its = at >>> TICK_BITS;
        long event = (at & IN_TICK) << PAYLOAD_BITS | payload;
        if (its <= tick) {
            late.add(event);
        } else {
            slot(its).add(event);
        }
    }

    /** Takes the first event, which must exist: its payload. {@link #time} says when. */
    long take() {
        if (next == end && late.isEmpty()) {
            advance();
        }
        Long added = late.peek();
        long event;
        if (added != null && (next == end || added < batch[next])) {
            event = added;
            late.poll();
        } else {
            event = batch[next++];
        }
        size--;
        time = tick << TICK_BITS | event >>> PAYLOAD_BITS;
        return event & PAYLOAD;
    }

    /** Moves on to the next tick in which anything happens. */
    private void advance() {
        Slot slot = null;
        long last = beyond.isEmpty() ? Long.MAX_VALUE : beyond.firstKey();
        for (long at = tick + 1; slot == null && at < Math.min(last, tick + RING); at++) {
            slot = ring[(int) at & RING - 1];
            if (slot != null) {
                ring[(int) at & RING - 1] = null;
                tick = at;
            }
        }
        if (slot == null) {
            slot = beyond.pollFirstEntry().getValue();
            tick = last;
        }
        next = 0;
        end = slot.count;
        if (batch.length < end) {
            batch = new long[Math.max(end, batch.length * 2)];
        }
        slot.empty();
        sort.sort(batch, end);
    }

    private Slot slot(long its) {
        int place = (int) its & RING - 1;
        if (its - tick >= RING) {
            return beyond.computeIfAbsent(its, any -> new Slot());
        }
        Slot slot = ring[place];
        if (slot == null) {
            // The tree may have it: it was beyond the ring when it began.
            Slot waited = beyond.isEmpty() ? null : beyond.remove(its);
            slot = waited == null ? new Slot() : waited;
            ring[place] = slot;
        }
        return slot;
    }

    /** The events of a tick, in no order. */
    private final class Slot {
        private @Nullable Chunk newest;
        private int count;

        void add(long event) {
            int at = count & Chunk.EVENTS - 1;
            Chunk into = newest;
            if (at == 0 || into == null) {
                into = chunk(into);
                newest = into;
            }
            into.events[at] = event;
            count++;
        }

        /** Into the batch, and the chunks back to those that are free. */
        void empty() {
            int to = count;
            for (Chunk each = newest; each != null; ) {
                int held = (to - 1 & Chunk.EVENTS - 1) + 1;
                to -= held;
                System.arraycopy(each.events, 0, batch, to, held);
                Chunk before = each.before;
                each.before = free;
                free = each;
                each = before;
            }
        }
    }

    private Chunk chunk(@Nullable Chunk before) {
        Chunk chunk = free;
        if (chunk == null) {
            chunk = new Chunk();
        } else {
            free = chunk.before;
        }
        chunk.before = before;
        return chunk;
    }

    private static final class Chunk {
        static final int EVENTS = 256;

        final long[] events = new long[EVENTS];

        @Nullable Chunk before;
    }
}
