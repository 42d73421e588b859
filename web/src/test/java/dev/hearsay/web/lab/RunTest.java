package dev.hearsay.web.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    @ParameterizedTest
    @ValueSource(strings = {"push", "pull", "push-pull", "push-then-pull", "broadcast"})
    void records_tell_of_everybody_who_gets_the_rumor_and_of_every_packet(String protocol) {
        Run run = Lab.create("{\"protocol\":\"" + protocol + "\",\"n\":60,\"loss\":10}");
        double[] records = run.advance(20_000, 1_000_000);
        boolean[] has = new boolean[60];
        int packets = 0;
        int lost = 0;
        double before = 0;
        for (int i = 0; i < records.length; i += Records.STRIDE) {
            assertTrue(records[i + 1] >= before, "in the order of time");
            before = records[i + 1];
            if (records[i] == Records.RUMOR) {
                int source = (int) records[i + 4];
                assertTrue(source == -1 || has[source], "it comes from somebody who has it");
                has[(int) records[i + 2]] = records[i + 3] > 0;
            } else {
                assertEquals(Records.PACKET, records[i]);
                packets++;
                lost += records[i + 4] < 0 ? 1 : 0;
                assertTrue(records[i + 4] < 0 || records[i + 4] >= records[i + 1]);
            }
        }
        for (int node = 0; node < has.length; node++) {
            assertTrue(has[node], "node " + node);
        }
        Map<String, Object> totals = Json.object(run.totals());
        assertEquals((double) packets, totals.get("packets"));
        assertEquals((double) lost, totals.get("lost"));
        assertEquals(60.0, totals.get("informed"));
        assertTrue(run.done());
        assertEquals(20_000, run.now());
        assertEquals(0, run.advance(20_000, 10).length, "each record is told once");
    }

    @Test
    void it_stops_when_there_are_enough_records_and_goes_on_from_there() {
        Run whole = Lab.create("{\"n\":100}");
        double[] all = whole.advance(5000, 1_000_000);
        Run pieces = Lab.create("{\"n\":100}");
        int at = 0;
        while (pieces.now() < 5000) {
            double[] some = pieces.advance(5000, 50);
            assertTrue(some.length <= (50 + 40) * Records.STRIDE, "records " + some.length / Records.STRIDE);
            for (double value : some) {
                assertEquals(all[at++], value);
            }
        }
        assertEquals(all.length, at);
        assertEquals(whole.hash(), pieces.hash());
    }

    @Test
    void actions_happen_at_their_time_and_those_that_cannot_be_done_then_are_told() {
        Run run = Lab.create("{\"n\":50}");
        run.act("{\"at\":900,\"do\":\"restart\",\"nodes\":[7]}");
        run.act("{\"at\":300,\"do\":\"crash\",\"nodes\":[7]}");
        run.act("{\"at\":400,\"do\":\"crash\",\"nodes\":[7]}");
        double[] records = run.advance(1000, 1_000_000);
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < records.length; i += Records.STRIDE) {
            if (records[i] == Records.PROCESS) {
                told.append(records[i + 1])
                        .append(' ')
                        .append(records[i + 2])
                        .append(' ')
                        .append(records[i + 3])
                        .append("; ");
            }
        }
        assertEquals("300.0 7.0 2.0; 900.0 7.0 0.0; ", told.toString());
        assertTrue(run.totals().contains("\"refused\":[\"400 ms, crash: node 7 is down\"]"), run.totals());
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason() {
        refused("n '1': must be a whole number, 2 to 100000, with protocol push", () -> Lab.create("{\"n\":1}"));
        refused("JSON at character 0, 'x': must be a value", () -> Lab.create("x"));
        refused("JSON '[]': must be an object", () -> Lab.create("[]"));
        Run run = Lab.create("{\"n\":50}");
        refused(
                "crash: node 99 is not there: the nodes are 0 to 49",
                () -> run.act("{\"at\":0,\"do\":\"crash\",\"nodes\":[99]}"));
        refused(
                "node 3 runs: only a process that has ended can be started again",
                () -> run.act("{\"at\":0,\"do\":\"restart\",\"nodes\":[3]}"));
        refused("crash: must name nodes", () -> run.act("{\"at\":0,\"do\":\"crash\"}"));
        refused(
                "heal is done to no nodes in particular: must name none",
                () -> run.act("{\"at\":0,\"do\":\"heal\",\"nodes\":[1]}"));
        refused("'at' is missing: must be a time in milliseconds", () -> run.act("{\"do\":\"heal\"}"));
        refused(
                "nodes: '1.5' is no node: must be a whole number from 0",
                () -> run.act("{\"at\":0,\"do\":\"crash\",\"nodes\":[1.5]}"));
        refused("mostRecords '0': must be 1 to 1000000", () -> run.advance(1, 0));
        refused("untilMs 'no number': must be at most 3600000", () -> run.advance(Double.NaN, 1));
        refused("node -1 is not there: the nodes are 0 to 49", () -> run.view(-1));
        assertThrows(IllegalStateException.class, () -> run.view(1));
    }

    @Test
    void theory_is_there_for_push_and_for_the_server_without_loss() {
        double[] push = Lab.create("{\"n\":1000}").theory();
        assertEquals(1, push[1]);
        assertEquals(1000, push[push.length - 1], 1);
        assertArrayEquals(
                new double[] {0, 1, 40, 2, 1020, 100},
                Lab.create("{\"protocol\":\"broadcast\"}").theory());
        assertEquals(0, Lab.create("{\"protocol\":\"broadcast\",\"loss\":1}").theory().length);
        assertEquals(0, Lab.create("{\"protocol\":\"pull\"}").theory().length);
    }

    @Test
    void push_follows_its_theory() {
        double[] theory = Lab.create("{\"n\":1000,\"exchange\":0}").theory();
        for (int i = 2; i < theory.length; i += 2 * (theory.length / 12)) {
            double sum = 0;
            for (int seed = 1; seed <= 10; seed++) {
                Run run = Lab.create("{\"n\":1000,\"exchange\":0,\"seed\":" + seed + "}");
                run.advance(theory[i] + 15, 1_000_000);
                sum += (double) Json.object(run.totals()).get("informed");
            }
            assertEquals(theory[i + 1], sum / 10, 60 + 0.15 * theory[i + 1], "at " + theory[i] + " ms, seeds 1 to 10");
        }
    }

    @Test
    void swim_finds_a_crashed_node_and_lets_it_come_back() {
        Run run = Lab.create("{\"protocol\":\"swim\",\"n\":20}");
        run.advance(3000, 1_000_000);
        run.act("{\"at\":3000,\"do\":\"crash\",\"nodes\":[5]}");
        double[] records = run.advance(40_000, 1_000_000);
        int failed = 0;
        for (int i = 0; i < records.length; i += Records.STRIDE) {
            if (records[i] == Records.BELIEF && records[i + 4] == 2) {
                assertEquals(5, records[i + 3]);
                failed++;
            }
        }
        assertEquals(19, failed);
        assertEquals(2, run.view(0)[5]);
        assertThrows(IllegalStateException.class, () -> run.view(5));
        run.act("{\"at\":0,\"do\":\"restart\",\"nodes\":[5]}");
        run.advance(60_000, 1_000_000);
        assertArrayEquals(new byte[20], run.view(0));
        assertArrayEquals(new byte[20], run.view(5));
        assertFalse(run.done());
    }

    @Test
    void swim_suspects_who_stands_still_and_takes_it_back() {
        Run run = Lab.create("{\"protocol\":\"swim\",\"n\":20}");
        run.act("{\"at\":2000,\"do\":\"pause\",\"nodes\":[5]}");
        run.act("{\"at\":6000,\"do\":\"resume\",\"nodes\":[5]}");
        run.advance(30_000, 1_000_000);
        Map<String, Object> totals = Json.object(run.totals());
        assertTrue((double) totals.get("suspicions") > 0, run.totals());
        assertTrue((double) totals.get("refutations") > 0, run.totals());
        assertArrayEquals(new byte[20], run.view(0));
    }

    @Test
    void swim_on_both_sides_of_a_partition_finds_together_again() {
        Run run = Lab.create("{\"protocol\":\"swim\",\"n\":20}");
        run.act("{\"at\":1000,\"do\":\"partition\",\"nodes\":[0,1,2,3,4]}");
        run.advance(60_000, 1_000_000);
        assertEquals(0, run.view(0)[4]);
        assertEquals(2, run.view(0)[5]);
        run.act("{\"at\":0,\"do\":\"heal\"}");
        run.advance(300_000, 1_000_000);
        assertArrayEquals(new byte[20], run.view(0));
        assertArrayEquals(new byte[20], run.view(19));
    }

    @Test
    void it_makes_no_difference_in_which_steps_time_is_asked_for() {
        String settings = "{\"protocol\":\"swim\",\"n\":6,\"interval\":200}";
        String[] actions = {
            "{\"at\":500.5,\"do\":\"crash\",\"nodes\":[0,1,2,3,4,5]}",
            "{\"at\":900.25,\"do\":\"restart\",\"nodes\":[4]}",
            "{\"at\":1500,\"do\":\"restart\",\"nodes\":[2]}"
        };
        Run once = Lab.create(settings);
        Run often = Lab.create(settings);
        for (String action : actions) {
            once.act(action);
            often.act(action);
        }
        once.advance(9000, 1_000_000);
        for (double at = 0; at < 9000; at += 0.7) {
            often.advance(at, 10);
        }
        while (often.now() < 9000) {
            often.advance(9000, 10);
        }
        assertEquals(once.totals(), often.totals());
        assertEquals(once.hash(), often.hash());
        assertEquals(0, once.view(4)[2], "the one that found nobody has tried again");
    }

    private static void refused(String message, Runnable what) {
        assertEquals(message, assertThrows(RuntimeException.class, what::run).getMessage());
    }
}
