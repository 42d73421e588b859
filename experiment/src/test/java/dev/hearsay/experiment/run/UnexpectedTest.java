package dev.hearsay.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

class UnexpectedTest {
    @Test
    void an_exception_that_nobody_expected_ends_the_run_and_is_told_with_where_it_comes_from() {
        Progress broken = (seconds, total, inputs) -> {
            if (seconds >= 3) {
                throw new IllegalStateException("three");
            }
        };
        RunResult result =
                ScenarioRun.run(ScenarioFile.read("test.yaml", "name: test\ncluster: {members: 2}\n"), 5, broken);
        String told = result.violation().orElseThrow();
        assertTrue(told.startsWith("unexpected java.lang.IllegalStateException: three\n    at "), told);
        assertTrue(told.endsWith("at 3.0 s of virtual time, seed 5"), told);
        assertEquals(3, result.seconds());
        assertFalse(result.passed());
    }
}
