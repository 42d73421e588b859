package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimplerTest {
    @Test
    void durations_lose_digits() {
        assertEquals(List.of("1s", "2s", "10s", "19s", "20s", "38s"), Simpler.than("37219ms"));
        assertEquals(List.of("1s", "2s", "5s"), Simpler.than("9s"));
    }

    @Test
    void those_who_are_chosen_at_random_become_somebody() {
        assertTrue(Simpler.than("random 7").contains("n0"));
        assertEquals("n0", Simpler.than("zone a").get(0));
        assertTrue(Simpler.than("n3..n9").contains("n3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "lan", "n0", "push-pull", "1s"})
    void what_is_as_simple_as_can_be_stays(String text) {
        assertEquals(List.of(), Simpler.than(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"37219ms", "12.5 %", "-13971 ppm", "random 7", "n3..n9", "717 kB/s", "4711", "333us"})
    void simplifying_comes_to_an_end_whichever_value_is_taken(String text) {
        String now = text;
        for (int i = 0; i < 1_000; i++) {
            List<String> simpler = Simpler.than(now);
            if (simpler.isEmpty()) {
                return;
            }
            assertFalse(simpler.contains(now));
            now = simpler.get(simpler.size() - 1);
        }
        throw new AssertionError(text + " never ends, and is " + now + " after 1,000 steps");
    }
}
