package dev.hearsay.agent.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.mixed.Step.Action;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The random steps of the long form, without its processes. */
class ScriptTest {
    @Test
    void theSameSeedGivesTheSameStepsAndAnotherSeedOthers() {
        assertEquals(steps(7, 200), steps(7, 200));
        assertNotEquals(steps(7, 200), steps(8, 200));
    }

    @Test
    void everyActionComesAndEnoughMembersOfBothKindsStayUp() {
        for (long seed = 0; seed < 20; seed++) {
            Expected expected = expected();
            Script script = new Script(seed, expected);
            Set<Action> seen = EnumSet.noneOf(Action.class);
            for (int i = 0; i < 500; i++) {
                Step step = script.next();
                expected.apply(step);
                seen.add(step.action());
                String where = "seed " + seed + ", step " + i + ", " + step;
                if (i >= 6) {
                    assertTrue(expected.up().size() >= Script.LEAST_UP, where);
                    assertTrue(!expected.up(Kind.OURS).isEmpty(), where);
                    assertTrue(!expected.up(Kind.SERF).isEmpty(), where);
                }
                assertTrue(expected.paused().size() <= Script.MOST_PAUSED, where);
                if (!step.through().isEmpty()) {
                    assertTrue(expected.up().contains(step.through()), where);
                    assertNotEquals(step.member(), step.through(), where);
                }
            }
            assertEquals(EnumSet.allOf(Action.class), seen, "seed " + seed);
        }
    }

    private static List<Step> steps(long seed, int count) {
        Expected expected = expected();
        Script script = new Script(seed, expected);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(script.next());
            expected.apply(steps.get(i));
        }
        return steps;
    }

    private static Expected expected() {
        return new Expected("127.1.2", 3, 3);
    }
}
