package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rateless invertible Bloom lookup tables (Yang, Gilad, Alizadeh 2024, "Practical rateless set reconciliation"). */
class SketchTest {
    /** Two sets: what they share, and what only one has. */
    private static final class Sets {
        final Set<Long> here = new TreeSet<>();
        final Set<Long> there = new TreeSet<>();
        final Sketch left;
        final Sketch right;

        Sets(int shared, int different, int cells, long seed) {
            left = new Sketch(cells);
            right = new Sketch(cells);
            Prng random = new Prng(seed);
            for (int i = 0; i < shared; i++) {
                long hash = random.nextLong();
                left.add(hash);
                right.add(hash);
            }
            for (int i = 0; i < different; i++) {
                long hash = random.nextLong();
                boolean mine = random.nextInt() < 0;
                (mine ? left : right).add(hash);
                (mine ? here : there).add(hash);
            }
        }

        /** Whether so many cells are enough. If so, they have to say what is different. */
        boolean read(int cells) {
            Sketch.Difference difference = left.minus(right.cells(cells));
            if (difference == null) {
                return false;
            }
            assertEquals(here.size(), difference.here().size());
            assertEquals(there.size(), difference.there().size());
            assertEquals(here, new TreeSet<>(difference.here()));
            assertEquals(there, new TreeSet<>(difference.there()));
            return true;
        }

        /** How many cells it takes, to within two of a hundred. */
        int enough(int different) {
            int step = Math.max(1, different / 50);
            int cells = Math.max(1, different);
            while (!read(cells)) {
                cells += step;
            }
            return cells;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0, 1.0",
        "10, 1, 1.0",
        "1000, 2, 8.0",
        "100000, 5, 4.0",
        "1000, 20, 2.2",
        "10, 100, 1.9",
        "10000, 300, 1.8",
        "100000, 1000, 1.7",
        "100, 2500, 1.6",
        "100000, 5000, 1.6"
    })
    void a_difference_is_read_from_less_than_twice_as_many_cells_however_much_is_shared(
            int shared, int different, double mostOverhead) {
        int tries = shared > 10_000 ? 6 : 30;
        long all = 0;
        for (int i = 0; i < tries; i++) {
            Sets sets = new Sets(shared, different, 2 * different + 128, 1000L * different + i);
            int enough = sets.enough(different);
            assertTrue(enough <= 2 * different + 64, enough + " cells for " + different);
            all += enough;
        }
        double overhead = (double) all / tries / Math.max(1, different);
        System.out.printf(
                "sketch: %d different of %d shared: %.2f cells each (Yang et al. 2024: 1.35 to 1.8)%n",
                different, shared, overhead);
        assertTrue(overhead <= mostOverhead, overhead + " cells for each");
    }

    @Property(tries = 150)
    void twice_as_many_cells_and_a_few_are_enough_and_too_few_never_say_anything_wrong(
            @ForAll @IntRange(max = 300) int different, @ForAll @IntRange(max = 500) int shared, @ForAll long seed) {
        int most = 2 * different + 64;
        Sets sets = new Sets(shared, different, most, seed);
        boolean read = different == 0;
        for (int cells = 1; cells <= most; cells += 1 + cells / 16) {
            // What is read is right, or the assertion in it fails.
            read |= sets.read(cells);
        }
        assertTrue(read || sets.read(most), different + " different, " + shared + " shared, seed " + seed);
    }

    @Property(tries = 100)
    void what_was_taken_out_again_leaves_no_trace(@ForAll List<Long> hashes, @ForAll List<Long> others) {
        Sketch sketch = new Sketch(40);
        Sketch few = new Sketch(40);
        hashes.forEach(sketch::add);
        hashes.forEach(few::add);
        others.forEach(sketch::add);
        others.forEach(sketch::remove);
        assertEquals(few.cells(40), sketch.cells(40));
    }

    @Test
    void fewer_cells_are_the_beginning_of_more() {
        Sketch few = new Sketch(64);
        Sketch many = new Sketch(1000);
        new Random(1).longs(500).forEach(hash -> {
            few.add(hash);
            many.add(hash);
        });
        assertEquals(few.cells(64), many.cells(64));
    }

    @Test
    void cells_that_were_made_up_so_that_they_never_cancel_out_come_to_an_end() {
        for (int cells : new int[] {2, 3, 8, 64, 1000}) {
            for (long hash = 1; hash < 20; hash++) {
                Sketch one = new Sketch(cells);
                one.add(hash);
                List<StateFrame.Cell> hostile = new ArrayList<>(one.cells(cells));
                // The hash is in one of its cells only: taken out there, it appears in all others, and back again.
                for (int i = 1; i < cells; i++) {
                    hostile.set(i, new StateFrame.Cell(0, 0, 0));
                }
                Sketch.Difference difference = new Sketch(cells).minus(hostile);
                assertTrue(difference == null || difference.there().size() <= cells, "more hashes than cells");
            }
        }
    }

    @Property(tries = 300)
    void any_cells_come_to_an_end(@ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int cells) {
        Random random = new Random(seed);
        List<StateFrame.Cell> hostile = new ArrayList<>();
        Sketch real = new Sketch(cells);
        for (int i = 0; i < cells / 3; i++) {
            real.add(random.nextLong());
        }
        for (StateFrame.Cell cell : real.cells(cells)) {
            hostile.add(
                    random.nextInt(4) > 0
                            ? cell
                            : new StateFrame.Cell(random.nextLong(), random.nextInt(), random.nextInt(5) - 2));
        }
        Sketch.Difference difference = new Sketch(cells).minus(hostile);
        if (difference != null) {
            assertTrue(difference.here().size() + difference.there().size() <= cells);
        }
    }
}
