package dev.hearsay.examples.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.examples.claim.Shards.Portion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private final List<String> said = new ArrayList<>();

    @Test
    void aShardIsHeldWhenAllOthersHaveLetItGoFromTheFarthestPosition() {
        Shards shards = new Shards("a", 1, said::add);
        Portion portion = shards.divide(Set.of("a")).get(0);
        assertEquals("0", portion.question());
        assertEquals(List.of(), shards.held());
        shards.answered(portion, List.of("7", "41"));
        assertEquals(List.of(0), shards.held());
        shards.work((shard, position) -> position + 1);
        assertEquals(List.of("shard 0 is mine, 41 steps done"), said);
        shards.divide(Set.of());
        assertEquals("shard 0 is another's now, 42 steps done", said.get(1));
    }

    @Test
    void whatAnotherHasOrWhatMakesNoSenseIsNotHeld() {
        for (String answer : List.of("-", "x", "", "1 2", "-5")) {
            Shards shards = new Shards("a", 1, said::add);
            shards.answered(shards.divide(Set.of("a")).get(0), List.of("3", answer));
            assertEquals(List.of(), shards.held(), answer);
        }
    }

    @Test
    void questionsThatMakeNoSenseAreNotAnswered() {
        Shards shards = new Shards("a", 4, said::add);
        assertEquals("", shards.asked("b", "4"));
        assertEquals("", shards.asked("b", "1 x"));
        assertEquals("", shards.asked("b", "-1"));
        assertEquals("0 0", shards.asked("b", "3 1"));
    }

    @Test
    void aRetiringWorkerLetsGoWhoeverAsks() {
        Shards shards = new Shards("a", 16, said::add);
        shards.divide(Set.of("a")).forEach(portion -> shards.answered(portion, List.of()));
        assertEquals(16, shards.held().size());
        shards.retire();
        for (int shard = 0; shard < 16; shard++) {
            assertEquals("0", shards.asked("b", Integer.toString(shard)));
        }
        assertEquals(List.of(), shards.held());
    }

    @Test
    void whoGoesTellsHowFarItCame() {
        Shards going = new Shards("a", 40, said::add);
        going.divide(Set.of("a")).forEach(portion -> going.answered(portion, List.of()));
        going.work((shard, position) -> shard == 7 ? 0 : position + shard);
        going.work((shard, position) -> position + 1);
        List<String> known = going.known();
        assertEquals(2, known.size());
        assertTrue(known.get(0).startsWith("0:1 1:2 ") && known.get(1).endsWith(" 38:39 39:40"), known::toString);

        Shards staying = new Shards("b", 40, said::add);
        known.forEach(staying::told);
        staying.told("7:1 3:2 x 99:1 4:x -1:5 : 5:");
        assertEquals("1 4 5 6 1 40", staying.asked("a", "0 3 4 5 7 39"));
        assertEquals(List.of(), new Shards("c", 4, said::add).known());
    }

    @Test
    void manyShardsAreAskedForInPortionsThatFit() {
        List<Portion> portions = new Shards("a", 70, said::add).divide(Set.of("a"));
        assertEquals(
                List.of(32, 32, 6),
                portions.stream().map(p -> p.shards().size()).toList());
    }

    /** Workers with different ideas of who is there, whose questions and answers arrive in any order. */
    @Property(tries = 300)
    void neverDoTwoHoldTheSameShardWhateverEachBelievesOfTheOthers(
            @ForAll @IntRange(min = 2, max = 5) int count, @ForAll long seed) {
        Random order = new Random(seed);
        List<String> names = new ArrayList<>();
        List<Shards> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("node-" + i);
            all.add(new Shards("node-" + i, 6, said::add));
        }
        Deque<Runnable> under = new ArrayDeque<>();
        for (int step = 0; step < 300; step++) {
            int who = order.nextInt(count);
            Set<String> believed = new TreeSet<>(Set.of(names.get(who)));
            names.stream().filter(name -> order.nextBoolean()).forEach(believed::add);
            for (Portion portion : all.get(who).divide(believed)) {
                under.add(claim(portion, who, names, all, under));
            }
            for (int i = order.nextInt(8); i > 0 && !under.isEmpty(); i--) {
                // Any of those under way goes on.
                for (int turn = order.nextInt(under.size()); turn > 0; turn--) {
                    under.add(under.remove());
                }
                under.remove().run();
                for (int shard = 0; shard < 6; shard++) {
                    int wanted = shard;
                    long holders = all.stream()
                            .filter(worker -> worker.held().contains(wanted))
                            .count();
                    assertTrue(holders <= 1, () -> holders + " hold shard " + wanted + ", seed " + seed);
                }
            }
        }
    }

    /** Asks the next of the others, until all have answered. */
    private static Runnable claim(
            Portion portion, int who, List<String> names, List<Shards> all, Deque<Runnable> under) {
        List<Integer> unasked = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (i != who) {
                unasked.add(i);
            }
        }
        List<String> answers = new ArrayList<>();
        return new Runnable() {
            @Override
            public void run() {
                if (unasked.isEmpty()) {
                    all.get(who).answered(portion, answers);
                } else {
                    answers.add(all.get(unasked.remove(0)).asked(names.get(who), portion.question()));
                    under.add(this);
                }
            }
        };
    }
}
