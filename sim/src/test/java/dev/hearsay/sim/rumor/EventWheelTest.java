package dev.hearsay.sim.rumor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Prng;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EventWheelTest {
    private record Due(long time, long payload) {}

    @Property(tries = 300)
    void gives_what_a_sorted_queue_gives_whatever_is_added_meanwhile(@ForAll long seed) {
        Prng random = new Prng(seed);
        EventWheel wheel = new EventWheel();
        PriorityQueue<Due> sorted =
                new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::payload));
        for (int i = 0; i < 3_000; i++) {
            if (sorted.isEmpty() || random.below(5) < 3) {
                // From the same moment to far beyond the ring; and often the same moment as others.
                long delay = random.below(3) == 0 ? 1_000_000 : random.nextLong() >>> 20 >>> random.below(44);
                long payload = random.nextLong() >>> (Long.SIZE - EventWheel.PAYLOAD_BITS) >>> random.below(40);
                wheel.add(wheel.time() + delay, payload);
                sorted.add(new Due(wheel.time() + delay, payload));
            } else {
                takeOne(wheel, sorted);
            }
        }
        while (!sorted.isEmpty()) {
            takeOne(wheel, sorted);
        }
        assertEquals(0, wheel.size());
    }

    private static void takeOne(EventWheel wheel, PriorityQueue<Due> sorted) {
        Due expected = sorted.remove();
        assertEquals(expected.payload, wheel.take());
        assertEquals(expected.time, wheel.time());
        assertEquals(sorted.size(), wheel.size());
    }

    @Property(tries = 200)
    void radix_sorts_as_comparing_does(@ForAll long seed) {
        Prng random = new Prng(seed);
        RadixSort sort = new RadixSort();
        for (int round = 0; round < 3; round++) {
            // Some bits are the same in all, as the digits left out would be.
            long varying = random.nextLong() & random.nextLong() >>> 1;
            long fixed = random.nextLong() >>> 1 & ~varying;
            long[] values = new long[1 + random.below(3_000)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextLong() & varying & Long.MAX_VALUE) | fixed;
            }
            long[] expected = values.clone();
            int count = 1 + random.below(values.length);
            Arrays.sort(expected, 0, count);
            sort.sort(values, count);
            assertArrayEquals(expected, values);
        }
    }
}
