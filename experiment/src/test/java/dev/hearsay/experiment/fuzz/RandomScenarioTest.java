package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.scenario.Fault;
import dev.hearsay.experiment.scenario.Members;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioException;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomScenarioTest {
    private static final int MANY = 1_500;

    private static Scenario scenario(long place, int most) {
        String text = RandomScenario.text(Fuzzer.number(42, place), most);
        try {
            return ScenarioFile.read("scenario " + place + " of seed 42", text);
        } catch (ScenarioException e) {
            throw new AssertionError(e.getMessage() + "\n" + text, e);
        }
    }

    @Test
    void every_scenario_is_one_that_a_person_could_run() {
        for (int i = 0; i < MANY; i++) {
            Scenario scenario = scenario(i, 2 + i % 60);
            assertTrue(scenario.members().count() <= 2 + i % 60, scenario.text());
            assertTrue(Promise.holds(scenario), "something must be promised:\n" + scenario.text());
            assertTrue(scenario.expectations().stream().anyMatch(e -> e.metric().equals("agreement")));
        }
    }

    @Test
    void a_number_makes_the_same_scenario_each_time() {
        assertEquals(RandomScenario.text(17, 50), RandomScenario.text(17, 50));
    }

    @Test
    void there_is_every_kind_of_fault_and_of_beginning() {
        TreeSet<String> kinds = new TreeSet<>();
        for (int i = 0; i < MANY; i++) {
            Scenario scenario = scenario(i, 50);
            scenario.faults()
                    .forEach(fault -> kinds.add(fault.action().getClass().getSimpleName()));
            kinds.add(scenario.members().start().name());
            kinds.add(scenario.config().heartbeats().selected() ? "heartbeats" : "probes");
        }
        for (Class<?> kind : Fault.Action.class.getPermittedSubclasses()) {
            assertTrue(kinds.contains(kind.getSimpleName()), kind + " is missing in " + kinds);
        }
        for (Members.Start start : Members.Start.values()) {
            assertTrue(kinds.contains(start.name()), kinds.toString());
        }
        assertTrue(kinds.contains("heartbeats"), kinds.toString());
    }

    @Test
    void a_number_of_members_that_cannot_be_is_refused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RandomScenario.text(1, 1));
        assertEquals("members 1: must be 2 to 1000", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> RandomScenario.text(1, 1_001));
    }

    @Test
    void a_scenario_that_is_read_and_written_is_the_same() {
        for (int i = 0; i < 200; i++) {
            String text = RandomScenario.text(Fuzzer.number(42, i), 50);
            assertEquals(text, ScenarioTree.read(text).text());
        }
    }
}
