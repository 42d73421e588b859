package dev.hearsay.web.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lab writes, the reader of scenario files takes, with all its checks. */
class LabScenarioTest {
    private static final String ACTIONS =
            "&do=100:crash:5-9.20,150:crash:5,200:pause:30-32,300.5:resume:31,400:crash:32,500:restart:5.6,600:partition:0-49,"
                    + "700:partition:1,900:heal,1000:loss:20,1200:loss:0,1300:pause:40,1300:resume:40,1400:resume:41";

    @ParameterizedTest
    @ValueSource(strings = {"push", "pull", "push-pull", "push-then-pull", "swim"})
    void a_run_is_a_scenario_that_can_be_read(String protocol) {
        LabLink.Parsed parsed =
                LabLink.parse("protocol=" + protocol + "&n=100&loss=2.5&latency=31&exchange=0&seed=42" + ACTIONS);
        assertEquals(List.of(), parsed.problems());
        String text = LabScenario.of(parsed.settings(), parsed.actions());
        Scenario scenario = ScenarioFile.read("lab.yaml", text);
        assertEquals("lab-" + protocol, scenario.name());
        assertEquals(42, scenario.seed());
        assertEquals(Duration.ofMillis(61_400), scenario.duration());
        assertEquals(100, scenario.members().count());
        assertTrue(text.startsWith("# From the lab: #protocol=" + protocol), text);
        assertTrue(text.contains("# Left out: crash of n5 at 150ms, which cannot be done"), text);
        assertTrue(text.contains("# Left out: resume of n41"), text);
        assertTrue(text.contains("- {at: 100ms, crash: [n5..n9, n20]}"), text);
        assertTrue(text.contains("- {at: 200ms, for: 100.5ms, pause: n31}"), text);
        assertTrue(text.contains("- {at: 200ms, for: 200ms, pause: n32}"), text);
        assertTrue(text.contains("- {at: 600ms, for: 300ms, partition: {between: [n0..n49]}}"), text);
        // Two crashes, a restart, three pauses, two partitions, two losses; a pause that ends as it begins is none.
        assertEquals(10, scenario.faults().size(), text);
    }

    @Test
    void its_settings_are_those_of_the_run() {
        LabLink.Parsed parsed =
                LabLink.parse("protocol=push-then-pull&fanout=5&rounds=4&interval=150&exchange=2000&bytes=500");
        Scenario scenario = ScenarioFile.read("lab.yaml", LabScenario.of(parsed.settings(), parsed.actions()));
        assertEquals(Mode.PUSH_THEN_PULL, scenario.state().mode());
        assertEquals(5, scenario.state().fanout());
        assertEquals(4, scenario.state().rounds());
        assertEquals(150_000_000, scenario.state().roundNanos());
        assertEquals(150_000_000, scenario.config().forwardDelayNanos());
        assertEquals(2_000_000_000L, scenario.state().exchangeNanos());
        assertEquals(1, scenario.workload().state().orElseThrow().count());
        LabLink.Parsed swim = LabLink.parse("protocol=swim&interval=300");
        Scenario other = ScenarioFile.read("lab.yaml", LabScenario.of(swim.settings(), swim.actions()));
        assertEquals(300_000_000, other.config().protocolPeriodNanos());
        assertEquals(
                SwimModel.config(swim.settings()).probeTimeoutNanos(),
                other.config().probeTimeoutNanos());
        assertEquals(0, other.config().guards());
    }

    @Test
    void what_no_scenario_can_say_is_refused() {
        String broadcast = "{\"protocol\":\"broadcast\"}";
        assertThrows(IllegalArgumentException.class, () -> Lab.scenario(broadcast, "[]"));
        assertThrows(IllegalArgumentException.class, () -> Lab.scenario("{\"n\":60000}", "[]"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Lab.scenario("{\"n\":10}", "[{\"at\":1,\"do\":\"crash\",\"nodes\":[10]}]"));
    }
}
