package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.fuzz.Reducer.Reduced;
import dev.hearsay.experiment.scenario.Fault;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReducerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static Reduced reduced(Runner runner, Finding finding) {
        return Reducer.reduce(runner, finding, LONG, 5_000, runs -> {});
    }

    private static List<Finding> findings(Runner runner, int runs) throws InterruptedException {
        return new Fuzzer(runner, new Fuzzer.Plan(7, runs, Duration.ZERO, 50, 2, false))
                .run(state -> {})
                .findings();
    }

    private static Finding finding(Runner runner, String text) {
        Scenario scenario = ScenarioFile.read("test.yaml", text);
        Failure failure = runner.run(scenario, scenario.seed()).failure().orElseThrow();
        return new Finding(0, text, scenario.seed(), failure);
    }

    @Test
    void of_a_random_scenario_one_crash_and_one_partition_of_three_members_are_left() throws InterruptedException {
        OverlapRunner runner = new OverlapRunner();
        Finding found = findings(runner, 10_000).get(0);
        Reduced reduced = reduced(runner, found);
        Scenario left = ScenarioFile.read("reduced.yaml", reduced.text());
        String text = found.text() + "\n->\n" + reduced.text();
        assertTrue(reduced.complete(), text);
        assertEquals(3, left.members().count(), text);
        assertEquals(List.of(), left.members().zones(), text);
        assertEquals(2, left.faults().size(), text);
        assertTrue(left.faults().stream().anyMatch(fault -> fault.action() instanceof Fault.Crash), text);
        assertTrue(left.faults().stream().anyMatch(fault -> fault.action() instanceof Fault.Partition), text);
        assertTrue(left.workload().events().isEmpty() && left.workload().state().isEmpty(), text);
        assertFalse(reduced.text().contains("config"), text);
        assertFalse(reduced.text().contains("network"), text);
        assertTrue(left.duration().toSeconds() <= 10, text);
    }

    @Test
    void what_is_left_fails_when_it_is_run_as_a_file() throws InterruptedException {
        OverlapRunner runner = new OverlapRunner();
        Reduced reduced = reduced(runner, findings(runner, 10_000).get(0));
        Scenario left = ScenarioFile.read("reduced.yaml", reduced.text());
        assertEquals(reduced.seed(), left.seed());
        assertEquals(
                Optional.of(reduced.failure()), runner.run(left, left.seed()).failure());
    }

    @Test
    void another_failure_is_not_taken_for_the_same() {
        Runner runner = (scenario, seed) -> {
            String kind = scenario.faults().size() >= 2 ? "both" : "one";
            return new Outcome(Optional.of(new Failure(kind, kind, 30, "")), 60, 1);
        };
        Finding found = finding(runner, """
                name: two
                cluster: {members: 3}
                faults:
                  - {at: 3s, crash: n1}
                  - {at: 5s, crash: n2}
                  - {at: 5s, break-streams: n0}
                """);
        Reduced reduced = reduced(runner, found);
        assertEquals("both", reduced.failure().kind());
        assertEquals(2, ScenarioFile.read("r", reduced.text()).faults().size());
    }

    @Test
    void where_a_promise_is_broken_what_is_left_is_still_owed_it() {
        Runner runner = (scenario, seed) -> {
            boolean cut = scenario.faults().stream().anyMatch(fault -> fault.action() instanceof Fault.Weather);
            Optional<Failure> failure = cut
                    ? Optional.of(new Failure(SimulatorRunner.EXPECTED + "agreement", "none", 500, ""))
                    : Optional.empty();
            return new Outcome(failure, 500, 1);
        };
        Finding found = finding(runner, """
                name: promise
                duration: 900s
                cluster: {members: 9}
                config: {reconnectInterval: 5s, pushPullInterval: 5s}
                faults:
                  - {at: 3s, crash: n1}
                  - {at: 20s, network: {loss: 37.5 %}, for: 17s, every: 20s, times: 3}
                workload:
                  events: {every: 500ms}
                expect: {agreement: within 300s}
                """);
        Scenario left = ScenarioFile.read("r", reduced(runner, found).text());
        assertTrue(Promise.holds(left), left.text());
        assertEquals(1, left.faults().size(), left.text());
        assertEquals(1, left.faults().get(0).when().times(), left.text());
        long expected = Math.round(left.expectations().get(0).value());
        assertEquals(Promise.agreement(left).toSeconds(), expected, left.text());
    }

    @Test
    void when_the_runs_are_used_up_the_best_so_far_is_told_as_incomplete() throws InterruptedException {
        OverlapRunner runner = new OverlapRunner();
        Finding found = findings(runner, 10_000).get(0);
        Reduced reduced = Reducer.reduce(runner, found, LONG, 3, runs -> {});
        assertFalse(reduced.complete());
        assertEquals(3, reduced.runs());
        Scenario left = ScenarioFile.read("reduced.yaml", reduced.text());
        assertTrue(runner.run(left, reduced.seed()).failure().isPresent());
    }

    @Test
    void where_fewer_faults_fail_only_with_another_seed_that_seed_is_taken() {
        Runner runner = (scenario, seed) -> {
            boolean fails = scenario.faults().size() >= 3 || (scenario.faults().size() == 1 && seed == 2);
            Failure failure = new Failure("luck", "seed " + seed, 40, "");
            return new Outcome(fails ? Optional.of(failure) : Optional.empty(), 60, 1);
        };
        Finding found = finding(runner, """
                name: luck
                seed: 4711
                cluster: {members: 3}
                faults:
                  - {at: 3s, break-streams: n1}
                  - {at: 5s, break-streams: n2}
                  - {at: 5s, break-streams: n0}
                """);
        Reduced reduced = reduced(runner, found);
        assertEquals(2, reduced.seed());
        assertEquals(1, ScenarioFile.read("r", reduced.text()).faults().size());
    }
}
