package dev.hearsay.examples.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns("b", 2);

    @Test
    void whoWantsNothingLetsEverybodyGo() {
        assertTrue(turns.yieldTo("a", 5));
        assertTrue(turns.yieldTo("c", 1));
    }

    @Test
    void aTicketIsLaterThanAnyHeardOfAndKeptUntilOneIsBack() {
        turns.yieldTo("a", 41);
        assertEquals(42, turns.want());
        turns.yieldTo("a", 90);
        assertEquals(42, turns.want());
        turns.back();
        assertEquals(91, turns.want());
    }

    @Test
    void theEarlierTicketGoesFirstAndOfEqualOnesTheFirstName() {
        turns.yieldTo("x", 4);
        assertEquals(5, turns.want());
        assertTrue(turns.yieldTo("c", 4));
        assertFalse(turns.yieldTo("c", 6));
        assertTrue(turns.yieldTo("a", 5));
        assertFalse(turns.yieldTo("c", 5));
        assertTrue(turns.yieldTo("b", 5), "oneself");
    }

    @Test
    void whoIsAwayLetsNobodyGo() {
        turns.want();
        assertFalse(turns.leave(2));
        assertTrue(turns.leave(1));
        assertFalse(turns.yieldTo("a", 0));
        turns.back();
        assertTrue(turns.yieldTo("a", 9));
    }

    @Test
    void aTicketThatNobodyCanHaveDoesNoHarm() {
        turns.yieldTo("a", Long.MAX_VALUE);
        turns.yieldTo("a", -7);
        assertEquals(Turns.LATEST + 1, turns.want());
    }

    /** Questions, answers and returns in any order: never more away than allowed, and in the end everybody was. */
    @Property(tries = 300)
    void neverMoreAreAwayThanAllowedWhateverTheOrder(
            @ForAll @IntRange(min = 2, max = 7) int members,
            @ForAll @IntRange(min = 1, max = 3) int atOnce,
            @ForAll long seed) {
        Random order = new Random(seed);
        List<Asking> all = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            all.add(new Asking("node-" + i, atOnce));
        }
        int steps = 0;
        while (all.stream().anyMatch(member -> !member.done)) {
            assertTrue(++steps < 1_000_000, "somebody never has a turn, seed " + seed);
            all.get(order.nextInt(members)).step(all, order);
            long away = all.stream().filter(member -> member.away).count();
            assertTrue(away <= atOnce, () -> away + " away, seed " + seed);
        }
    }

    /** A member that asks the others one by one, in any order and with pauses, as the network may have it. */
    private static final class Asking {
        private final String name;
        private final Turns turns;
        private final List<Asking> unasked = new ArrayList<>();
        private long ticket;
        private int against;
        private boolean asking;
        private boolean away;
        private boolean done;

        Asking(String name, int atOnce) {
            this.name = name;
            this.turns = new Turns(name, atOnce);
        }

        void step(List<Asking> all, Random order) {
            if (done) {
                return;
            }
            if (away) {
                if (order.nextInt(5) == 0) {
                    away = false;
                    done = true;
                    turns.back();
                }
            } else if (!asking) {
                asking = true;
                ticket = turns.want();
                against = 0;
                unasked.addAll(all);
            } else if (!unasked.isEmpty()) {
                Asking other = unasked.remove(order.nextInt(unasked.size()));
                against += other.turns.yieldTo(name, ticket) ? 0 : 1;
            } else {
                asking = false;
                away = turns.leave(against);
            }
        }
    }
}
