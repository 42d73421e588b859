package dev.hearsay.experiment.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.run.Progress;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.ScenarioRun;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The scenarios that come with Hearsay, with 20 members instead of what they say: what they expect comes true. */
class ReadyScenariosTest {
    private static final Variation SMALL = Variation.parse("cluster.members=20");

    @Test
    void there_are_at_least_fifteen_and_each_says_what_it_shows_and_expects() {
        assertTrue(ReadyScenarios.names().size() >= 15);
        for (String name : ReadyScenarios.names()) {
            Scenario scenario = ReadyScenarios.scenario(name);
            assertEquals(name, scenario.name());
            assertTrue(scenario.about().length() > 40, name);
            assertTrue(!scenario.expectations().isEmpty(), name);
        }
    }

    @Test
    void each_passes_with_twenty_members() {
        List<String> failures = ReadyScenarios.names().parallelStream()
                .map(ReadyScenariosTest::failure)
                .filter(Objects::nonNull)
                .toList();
        assertEquals(List.of(), failures);
    }

    private static String failure(String name) {
        Scenario scenario = ScenarioFile.read(name, ReadyScenarios.file(name), List.of(SMALL));
        RunResult result = ScenarioRun.run(scenario, scenario.seed(), Progress.SILENT);
        return result.passed() ? null : name + ": " + result.verdicts() + " " + result.violation();
    }
}
