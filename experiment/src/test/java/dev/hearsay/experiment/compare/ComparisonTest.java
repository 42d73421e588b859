package dev.hearsay.experiment.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.compare.Comparison.AtPoint;
import dev.hearsay.experiment.compare.Finding.Verdict;
import dev.hearsay.experiment.sweep.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of two results: every verdict, and how often chance alone is called a change. */
class ComparisonTest {
    private static final Map<String, String> POINT = Map.of("network.loss", "5%");

    @Test
    void aSlowerDetectionIsSaidWithItsSizeAndItsCertainty() throws CompareException {
        Comparison comparison = compare(
                side("a", 1, 20, seed -> Map.of("detection-all.p99", 8 + noise(seed, 1))),
                side("b", 1, 20, seed -> Map.of("detection-all.p99", 9.7 + noise(seed, 2))));
        Finding finding = finding(comparison, "detection-all.p99");
        assertEquals(Verdict.WORSE, finding.verdict());
        String text = ComparisonText.show(comparison);
        assertTrue(
                text.matches("(?s).*\n  slower: detection-all\\.p99 \\d\\.\\d\\d s -> 9\\.\\d\\d s \\(\\+2\\d %, "
                        + "p < 0\\.0001, 20 pairs; shift 1\\.\\d\\d s to 1\\.\\d\\d s\\)\n.*"),
                text);
        assertTrue(comparison.worse());
        assertTrue(
                text.endsWith(
                        "1 worse, 0 better, 0 otherwise changed, in 1 test (Holm, level 5 %; changes below 2 % are negligible).\n"),
                text);
    }

    @Test
    void whatIsBetterDependsOnTheMetric() throws CompareException {
        Comparison comparison = compare(
                side(
                        "a",
                        1,
                        20,
                        seed -> Map.of(
                                "events-delivered", 0.8 + noise(seed, 1) / 10, "bytes", 900.0 + seed, "inputs", 5.0)),
                side(
                        "b",
                        1,
                        20,
                        seed -> Map.of("events-delivered", 0.99, "bytes", 500.0 + seed, "inputs", 7.0 + seed)));
        assertEquals(Verdict.BETTER, finding(comparison, "events-delivered").verdict());
        assertEquals(Verdict.BETTER, finding(comparison, "bytes").verdict());
        assertEquals(Verdict.CHANGED, finding(comparison, "inputs").verdict());
        assertFalse(comparison.worse());
        String text = ComparisonText.show(comparison);
        assertTrue(text.contains("  better: bytes "), text);
        assertTrue(text.contains("  higher: inputs "), text);
    }

    @Test
    void aCertainChangeThatIsTooSmallToMatterIsNegligible() throws CompareException {
        Side before = side("a", 1, 20, seed -> Map.of("bytes", 1_000.0 + seed));
        Side after = side("b", 1, 20, seed -> Map.of("bytes", 1_010.0 + seed));
        assertEquals(
                Verdict.NEGLIGIBLE, finding(compare(before, after), "bytes").verdict());
        assertEquals(
                Verdict.WORSE,
                finding(Comparison.of(before, after, Set.of(), 0.005), "bytes").verdict());
    }

    @Test
    void someRunsThatWentVeryWrongAreNotNegligibleBecauseMostDidNot() throws CompareException {
        Comparison comparison = compare(
                side("a", 1, 40, seed -> Map.of("false-failures", 1.0)),
                side("b", 1, 40, seed -> Map.of("false-failures", seed % 4 == 0 ? 30.0 : 1.0)));
        Finding finding = finding(comparison, "false-failures");
        assertEquals(0, finding.judgement().shift(), "the typical run is as before");
        assertEquals(Verdict.WORSE, finding.verdict());
    }

    @Test
    void withoutAChangeItIsSaidWhichOneWouldHaveBeenSeen() throws CompareException {
        Comparison comparison = compare(
                side("a", 1, 30, seed -> Map.of("agreement", 10 + noise(seed, 1))),
                side("b", 1, 30, seed -> Map.of("agreement", 10 + noise(seed, 2))));
        assertEquals(Verdict.NO_CHANGE_SEEN, finding(comparison, "agreement").verdict());
        String text = ComparisonText.show(comparison);
        assertTrue(
                text.matches(
                        "(?s).*no change seen \\(a greater one than in brackets would have been seen\\): agreement \\(\\d(\\.\\d)? %\\).*"),
                text);
    }

    @Test
    void ofTooFewRunsItIsSaidHowManyAreNeeded() throws CompareException {
        Comparison comparison = compare(
                side("a", 1, 4, seed -> Map.of("agreement", 1.0 + seed, "undetected", 0.0)),
                side("b", 1, 4, seed -> Map.of("agreement", 100.0 + seed, "undetected", seed == 1 ? 1.0 : 0.0)));
        assertEquals(Verdict.TOO_FEW, finding(comparison, "agreement").verdict());
        assertEquals(Verdict.TOO_FEW, finding(comparison, "undetected").verdict());
        String text = ComparisonText.show(comparison);
        assertTrue(
                text.contains(
                        "too few runs: agreement (4 pairs), undetected (1 of 4 pairs differ); so few cannot show anything at this"
                                + " level (1 test together), at least 6 pairs that differ can"),
                text);
        assertEquals(6, Correction.pairsNeeded(1));
        assertEquals(13, Correction.pairsNeeded(200), "2 / 8192 is less than 0.05 / 200");
    }

    @Test
    void runsWithoutPartnersAreComparedAsGroups() throws CompareException {
        Comparison comparison = compare(
                side("a", 1, 12, seed -> Map.of("agreement", 1 + noise(seed, 1))),
                side("b", 100, 15, seed -> Map.of("agreement", 9 + noise(seed, 1))));
        Finding finding = finding(comparison, "agreement");
        assertFalse(finding.paired());
        assertEquals(Verdict.WORSE, finding.verdict());
        assertTrue(ComparisonText.show(comparison).contains("12 and 15 runs"), ComparisonText.show(comparison));
    }

    @Test
    void equalTracesAreTheSameRuns() throws CompareException {
        Side side = side("a", 1, 5, seed -> Map.of("agreement", 1.0 + seed));
        Comparison comparison = compare(side, side);
        assertTrue(comparison.points().get(0).sameRuns());
        assertEquals(0, comparison.tests());
        assertTrue(ComparisonText.show(comparison).endsWith("\nThe same runs.\n"), ComparisonText.show(comparison));
    }

    @Test
    void whatOnlyOneHasIsNamed() throws CompareException {
        Side before = withPoint(
                side("a", 1, 8, seed -> Map.of("agreement", 1.0 + seed, "bytes", 1.0)), Map.of("network.loss", "9%"));
        Side after = side("b", 1, 8, seed -> seed > 2 ? Map.of("agreement", 1.0 + seed) : Map.of());
        Comparison comparison = compare(before, after);
        assertEquals(List.of(Map.of("network.loss", "9%")), comparison.onlyBefore());
        assertEquals(Verdict.ONE_SIDED, finding(comparison, "bytes").verdict());
        assertEquals(Verdict.EQUAL, finding(comparison, "agreement").verdict(), "of the six pairs that have it");
        String text = ComparisonText.show(comparison);
        assertTrue(text.contains("Only before: network.loss=9%\n"), text);
        assertTrue(text.contains("  measured only before: bytes\n"), text);
        assertTrue(text.contains("  agreement could not be measured in 0 of 8 runs before, 2 of 8 after\n"), text);
        assertThrows(
                CompareException.class,
                () -> compare(before, new Side("c", "x", "", Map.of(Map.of(), List.of(row(1, "c", Map.of()))))));
    }

    @Test
    void runsThatBreakAreAMetricOfTheirOwn() throws CompareException {
        Side before = side("a", 1, 20, seed -> Map.of("bytes", 5.0));
        Map<Map<String, String>, List<Row>> points = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (long seed = 1; seed <= 20; seed++) {
            rows.add(new Row(
                    0,
                    seed,
                    "b" + seed,
                    10,
                    60,
                    new TreeMap<>(),
                    List.of(),
                    seed <= 9 ? "two incarnations of n3" : ""));
        }
        points.put(POINT, rows);
        Comparison comparison = compare(before, new Side("b", "s", "", points));
        assertEquals(Verdict.WORSE, finding(comparison, "runs-failed").verdict());
        assertTrue(
                ComparisonText.show(comparison).contains("worse: runs-failed 0 % -> 45 % (p = 0.0039, 20 pairs"),
                ComparisonText.show(comparison));
    }

    @Test
    void ofResultsThatDoNotDifferOneInTwentyAtMostIsCalledDifferent() throws CompareException {
        long seed = 42;
        Random random = new Random(seed);
        int cases = 600;
        int wrong = 0;
        List<String> names = List.of(
                "agreement",
                "bytes",
                "packets",
                "inputs",
                "queue-peak",
                "event-all.p50",
                "event-all.p99",
                "suspicions");
        for (int i = 0; i < cases; i++) {
            LongFunction<Map<String, Double>> draw = any -> {
                Map<String, Double> metrics = new TreeMap<>();
                // A tail, ties and zeros among them.
                names.forEach(name -> metrics.put(name, Math.exp(random.nextGaussian()) * 10));
                metrics.put("undetected", random.nextInt(10) == 0 ? 1.0 : 0.0);
                metrics.put("false-failures", (double) random.nextInt(3));
                return metrics;
            };
            Comparison comparison = Comparison.of(side("a", 1, 15, draw), side("b", 1, 15, draw), Set.of(), 0);
            boolean any = comparison.points().get(0).findings().stream()
                    .anyMatch(f -> Set.of(Verdict.WORSE, Verdict.BETTER, Verdict.CHANGED)
                            .contains(f.verdict()));
            wrong += any ? 1 : 0;
        }
        // 30 of 600, deviation 5.3; four of them. Not none, either: the level is to be used.
        assertTrue(wrong <= 51 && wrong >= 5, wrong + " of " + cases + ", seed " + seed);
    }

    @Test
    void tenMetricsThatNeverMoveCostNothing() throws CompareException {
        LongFunction<Map<String, Double>> still = seed -> {
            Map<String, Double> metrics = new TreeMap<>();
            List.of("undetected", "false-failures", "suspicions", "packets-lost", "queue-peak", "health-peak")
                    .forEach(name -> metrics.put(name, 0.0));
            return metrics;
        };
        Side before = side("a", 1, 6, seed -> with(still.apply(seed), "agreement", (double) seed));
        Side after = side("b", 1, 6, seed -> with(still.apply(seed), "agreement", seed + 5.0));
        Comparison comparison = compare(before, after);
        assertEquals(1, comparison.tests());
        assertEquals(Verdict.WORSE, finding(comparison, "agreement").verdict(), "six pairs suffice for one test");
        assertTrue(ComparisonText.show(comparison).contains("equal in all runs: false-failures, health-peak, "));
    }

    @Test
    void theSameResultsGiveTheSameWordsAndJson() throws CompareException {
        Side before = side("a", 1, 20, seed -> Map.of("agreement", 8 + noise(seed, 1), "undetected", 1.0));
        Side after = side("b", 1, 20, seed -> Map.of("agreement", 9 + noise(seed, 2)));
        assertEquals(ComparisonText.show(compare(before, after)), ComparisonText.show(compare(before, after)));
        String json = ComparisonJson.show(compare(before, after));
        assertEquals(json, ComparisonJson.show(compare(before, after)));
        assertTrue(json.contains("\"verdict\" : \"one-sided\""), json);
        assertTrue(json.contains("\"after\" : null"), json);
    }

    @Test
    void whatIsNoResultIsRefusedByName(@TempDir Path dir) throws Exception {
        assertMessage(dir.resolve("nowhere"), "does not exist");
        assertMessage(dir, "has no results.json (of a sweep) and no result.json (of a run)");
        Files.writeString(dir.resolve("sweep.json"), "{}");
        assertMessage(dir, "its sweep is not complete");
        Path file = Files.writeString(dir.resolve("x.json"), "{\"a\": 1}");
        assertMessage(file, "x.json");
        Files.writeString(file, "{\"format\": \"hearsay-sweep-results-1\", \"runs\": [");
        assertMessage(file, "x.json:1: damaged");
    }

    private static void assertMessage(Path place, String part) {
        String message =
                assertThrows(CompareException.class, () -> Side.read(place)).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static Comparison compare(Side before, Side after) throws CompareException {
        return Comparison.of(before, after, Set.of(), 0.02);
    }

    private static Finding finding(Comparison comparison, String metric) {
        return comparison.points().stream()
                .map(AtPoint::findings)
                .flatMap(List::stream)
                .filter(finding -> finding.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Double> with(Map<String, Double> metrics, String name, double value) {
        metrics.put(name, value);
        return metrics;
    }

    private static Side side(String place, long firstSeed, int runs, LongFunction<Map<String, Double>> metrics) {
        List<Row> rows = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            rows.add(row(seed, place, metrics.apply(seed)));
        }
        return new Side(place, "s", "", Map.of(POINT, rows));
    }

    private static Side withPoint(Side side, Map<String, String> parameters) {
        Map<Map<String, String>, List<Row>> points = new LinkedHashMap<>(side.points());
        points.put(parameters, points.get(POINT));
        return new Side(side.place(), side.scenario(), side.text(), points);
    }

    private static Row row(long seed, String version, Map<String, Double> metrics) {
        SortedMap<String, Double> sorted = new TreeMap<>(metrics);
        return new Row(0, seed, version + seed, 10, 60, sorted, List.of(), "");
    }

    private static double noise(long seed, int stream) {
        return new Random(seed * 7_919_000_003L + stream * 104_729_000_033L).nextGaussian() / 5;
    }
}
