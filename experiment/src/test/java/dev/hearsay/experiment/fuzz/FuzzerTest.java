package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.fuzz.Fuzzer.Plan;
import dev.hearsay.experiment.fuzz.Fuzzer.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzerTest {
    private static Plan plan(long seed, long runs, int threads, boolean keepGoing) {
        return new Plan(seed, runs, Duration.ZERO, 20, threads, keepGoing);
    }

    private static Result run(Runner runner, Plan plan) throws InterruptedException {
        return new Fuzzer(runner, plan).run(state -> {});
    }

    /** Fails in as many ways as there are numbers of members. */
    private static final Runner BY_SIZE = (scenario, seed) -> {
        int members = scenario.members().count();
        Failure failure = new Failure("size " + members, "size", 1, "");
        return new Outcome(members > 15 ? Optional.of(failure) : Optional.empty(), 10, 5);
    };

    @Test
    void the_simulator_stands_sixty_random_scenarios() throws InterruptedException {
        Result result = run(new SimulatorRunner(), new Plan(20_261, 60, Duration.ZERO, 8, 2, true));
        for (Finding finding : result.findings()) {
            System.out.println("scenario " + finding.number() + " of seed 20261, seed " + finding.seed() + "\n"
                    + finding.text() + "\n" + finding.failure().message());
        }
        assertEquals(List.of(), result.findings());
        assertEquals(60, result.state().runs());
        assertTrue(result.state().inputs() > 100_000, result.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void the_first_finding_is_the_same_with_any_number_of_threads(int threads) throws InterruptedException {
        for (long seed = 0; seed < 20; seed++) {
            List<Finding> one = run(BY_SIZE, plan(seed, 1_000, 1, false)).findings();
            assertEquals(1, one.size());
            assertEquals(one, run(BY_SIZE, plan(seed, 1_000, threads, false)).findings(), "seed " + seed);
        }
    }

    @Test
    void whoever_keeps_going_is_told_the_first_of_each_kind() throws InterruptedException {
        Result result = run(BY_SIZE, plan(3, 500, 3, true));
        assertEquals(500, result.state().runs());
        assertEquals(5, result.findings().size(), "16 to 20 members");
        assertEquals(result.findings(), run(BY_SIZE, plan(3, 500, 1, true)).findings());
    }

    @Test
    void when_the_time_is_up_no_further_scenario_begins() throws InterruptedException {
        Runner nothing = (scenario, seed) -> new Outcome(Optional.empty(), 1, 1);
        Plan plan = new Plan(1, Long.MAX_VALUE, Duration.ofMillis(1), 5, 1, false);
        assertTrue(run(nothing, plan).findings().isEmpty());
    }

    @Test
    void an_error_of_the_runner_itself_is_told_and_not_taken_for_a_finding() {
        Runner broken = (scenario, seed) -> {
            throw new IllegalStateException("the runner is broken");
        };
        IllegalStateException told = assertThrows(IllegalStateException.class, () -> run(broken, plan(1, 5, 2, false)));
        assertEquals("the runner is broken", told.getCause().getMessage());
    }

    @Test
    void a_plan_that_cannot_be_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> plan(1, 0, 1, false));
        assertThrows(IllegalArgumentException.class, () -> plan(1, 1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Plan(1, 1, Duration.ZERO, 1, 1, false));
    }
}
