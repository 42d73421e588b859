package dev.hearsay.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sweep consists of, and how it is given. */
class PlanTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "network.loss=0%,5%,10%; 0%|5%|10%",
                "config.gossipFanout=2..4; 2|3|4",
                "x=-1..1; -1|0|1",
                "x = a , b; a|b",
                "x=[1,2],{a: 1, b: 2}; [1,2]|{a: 1, b: 2}",
                "x=10ms..20ms; 10ms..20ms",
            })
    void valuesAreListedOrCounted(String text, String values) throws SweepException {
        assertEquals(List.of(values.split("\\|")), Axis.parse(text).values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x; must be key=value",
                "=1; must be key=value",
                "x=; must be key=value",
                "x=1,,2; has an empty value",
                "x=1,2,1; has the value 1 twice",
                "x=4..2; must go upwards: 2 is less than 4",
                "x=1..5000; has 5000 values; at most 1000",
            })
    void anAxisThatCannotBeIsRefusedByName(String text, String rule) {
        SweepException e = assertThrows(SweepException.class, () -> Axis.parse(text));
        assertTrue(e.getMessage().startsWith("--vary " + text + " " + rule), e::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"20; 1..20", "1; 1..1", "1..20; 1..20", "7..7; 7..7", "9,3,7; 3,7,9", "1..3,7,9..10; 1..3,7,9..10"
            })
    void seedsAreACountARangeOrAList(String text, String shown) throws SweepException {
        Seeds seeds = Seeds.parse(text);
        assertEquals(shown, seeds.show());
        assertEquals(seeds, Seeds.parse(shown), "what is shown is read as the same");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; must be at least 1",
                "x; must be a number of seeds",
                "5..1; must go upwards",
                "1,1; has the seed 1 twice",
                "1..9999999; are 9999999 seeds",
                "-3; must be a number",
            })
    void seedsThatCannotBeAreRefused(String text, String rule) {
        SweepException e = assertThrows(SweepException.class, () -> Seeds.parse(text));
        assertTrue(e.getMessage().startsWith("--seeds " + text + " " + rule), e::getMessage);
    }

    @Test
    void theLastAxisChangesFirst() throws SweepException {
        Plan plan = plan("2", "a=1,2", "b=x,y");
        assertEquals(
                List.of("a=1 b=x", "a=1 b=y", "a=2 b=x", "a=2 b=y"),
                plan.points().stream().map(Point::show).toList());
        assertEquals(8, plan.runs().size());
    }

    @Test
    void withoutAnAxisThereIsOnePoint() throws SweepException {
        assertEquals(List.of(new Point(0, Map.of())), plan("3").points());
    }

    @Test
    void axesThatOverlapAndTooManyRunsAreRefused() {
        assertEquals(
                "--vary a is given twice: write all its values in one",
                assertThrows(SweepException.class, () -> plan("1", "a=1", "a=2"))
                        .getMessage());
        assertTrue(assertThrows(SweepException.class, () -> plan("1", "a.b.c=1", "a.b=2"))
                .getMessage()
                .startsWith("--vary a.b.c is within --vary a.b"));
        assertTrue(assertThrows(SweepException.class, () -> plan("1000", "a=1..1000"))
                .getMessage()
                .contains("more than 100000 runs"));
    }

    @Test
    void aPlanIsKnownByEverythingThatItsResultsFollowFrom() throws SweepException {
        Plan plan = plan("3", "a=1,2");
        assertEquals(plan.fingerprint(), plan("1..3", "a=1,2").fingerprint());
        Plan other = Plan.of("formula", "name: formula\nloss: 1\n", List.of(Axis.parse("a=2,1")), Seeds.parse("4"));
        assertNotEquals(plan.fingerprint(), other.fingerprint());
        assertEquals(
                List.of(
                        "the scenario's text, first in line 2: 'loss: 1' there, 'loss: 0' here",
                        "--vary: a=2,1 there, a=1,2 here",
                        "--seeds: 1..4 there, 1..3 here"),
                plan.differences(other));
    }

    @Test
    void shardsDivideAllRunsAndEachHasSomeOfEveryPoint() throws SweepException {
        List<Run> all = plan("10", "a=1..3").runs();
        Set<Run> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            List<Run> mine = Shard.parse(i + "/4", Map.of()).of(all);
            assertEquals(3, mine.stream().map(Run::point).distinct().count());
            mine.forEach(run -> assertTrue(seen.add(run), "no run is in two shards"));
        }
        assertEquals(new HashSet<>(all), seen);
    }

    @Test
    void aShardsIndexMayStandInTheEnvironment() throws SweepException {
        assertEquals(new Shard(2, 3), Shard.parse("env/3", Map.of("JOB_COMPLETION_INDEX", "2")));
        for (String wrong : List.of("3/3", "1/0", "x", "1", "-1/3", "env/3")) {
            String message = assertThrows(SweepException.class, () -> Shard.parse(wrong, Map.of()))
                    .getMessage();
            assertTrue(message.startsWith("--shard " + wrong), message);
        }
        assertTrue(assertThrows(SweepException.class, () -> Shard.parse("env/3", Map.of("JOB_COMPLETION_INDEX", "3")))
                .getMessage()
                .startsWith("--shard 3/3: I must be from 0 to N-1"));
    }

    @Test
    void aSecondFingerprintOrAnotherFormInTheFileIsRefused() throws Exception {
        Plan plan = plan("3", "a=1,2");
        String file = PlanJson.file(plan);
        assertEquals(plan, PlanJson.read("sweep.json", Json.MAPPER.readTree(file)));
        for (String changed : List.of(file.replace("1..3", "1..4"), file.replace("sweep-1", "sweep-9"), "{}")) {
            String message = assertThrows(
                            SweepException.class, () -> PlanJson.read("sweep.json", Json.MAPPER.readTree(changed)))
                    .getMessage();
            assertTrue(message.startsWith("sweep.json "), message);
        }
    }

    static Plan plan(String seeds, String... axes) throws SweepException {
        List<Axis> parsed = new java.util.ArrayList<>();
        for (String axis : axes) {
            parsed.add(Axis.parse(axis));
        }
        return Plan.of("formula", FormulaRunner.TEXT, parsed, Seeds.parse(seeds));
    }
}
