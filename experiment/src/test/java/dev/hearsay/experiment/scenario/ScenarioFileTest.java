package dev.hearsay.experiment.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.state.StateConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scenario file may say, and what it is told when it says something else. */
class ScenarioFileTest {
    private static final String SMALL = """
            name: small
            cluster:
              members: 10
            """;

    private static Scenario read(String text) {
        return ScenarioFile.read("s.yaml", text);
    }

    private static String refused(String text) {
        String message = assertThrows(ScenarioException.class, () -> read(text)).getMessage();
        return String.valueOf(message);
    }

    @Test
    void a_name_and_a_number_of_members_are_enough() {
        Scenario scenario = read(SMALL);
        assertEquals("small", scenario.name());
        assertEquals(10, scenario.members().count());
        assertEquals(Duration.ofMinutes(2), scenario.duration());
        assertEquals(StateConfig.OFF, scenario.state());
        assertEquals(SMALL, scenario.text());
    }

    @Test
    void settings_have_the_names_and_rules_of_the_protocol() {
        Scenario scenario = read(SMALL + """
                config:
                  preset: wan
                  gossipFanout: 5
                  protocolPeriod: 7s
                  heartbeats: {detector: heartbeat, threshold: 10.5}
                  state: {mode: push, fanout: 3, round: 20ms}
                """);
        assertEquals(5, scenario.config().gossipFanout());
        assertEquals(7_000_000_000L, scenario.config().protocolPeriodNanos());
        assertEquals(10.5, scenario.config().heartbeats().threshold());
        assertEquals(StateConfig.Mode.PUSH, scenario.state().mode());
        assertEquals(20_000_000L, scenario.state().roundNanos());
    }

    @Test
    void all_mistakes_of_a_file_are_told_at_once_each_with_line_key_value_and_rule() {
        String told = refused("""
                name: small
                cluster:
                  members: 10
                  zones: {a: 4, b: 3}
                  wtach: n3
                config:
                  gossipFanuot: 3
                network:
                  loss: 140 %
                faults:
                  - {at: 5s, crash: n10}
                  - {at: soon, crash: n1}
                  - {at: 5s, crash: n1, leave: n2}
                expect: {detection-al.max: 5s}
                """);
        List<String> expected = List.of(
                "s.yaml:4: cluster.zones: have 7 members together: must be 10, or 100 %",
                "s.yaml:5: cluster.wtach: there is no such key; is 'watch' meant?",
                "s.yaml:7: config.gossipFanuot: there is no such key; is 'gossipFanout' meant?",
                "s.yaml:9: network.loss: '140 %': must be a share, 0 % to 100 %, or 0 to 1",
                "s.yaml:11: faults[0].crash: there is no n10: members are n0 to n9",
                "s.yaml:12: faults[1].at: 'soon': must be a duration such as 500ms, 30s, 2m or 1m30s",
                "s.yaml:13: faults[2]: must have exactly one action, but there are crash and leave; actions are crash,",
                "s.yaml:14: expect.detection-al.max: there is no such metric; is 'detection-all.max' meant?");
        List<String> lines = told.lines().toList();
        assertEquals(expected.size(), lines.size(), told);
        for (int i = 0; i < expected.size(); i++) {
            assertTrue(lines.get(i).startsWith(expected.get(i)), told);
        }
    }

    @Test
    void a_protocol_setting_out_of_range_is_refused_with_the_rule_of_the_protocol() {
        String message = refused(SMALL + "config:\n  gossipFanout: 100000\n");
        assertTrue(message.startsWith("s.yaml:5: config"), message);
        assertTrue(message.contains("gossipFanout 100000 is out of range"), message);
    }

    @Test
    void a_partition_that_never_heals_rules_agreement_out() {
        assertEquals(
                "s.yaml:7: expect.agreement: cannot come: 'partition between n0..n4' in line 5 never ends. "
                        + "Give it 'for', or do not expect agreement",
                refused(SMALL + """
                        faults:
                          - {at: 5s, partition: {between: n0..n4}}
                        expect:
                          agreement: within 30s
                        """));
    }

    @Test
    void agreement_needs_time_after_the_last_fault() {
        assertEquals(
                "s.yaml:7: expect.agreement: cannot be seen: only 15s are left after the last fault",
                refused(SMALL + """
                        faults:
                          - {at: 45s, for: 1m, partition: {between: n0..n4}}
                        expect:
                          agreement: within 30s
                        """));
    }

    @Test
    void who_is_down_cannot_crash_and_who_is_up_cannot_start() {
        assertEquals("s.yaml:6: faults: crash n3: n3 is down already at 20s, since line 5", refused(SMALL + """
                        faults:
                          - {at: 10s, crash: n3}
                          - {at: 20s, crash: n3}
                        """));
        assertEquals("s.yaml:5: faults: restart n3: n3 is not down at 10s", refused(SMALL + """
                        faults:
                          - {at: 10s, restart: n3}
                        """));
    }

    @Test
    void what_cannot_be_measured_cannot_be_expected() {
        assertEquals("""
                s.yaml:5: expect.detection-all.max: no fault ends a process, so there is nothing to detect
                s.yaml:6: expect.events-delivered: there are no events: see workload.events
                s.yaml:7: expect.state-all.p99: nobody writes: see workload.state""", refused(SMALL + """
                        expect:
                          detection-all.max: 5s
                          events-delivered: 100 %
                          state-all.p99: 1s
                        """));
    }

    @Test
    void what_is_not_yaml_is_refused_with_its_line() {
        assertEquals("s.yaml:2: is not YAML: mapping values are not allowed here", refused("name: a\nb: c: d\n"));
        assertTrue(refused("").contains("a scenario is a mapping"));
        assertTrue(refused("- 1\n").contains("a scenario is a mapping"));
        assertEquals("s.yaml:5: name: stands there twice", refused(SMALL + "seed: 1\nname: b\n"));
    }

    @Test
    void a_variation_takes_the_place_of_a_value_and_is_told_where_it_is_wrong() {
        Scenario varied = ScenarioFile.read(
                "s.yaml",
                SMALL + "# a word on the network\nnetwork: {loss: 1 %}\n",
                List.of(Variation.parse("network.loss=5%"), Variation.parse("config.gossipFanout=4")));
        assertEquals(0.05, varied.network().base().loss());
        assertEquals(4, varied.config().gossipFanout());
        Scenario again = ScenarioFile.read("again.yaml", varied.text());
        assertEquals(varied.network().base().loss(), again.network().base().loss());
        assertEquals(4, again.config().gossipFanout());
        ScenarioException wrong = assertThrows(
                ScenarioException.class,
                () -> ScenarioFile.read("s.yaml", SMALL, List.of(Variation.parse("network.los=5%"))));
        assertEquals(
                "s.yaml: with network.los=5%: network.los: there is no such key; is 'loss' meant?", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Variation.parse("network.loss"));
    }

    @Test
    void shares_of_members_choose_at_least_one_and_the_same_ones_for_a_seed() {
        Scenario scenario = read(SMALL + "faults:\n  - {at: 5s, for: 5s, pause: 1 %}\n");
        assertEquals(1, scenario.faults().size());
        assertEquals("pause 1 %", scenario.faults().get(0).text());
        assertEquals(Duration.ofSeconds(10), scenario.lastFault());
    }
}
