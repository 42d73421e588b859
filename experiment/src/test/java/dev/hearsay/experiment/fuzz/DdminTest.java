package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Zeller and Hildebrandt 2002, section 3.2. */
class DdminTest {
    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void exactly_what_is_needed_is_left_wherever_it_stands() {
        for (long seed = 0; seed < 200; seed++) {
            Prng random = new Prng(seed);
            TreeSet<Integer> needed = new TreeSet<>();
            int size = 1 + random.below(20);
            for (int i = random.below(4); i > 0; i--) {
                needed.add(random.below(size));
            }
            List<Integer> left = Ddmin.minimum(upTo(size), part -> part.containsAll(needed));
            assertEquals(new ArrayList<>(needed), left, "seed " + seed);
        }
    }

    @Test
    void one_of_many_is_found_in_steps_that_grow_with_the_logarithm() {
        int[] asked = new int[1];
        Ddmin.minimum(upTo(1_024), part -> {
            asked[0]++;
            return part.contains(700);
        });
        assertTrue(asked[0] <= 2 * 10 + 1, "asked " + asked[0] + " times");
    }

    @Test
    void nothing_single_can_go_even_where_parts_need_each_other_in_odd_ways() {
        List<Integer> left = Ddmin.minimum(upTo(12), part -> part.size() % 3 == 0 && part.contains(5));
        assertTrue(left.contains(5) && left.size() % 3 == 0, left.toString());
    }
}
