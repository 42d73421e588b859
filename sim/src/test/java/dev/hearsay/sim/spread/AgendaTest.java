package dev.hearsay.sim.spread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private record Thing(double at, int number) {}

    @Test
    void occurrences_come_by_time_and_at_the_same_time_as_they_were_added() {
        Agenda agenda = new Agenda();
        Prng random = new Prng(1);
        List<Thing> waiting = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < 5000; i++) {
            Thing thing = new Thing(now + random.below(50), i);
            agenda.add(thing.at, i, -i, thing);
            waiting.add(thing);
            if (random.below(3) == 0) {
                Thing first = waiting.stream()
                        .min(Comparator.comparingDouble(Thing::at).thenComparingInt(Thing::number))
                        .orElseThrow();
                assertTrue(agenda.take(first.at), "seed 1, step " + i);
                assertEquals(first, agenda.what());
                assertEquals(first.at, agenda.time());
                assertEquals(first.number, agenda.node());
                assertEquals(-first.number, agenda.source());
                waiting.remove(first);
                now = first.at;
            }
        }
        assertEquals(waiting.size(), agenda.size());
    }

    @Test
    void nothing_is_taken_before_its_time() {
        Agenda agenda = new Agenda();
        assertFalse(agenda.take(Double.MAX_VALUE));
        agenda.add(10, 1, 2, "x");
        assertFalse(agenda.take(9));
        assertTrue(agenda.take(10));
        assertFalse(agenda.take(10));
    }
}
