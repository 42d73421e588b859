package dev.hearsay.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, in order: a hierarchical timing wheel (Varghese and Lauck, SOSP 1987) over virtual
 * nanoseconds.
 *
 * <p>Time is cut into ticks of 2^{@value #TICK_BITS} ns. An occurrence lies in the level of the highest digit (base 256)
 * in which its tick differs from the current one, so that it moves at most once per level on its way down and no level
 * ever wraps. Adding costs O(1), whatever the number of occurrences; only those of one tick are sorted. Anything that is
 * added for the current tick goes through a small heap, so that the exact order of {@link Occurrence} holds throughout.
 */
final class TimingWheel {
    static final int TICK_BITS = 16;

    private static final int DIGIT_BITS = 8;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int WORDS = SLOTS / Long.SIZE;
    // Together with the tick this covers all 63 bits of a time: nothing overflows.
    private static final int LEVELS = 6;

    private final @Nullable Occurrence[][] slots = new @Nullable Occurrence[LEVELS][SLOTS];
    private final long[][] occupied = new long[LEVELS][WORDS];
    private final PriorityQueue<Occurrence> late = new PriorityQueue<>();

    // The occurrences of the current tick, sorted; those before `batchNext` have been taken.
    private @Nullable Occurrence[] batch = new @Nullable Occurrence[64];
    private int batchNext;
    private int batchEnd;
    private long tick;
    private long size;

    /** How many occurrences are waiting. */
    long size() {
        return size;
    }

    /** Adds an occurrence; its time must not lie before the last one taken, nor before the last limit asked for. */
    void add(Occurrence occurrence) {
        size++;
        long at = occurrence.time >>> TICK_BITS;
        if (at <= tick) {
            late.add(occurrence);
        } else {
            place(occurrence, at);
        }
    }

    /** Takes the first occurrence, if it happens at {@code until} or before; otherwise null. */
    @Nullable Occurrence poll(long until) {
        if (batchNext == batchEnd && late.isEmpty() && !advance(until >>> TICK_BITS)) {
            return null;
        }
        Occurrence sorted = batchNext < batchEnd ? batch[batchNext] : null;
        Occurrence added = late.peek();
        boolean fromBatch = added == null || (sorted != null && sorted.compareTo(added) < 0);
        Occurrence first = fromBatch ? sorted : added;
        if (first == null || first.time > until) {
            return null;
        }
        if (fromBatch) {
            batch[batchNext++] = null;
        } else {
            late.poll();
        }
        size--;
        return first;
    }

    /** Takes all that fit out, in no particular order. Goes through everything that waits. */
    List<Occurrence> take(Predicate<Occurrence> which) {
        List<Occurrence> taken = new ArrayList<>();
        for (@Nullable Occurrence[] level : slots) {
            for (int slot = 0; slot < SLOTS; slot++) {
                level[slot] = without(level[slot], which, taken);
            }
        }
        int kept = batchNext;
        for (int i = batchNext; i < batchEnd; i++) {
            Occurrence each = batch[i];
            batch[i] = null;
            if (each != null && which.test(each)) {
                taken.add(each);
            } else {
                batch[kept++] = each;
            }
        }
        batchEnd = kept;
        late.removeIf(each -> which.test(each) && taken.add(each));
        size -= taken.size();
        return taken;
    }

    /** The list without those that fit, in another order; a slot that is empty now is found to be so when its time comes. */
    private static @Nullable Occurrence without(
            @Nullable Occurrence first, Predicate<Occurrence> which, List<Occurrence> taken) {
        Occurrence kept = null;
        Occurrence each = first;
        while (each != null) {
            Occurrence following = each.next;
            if (which.test(each)) {
                each.next = null;
                taken.add(each);
            } else {
                each.next = kept;
                kept = each;
            }
            each = following;
        }
        return kept;
    }

    private void place(Occurrence occurrence, long at) {
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(at ^ tick)) / DIGIT_BITS;
        int slot = digit(at, level);
        occurrence.next = slots[level][slot];
        slots[level][slot] = occurrence;
        occupied[level][slot >> 6] |= 1L << slot;
    }

    /** Moves on to the next tick in which anything happens, unless it lies beyond the last tick allowed. */
    private boolean advance(long last) {
        batchNext = 0;
        batchEnd = 0;
        int level = 0;
        while (level < LEVELS) {
            int slot = nextOccupied(level, digit(tick, level) + 1);
            if (slot < 0) {
                level++;
                continue;
            }
            int above = (level + 1) * DIGIT_BITS;
            long start = ((tick >>> above) << above) | ((long) slot << (level * DIGIT_BITS));
            if (start > last) {
                return false;
            }
            tick = start;
            spill(level, slot);
            if (batchEnd > 0) {
                Arrays.sort(batch, 0, batchEnd);
                return true;
            }
            level = 0;
        }
        return false;
    }

    /** Distributes a slot whose time has begun: into the batch what happens in this tick, the rest to lower levels. */
    private void spill(int level, int slot) {
        Occurrence each = slots[level][slot];
        slots[level][slot] = null;
        occupied[level][slot >> 6] &= ~(1L << slot);
        while (each != null) {
            Occurrence following = each.next;
            each.next = null;
            long at = each.time >>> TICK_BITS;
            if (at == tick) {
                if (batchEnd == batch.length) {
                    batch = Arrays.copyOf(batch, batchEnd * 2);
                }
                batch[batchEnd++] = each;
            } else {
                place(each, at);
            }
            each = following;
        }
    }

    private int nextOccupied(int level, int from) {
        for (int word = from >> 6, first = from; word < WORDS; word++, first = 0) {
            long bits = occupied[level][word] & (-1L << first);
            if (bits != 0) {
                return (word << 6) | Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    private static int digit(long at, int level) {
        return (int) (at >>> (level * DIGIT_BITS)) & (SLOTS - 1);
    }
}
