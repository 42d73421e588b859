package dev.hearsay.web.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabLinkTest {
    private static final String LINK =
            "protocol=push&n=1000&fanout=3&interval=200&rounds=4&exchange=5000&loss=12.5&latency=30&bytes=32"
                    + "&seed=7&do=2500:crash:17-19.25,3000.5:loss:20,3500:partition:0-499,4000:heal";

    @Test
    void a_link_says_what_was_said_and_reads_as_itself() {
        LabLink.Parsed parsed = LabLink.parse("#" + LINK);
        assertEquals(List.of(), parsed.problems());
        assertEquals(1000, parsed.settings().nodes());
        assertEquals(0.125, parsed.settings().loss());
        assertEquals(4, parsed.actions().size());
        assertEquals(List.of(17, 18, 19, 25), parsed.actions().get(0).nodes());
        assertEquals(20, parsed.actions().get(1).value());
        assertEquals(500, parsed.actions().get(2).nodes().size());
        assertEquals(LINK, LabLink.of(parsed.settings(), parsed.actions()));
    }

    @Test
    void what_is_not_said_has_its_usual_value() {
        LabLink.Parsed nothing = LabLink.parse("");
        assertEquals(List.of(), nothing.problems());
        assertEquals(Protocol.PUSH, nothing.settings().protocol());
        assertEquals(100, nothing.settings().nodes());
        assertEquals(1000, LabLink.parse("protocol=swim").settings().whole("interval"));
    }

    @Test
    void what_a_messenger_has_escaped_is_read_all_the_same() {
        LabLink.Parsed parsed = LabLink.parse("n=50&do=2500%3Acrash%3A17%2C3000%3Aheal");
        assertEquals(List.of(), parsed.problems());
        assertEquals(2, parsed.actions().size());
    }

    @Test
    void nonsense_gets_its_usual_value_and_is_told_by_field_value_and_rule() {
        LabLink.Parsed parsed =
                LabLink.parse("protocol=shout&n=1&fanout=many&loss=NaN&seed=1e99&colour=red&do=1:crash:99.x,2:dance,"
                        + "3:heal:4,x:heal,5:loss:101,6:crash,7:partition:0-99,8:crash:5-3");
        assertEquals(Protocol.PUSH, parsed.settings().protocol());
        assertEquals(LabLink.parse("").settings(), parsed.settings());
        assertEquals(
                List.of(
                        "protocol 'shout': must be one of [push, pull, push-pull, push-then-pull, swim, broadcast]",
                        "n '1': must be a whole number, 2 to 100000, with protocol push",
                        "fanout 'many': must be a whole number, 1 to 32",
                        "loss 'NaN': must be a number, 0 to 90",
                        "seed '1e99': must be a whole number, 0 to 2147483647",
                        "'colour': there is no such setting",
                        "do '1:crash:99.x': nodes 'x': must be a number",
                        "do '2:dance': do 'dance': must be one of [crash, restart, pause, resume, partition, heal, loss]",
                        "do 'x:heal': at 'x': must be a number",
                        "do '5:loss:101': loss '101': must be 0 to 100, in percent",
                        "do '6:crash': nodes '': must be a number",
                        "do '7:partition:0-99': partition: all nodes are on one side: must leave some for the other",
                        "do '8:crash:5-3': nodes '5-3': the nodes are 0 to 99"),
                parsed.problems());
        assertEquals(1, parsed.actions().size());
    }

    @Test
    void swim_has_fewer_nodes_and_its_link_only_what_it_means() {
        LabLink.Parsed parsed = LabLink.parse("protocol=swim&n=5000");
        assertEquals(List.of("n '5000': must be a whole number, 2 to 2000, with protocol swim"), parsed.problems());
        assertEquals(
                "protocol=swim&n=50&fanout=3&interval=1000&loss=0&latency=30&guards=0&seed=1",
                LabLink.of(parsed.settings(), List.of()));
    }

    @Test
    void length_actions_and_problems_have_bounds() {
        LabLink.Parsed many = LabLink.parse("do=" + "1:heal,".repeat(300));
        assertEquals(LabLink.MOST_ACTIONS, many.actions().size());
        assertEquals(List.of("do: 300 actions are too many: only the first 200 are read"), many.problems());
        LabLink.Parsed wrong = LabLink.parse("do=" + "1:x,".repeat(100));
        assertEquals(LabLink.MOST_PROBLEMS + 1, wrong.problems().size());
        assertEquals("and 80 more", wrong.problems().get(LabLink.MOST_PROBLEMS));
        LabLink.Parsed longer = LabLink.parse("x".repeat(100_000));
        assertTrue(longer.problems().get(0).contains("100000 characters"), longer.problems()::toString);
        assertTrue(longer.json().length() < 2000);
    }

    @Test
    void nothing_that_anybody_writes_makes_it_fail() {
        long seed = 11;
        Random random = new Random(seed);
        String signs = "protcl=pushn&do=0123456789:,.-%#\"\\<>\u0000\uD800crashel";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder link = new StringBuilder(random.nextBoolean() ? "do=" : "");
            for (int length = random.nextInt(60); length > 0; length--) {
                link.append(signs.charAt(random.nextInt(signs.length())));
            }
            LabLink.Parsed parsed = LabLink.parse(link.toString());
            assertTrue(parsed.json().startsWith("{\"settings\":{\"protocol\":"), "seed " + seed + ", link " + link);
            String again = LabLink.of(parsed.settings(), parsed.actions());
            assertEquals(List.of(), LabLink.parse(again).problems(), "seed " + seed + ", link " + link);
        }
    }
}
