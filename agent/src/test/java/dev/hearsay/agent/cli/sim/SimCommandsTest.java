package dev.hearsay.agent.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.cli.Cli;
import dev.hearsay.experiment.run.Metric;
import dev.hearsay.experiment.scenario.ReadyScenarios;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hearsay sim}: what is printed and written, the exit codes, and what is said about bad input. */
class SimCommandsTest {
    private static final String SMALL = """
            name: small
            about: Five members lose one. And more.
            duration: 20s
            cluster: {members: 5}
            faults:
              - at: 2s
                crash: n3
            workload:
              events: {every: 4s, from: n0}
            expect:
              undetected: 0
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String small = "";

    @BeforeEach
    void write() throws IOException {
        small = Files.writeString(folder.resolve("small.yaml"), SMALL).toString();
    }

    @Test
    void aScenarioRunsAndSaysWhatCameOfIt() {
        assertEquals(0, run("run", small, "-seed=7"), said());
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("small: 5 members, 20 s of virtual time, seed 7\n"), text);
        assertTrue(text.contains("\nPASS  undetected: 0  measured 0\nAs expected.\n"), text);
        assertTrue(text.contains("\n  detection-all  "), text);
        assertFalse(text.contains("\u001b"), "no colours where no terminal is");
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        String first = text;
        out.reset();
        assertEquals(0, run("run", small, "--seed", "7"), said());
        assertEquals(first, out.toString(StandardCharsets.UTF_8), "the same seed, the same result");
    }

    @Test
    void whatIsNotAsExpectedExitsWith2() {
        assertEquals(2, run("run", small, "-set", "expect.undetected=at least 1"), said());
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\nFAIL  undetected: at least 1  measured 0  (line "), text);
        assertTrue(text.contains("\nNOT as expected: 1 of 1.\n"), text);
    }

    @Test
    void flagsVaryTheScenario() {
        assertEquals(
                0,
                run("run", small, "-members=7", "-duration=15s", "-watch=n3", "-set=network.loss=1%", "-format=json"),
                said());
        String json = out.toString(StandardCharsets.UTF_8);
        assertTrue(json.contains("\"members\" : 7,"), json);
        assertTrue(json.contains("\"seconds\" : 15.0,"), json);
        assertTrue(json.contains("\"watched\" : \"n3\""), json);
        assertTrue(json.contains("loss: 1%"), "the text is that of what was run");
    }

    @Test
    void quietPrintsNothing() {
        assertEquals(2, run("run", "-quiet", "-set=expect.undetected=1", small), said());
        assertEquals("", said());
    }

    @Test
    void aScenarioMayComeFromTheStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(SMALL.getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run("run", "-"), said());
        } finally {
            System.setIn(before);
        }
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("small: "), said());
    }

    @Test
    void aResultIsWrittenAndItsRunCanBeRepeated() throws IOException {
        Path result = folder.resolve("result");
        assertEquals(0, run("run", small, "-seed=9", "-out=" + result), said());
        assertTrue(said().endsWith("Written to " + result + ": report.html, result.json, scenario.yaml, tables as CSV\n"));
        assertTrue(Files.readString(result.resolve("report.html")).contains("<h1>small</h1>"));
        out.reset();
        Path json = result.resolve("result.json");
        assertEquals(0, run("replay", json.toString(), "-node=n3", "-grep=n1"), said());
        String trace = out.toString(StandardCharsets.UTF_8);
        assertTrue(trace.lines().count() > 5 && trace.lines().allMatch(line -> line.contains("n3") && line.contains("n1")), trace);
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("The same run: trace hash "), said());
        err.reset();
        assertEquals(0, run("replay", json.toString(), "-until=5s", "-from=4s"), said());
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Replayed up to 5 s of 20 s: "), said());
        String text = Files.readString(json);
        Files.writeString(json, text.replaceFirst("(\"traceHash\" : \")[0-9a-f]{4}", "$1----"));
        err.reset();
        assertEquals(2, run("replay", json.toString(), "-grep=nothing"), said());
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("NOT the same run: trace hash "), said());
    }

    @Test
    void aTraceBeginsAndEndsWhenAsked() {
        assertEquals(0, run("replay", small, "-seed=1", "-from=2s", "-until=3s"), said());
        List<Double> times = out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Double.parseDouble(line.strip().split("\\s+")[0]))
                .toList();
        assertTrue(times.size() > 10, said());
        assertTrue(times.stream().allMatch(time -> time >= 2 && time <= 3), said());
    }

    @Test
    void aFolderWithOtherFilesIsRefusedBeforeTheRun() throws IOException {
        assertEquals(1, run("run", small, "-out=" + folder));
        assertEquals(
                "Error: " + folder + " has other files (small.yaml): name a new folder, or one with a result only\n", said());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing was written");
        }
    }

    @Test
    void allReadyScenariosAreListedAndShown() {
        assertEquals(0, run("list"), said());
        List<String> names = new ArrayList<>();
        for (String line : said().lines().toList()) {
            assertTrue(line.length() <= 100, line);
            if (!line.startsWith(" ")) {
                names.add(line.split(" ")[0]);
            }
        }
        assertEquals(ReadyScenarios.names(), names);
        out.reset();
        assertEquals(0, run("show", "rack-loss"), said());
        assertTrue(said().startsWith("name: rack-loss\n"), said());
    }

    @Test
    void allMetricsAreListed() {
        assertEquals(0, run("metrics"), said());
        assertTrue(said().startsWith("NAME "), said());
        assertEquals(Metric.ALL.size() + 1, said().lines().count());
        out.reset();
        assertEquals(0, run("metrics", "-format=json"), said());
        assertTrue(said().contains("\"name\": \"agreement\""), said());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run|one scenario must be given",
                "run a b|not 2",
                "run no-such-file|there is no file 'no-such-file', and no scenario of that name",
                "run FOLDER|is a folder",
                "run SMALL -seed=soon|invalid value 'soon' for -seed: must be a whole number",
                "run SMALL -set=loss|invalid value 'loss' for -set: must be PATH=VALUE",
                "run SMALL -members=many|small.yaml: with cluster.members=many: cluster.members",
                "run SMALL -set network.loss=140%|small.yaml: with network.loss=140%: network.loss",
                "run SMALL -set faults.0.crash=n5|n5",
                "run SMALL -format=xml|invalid value 'xml' for -format: must be text or json",
                "run SMALL -out=SMALL|is a file: a folder for the result is needed",
                "run SMALL -bogus|-bogus",
                "replay SMALL -until=soon|invalid value 'soon' for -until",
                "replay SMALL -until=21s|invalid value '21s' for -until: the scenario ends at 20s",
                "replay SMALL -from=5s -until=5s|invalid value '5s' for -from: must be before the end, 5s",
                "replay SMALL -node=n5|invalid value 'n5' for -node: must be a member: n0 to n4",
                "replay no-such.json|no-such.json: there is no such file",
                "replay no-such.json -seed=1|a result knows its own",
                "show nobody|there is no ready scenario 'nobody'",
                "show|one name of 'hearsay sim list' must be given",
                "list -format=xml|must be text or json",
            })
    void badInputIsNamedAndExitsWith1(String line, String reason) {
        String[] args = line.replace("SMALL", small).replace("FOLDER", folder.toString()).split(" ");
        assertEquals(1, run(args), said());
        assertTrue(said().startsWith("Error: "), said());
        assertTrue(said().contains(reason), said());
        assertFalse(said().contains("\tat "), "no stack trace: " + said());
    }

    @Test
    void everyMistakeOfAScenarioIsTold() throws IOException {
        Path bad = folder.resolve("bad.yaml");
        Files.writeString(bad, "name: bad\nduration: soon\ncluster: {members: 3}\nfaults:\n  - at: 1s\n    crash: n9\n");
        assertEquals(1, run("run", bad.toString()));
        List<String> lines = said().lines().toList();
        assertEquals(2, lines.size(), said());
        assertTrue(lines.get(0).startsWith("Error: " + bad + ":2: duration"), said());
        assertTrue(lines.get(1).startsWith("Error: " + bad + ":6: faults[0].crash"), said());
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path bad = folder.resolve("bad.yaml");
        Files.write(bad, new byte[] {(byte) 0xff, 0});
        assertEquals(1, run("run", bad.toString()));
        assertTrue(said().startsWith("Error: " + bad + " is not UTF-8"), said());
        Path json = folder.resolve("bad.json");
        Files.writeString(json, "{}");
        err.reset();
        assertEquals(1, run("replay", json.toString()));
        assertTrue(said().startsWith("Error: " + json + ": this is no result of a run"), said());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "replay", "list", "show", "metrics"})
    void everyCommandExplainsItself(String command) {
        for (List<String> words : List.of(List.of(command, "-h"), List.of(command, "--help"), List.of("help", command))) {
            out.reset();
            assertEquals(0, run(words.toArray(new String[0])), said());
            assertTrue(said().startsWith("Usage: hearsay sim " + command), said());
        }
    }

    @Test
    void withoutACommandAndWithAnUnknownOneTheHelpIsShown() {
        assertEquals(127, run());
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Usage: hearsay sim <command>"), said());
        err.reset();
        assertEquals(127, run("bogus"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Error: there is no command 'sim bogus'\nUsage"), said());
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("    replay    Runs it again"), said());
    }

    private int run(String... args) {
        String[] all = Stream.concat(Stream.of("sim"), Stream.of(args)).toArray(String[]::new);
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }
}
