package dev.hearsay.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run does and measures. */
class ScenarioRunTest {
    /** Something of everything. */
    private static final String STORY = """
            name: story
            duration: 90s
            cluster:
              members: 12
              zones: {a: 50 %, b: 50 %}
              watch: n2
            network:
              loss: 2 %
              between: [{zones: [a, b], latency: 5ms..10ms}]
            faults:
              - {at: 10s, for: 15s, crash: random 2}
              - {at: 20s, for: 10s, pause: n2}
              - {at: 35s, for: 10s, partition: {between: zone a}}
              - {at: 30s, for: 20s, churn: {per-minute: 10, down: 5s}}
              - {at: 40s, for: 10s, network: {loss: 20 %, corruption: 5 %}}
            workload:
              events: {every: 1s}
              state: {every: 500ms, keys: 10}
            """;

    private static Scenario scenario(String text) {
        return ScenarioFile.read("s.yaml", text);
    }

    private static RunResult run(String text, long seed) {
        return ScenarioRun.run(scenario(text), seed, Progress.SILENT);
    }

    private static double metric(RunResult result, String name) {
        Double value = result.metrics().get(name);
        assertNotNull(value, () -> name + " is not among " + result.metrics());
        return value;
    }

    @Test
    void the_same_seed_gives_an_equal_result_also_beside_other_runs_and_another_seed_does_not() {
        List<RunResult> results =
                IntStream.range(0, 4).parallel().mapToObj(i -> run(STORY, 7)).toList();
        results.forEach(result -> assertEquals(results.get(0), result));
        assertNotEquals(results.get(0).traceHash(), run(STORY, 8).traceHash());
    }

    /** Pins scenario, runner, simulator and core together, on every JVM. When one of them changes what happens, look, and renew it. */
    @Test
    void a_fixed_story_has_the_expected_hash_on_every_jvm() {
        assertEquals("61c969aff7000367", run(STORY, 7).traceHash());
    }

    @Test
    void a_replay_shows_the_part_asked_for_and_ends_with_the_same_hash() {
        List<String> lines = new ArrayList<>();
        TraceOptions part = new TraceOptions(Duration.ofSeconds(20), Duration.ofSeconds(120), List.of(2));
        RunResult replayed = ScenarioRun.replay(scenario(STORY), 7, part, lines::add);
        assertEquals(run(STORY, 7).traceHash(), replayed.traceHash());
        assertTrue(lines.stream().anyMatch(line -> line.contains("n2 ** pause")), () -> String.join("\n", lines));
        assertTrue(lines.stream().allMatch(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))) >= 20));
        TraceOptions early = new TraceOptions(Duration.ZERO, Duration.ofSeconds(30), List.of());
        assertEquals(
                30, ScenarioRun.replay(scenario(STORY), 7, early, line -> {}).seconds());
    }

    /** With guard streams a crash is known to all within two seconds; without power it takes a suspicion of 3 periods and more. */
    @Test
    void a_crash_is_detected_sooner_than_a_loss_of_power() {
        String common = """
                name: detection
                cluster: {members: 16}
                faults:
                """;
        RunResult crash = run(common + "  - {at: 20s, crash: n3}\n", 1);
        RunResult power = run(common + "  - {at: 20s, power-off: n3}\n", 1);
        assertEquals(1, crash.samples().get("detection-all").size());
        assertTrue(
                metric(crash, "detection-all.max") <= 2, () -> crash.metrics().toString());
        assertTrue(
                metric(power, "detection-first.max") >= 3, () -> power.metrics().toString());
        assertEquals(0, metric(power, "undetected"));
        assertEquals(15, crash.series().get("members-up").values().get(30));
    }

    @Test
    void what_is_expected_and_does_not_come_is_told_with_what_was_seen() {
        RunResult result = run("""
                name: too-strict
                cluster: {members: 8}
                faults:
                  - {at: 20s, for: 10s, power-off: n3}
                workload:
                  events: {every: 1s}
                expect:
                  detection-first.max: at most 1ms
                  events-delivered: at least 99 %
                """, 1);
        assertFalse(result.passed());
        assertFalse(result.verdicts().get(0).met());
        assertEquals(
                "detection-first.max: at most 1ms", result.verdicts().get(0).expectation());
        assertEquals(8, result.verdicts().get(0).line());
        assertTrue(result.verdicts().get(1).met(), () -> result.verdicts().toString());
    }

    /** Push reaches all but about e^-copies of the members; with 40 copies for each member nobody is left out of a hundred events. */
    @Test
    void every_event_reaches_everybody_and_the_curve_says_when() {
        RunResult result = run("""
                name: events
                cluster: {members: 30}
                workload:
                  events: {every: 1s}
                """, 3);
        assertEquals(110, metric(result, "events-sent"));
        assertEquals(1, metric(result, "events-delivered"));
        assertEquals(110 * 29, result.samples().get("event-member").size());
        assertEquals(Infection.MOST_CURVES, result.infections().size());
        Infection.Curve curve = result.infections().get(0);
        assertEquals(30, curve.informed().get(curve.informed().size() - 1));
        assertEquals(curve.informed().size(), curve.theory().size());
    }

    /** Members do not march in step, so each figure of the curve may be a round off: a factor of four at fan-out 3. */
    @Test
    void the_curve_of_an_event_is_near_what_push_in_rounds_is_expected_to_do() {
        RunResult result = run("""
                name: curve
                duration: 12s
                cluster: {members: 400}
                network: {latency: 1ms}
                workload:
                  events: {every: 2s}
                """, 3);
        for (Infection.Curve curve : result.infections()) {
            int half = curve.informed().size() / 2;
            double ratio = curve.theory().get(half) / curve.informed().get(half);
            assertTrue(ratio > 0.25 && ratio < 4, () -> curve.toString());
            assertEquals(400, curve.theory().get(curve.theory().size() - 1), 40);
        }
    }

    @Test
    void each_write_is_visible_at_every_member() {
        RunResult result = run("""
                name: writes
                cluster: {members: 20}
                workload:
                  state: {every: 250ms, keys: 5}
                """, 3);
        assertEquals(1, metric(result, "state-delivered"));
        assertEquals(0, metric(result, "state-refused"));
        assertTrue(metric(result, "state-all.p50") < 1, () -> result.metrics().toString());
    }

    @Test
    void processes_that_left_are_not_told_failed_and_come_back() {
        RunResult result = run("""
                name: leaving
                cluster: {members: 10}
                faults:
                  - {at: 20s, for: 30s, leave: n3..n5}
                expect:
                  agreement: within 20s
                  false-failures: 0
                """, 1);
        assertTrue(result.passed(), () -> result.verdicts().toString());
        assertEquals(7, result.series().get("members-up").values().get(40));
        assertEquals(10, result.series().get("members-up").values().get(60));
        assertFalse(result.samples().containsKey("detection-first"));
    }
}
