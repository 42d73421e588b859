package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseTest {
    private static Scenario scenario(String more) {
        return ScenarioFile.read("test.yaml", "name: test\ncluster: {members: 5}\n" + more + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | faults: [{at: 1s, crash: n1}]",
                "true  | faults: [{at: 1s, partition: {between: n1}, for: 9s}]",
                "false | faults: [{at: 1s, partition: {between: n1}}]",
                "true  | faults: [{at: 1s, network: {loss: 90 %}, for: 9s}]",
                "false | faults: [{at: 1s, network: {loss: 90 %}}]",
                "true  | faults: [{at: 1s, drift: {who: n1, by: 100 ppm}}]",
                "false | faults: [{at: 1s, drift: {who: n1, by: 30 %}}]",
                "true  | network: {loss: 2 %}",
                "false | network: {loss: 3 %}",
                "false | network: {corruption: 3 %}",
                "true  | network: {latency: 1ms..100ms}",
                "false | network: {latency: 1ms..400ms}",
                "false | config: {reconnectInterval: 0}",
                "false | config: {pushPullInterval: 0}",
            })
    void something_is_promised_only_where_faults_end_and_the_network_is_calm(boolean promised, String more) {
        assertEquals(promised, Promise.holds(scenario(more)), more);
    }

    @Test
    void longer_suspicions_and_rarer_meetings_take_longer_to_agree() {
        long usual = Promise.agreement(scenario("")).toSeconds();
        long suspicious =
                Promise.agreement(scenario("config: {suspicionMult: 4}")).toSeconds();
        long rare =
                Promise.agreement(scenario("config: {reconnectInterval: 60s}")).toSeconds();
        assertEquals(2 * 6, suspicious - usual, "twice the longest suspicion, which is 6 s longer");
        assertEquals(20 * 30, rare - usual, "twenty meetings, which are 30 s rarer");
    }

    @Test
    void writes_of_clocks_that_are_far_ahead_are_not_promised() {
        ScenarioTree near = written("30s");
        ScenarioTree far = written("90s");
        assertEquals("at most 1", ScenarioTree.section(near.root(), "expect").get("state-versions"));
        assertEquals(null, ScenarioTree.section(far.root(), "expect").get("state-versions"));
    }

    private static ScenarioTree written(String lasting) {
        String faults = "faults: [{at: 1s, drift: {who: n1, by: 40 %}, for: " + lasting + "}]\n";
        Scenario scenario = scenario(faults + "workload: {state: {every: 1s}}");
        return ScenarioTree.read(scenario.text()).with(root -> Promise.write(scenario, root));
    }
}
