package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimingWheelTest {
    private static final class Note extends Occurrence {
        Note(long time, int to, int from, long sequence) {
            super(time, to, from, sequence);
        }

        @Override
        void arrive() {}
    }

    @Property
    void gives_what_a_sorted_queue_gives_whatever_is_added_meanwhile(@ForAll long seed) {
        Prng random = new Prng(seed);
        TimingWheel wheel = new TimingWheel();
        PriorityQueue<Occurrence> sorted = new PriorityQueue<>();
        long now = 0;
        for (int i = 0; i < 2_000; i++) {
            if (random.below(5) < 3) {
                // From the same moment to many years ahead: every level is used, and equal times occur.
                long delay = (random.nextLong() >>> 1) >>> random.below(63);
                Note note = new Note(Math.max(0, now + delay), random.below(3), random.below(3), i);
                wheel.add(note);
                sorted.add(note);
            } else {
                long until = Math.max(now, now + ((random.nextLong() >>> 1) >>> random.below(63)));
                Occurrence expected = sorted.peek();
                if (expected != null && expected.time <= until) {
                    assertSame(sorted.poll(), wheel.poll(until));
                    now = expected.time;
                } else {
                    assertNull(wheel.poll(until));
                    now = until;
                }
            }
            assertEquals(sorted.size(), wheel.size());
        }
        while (!sorted.isEmpty()) {
            assertSame(sorted.poll(), wheel.poll(Long.MAX_VALUE));
        }
        assertNull(wheel.poll(Long.MAX_VALUE));
    }

    @Property
    void what_is_taken_out_does_not_come_and_everything_else_comes_in_order(@ForAll long seed) {
        Prng random = new Prng(seed);
        TimingWheel wheel = new TimingWheel();
        PriorityQueue<Occurrence> sorted = new PriorityQueue<>();
        long now = 0;
        for (int i = 0; i < 1_000; i++) {
            long delay = (random.nextLong() >>> 1) >>> random.below(63);
            Note note = new Note(Math.max(0, now + delay), random.below(3), random.below(3), i);
            wheel.add(note);
            sorted.add(note);
            if (random.below(3) == 0) {
                Occurrence next = sorted.remove();
                assertSame(next, wheel.poll(Long.MAX_VALUE));
                now = next.time;
            }
            if (random.below(50) == 0) {
                int to = random.below(3);
                List<Occurrence> taken = wheel.take(each -> each.to == to);
                assertEquals(sorted.stream().filter(each -> each.to == to).count(), taken.size());
                sorted.removeIf(each -> each.to == to);
                assertEquals(sorted.size(), wheel.size());
            }
        }
        while (!sorted.isEmpty()) {
            assertSame(sorted.poll(), wheel.poll(Long.MAX_VALUE));
        }
        assertNull(wheel.poll(Long.MAX_VALUE));
    }

    @Test
    void within_one_moment_the_order_is_destination_then_source_then_the_sources_sequence() {
        List<Note> notes = new ArrayList<>();
        for (int to = 0; to < 3; to++) {
            for (int from = 0; from < 3; from++) {
                for (int sequence = 0; sequence < 3; sequence++) {
                    notes.add(new Note(5_000_000_000L, to, from, sequence));
                }
            }
        }
        TimingWheel wheel = new TimingWheel();
        for (int i = 0; i < notes.size(); i++) {
            wheel.add(notes.get(i * 5 % notes.size()));
        }
        for (Note note : notes) {
            assertSame(note, wheel.poll(5_000_000_000L));
        }
    }

    @Test
    void an_occurrence_added_for_the_current_moment_still_takes_its_place_in_the_order() {
        TimingWheel wheel = new TimingWheel();
        Note first = new Note(70, 1, 0, 0);
        Note last = new Note(70, 3, 0, 1);
        wheel.add(first);
        wheel.add(last);
        assertSame(first, wheel.poll(70));
        Note between = new Note(70, 2, 0, 2);
        wheel.add(between);
        assertSame(between, wheel.poll(70));
        assertSame(last, wheel.poll(70));
    }
}
