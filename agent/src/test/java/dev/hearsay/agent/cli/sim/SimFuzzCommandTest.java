package dev.hearsay.agent.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.cli.Cli;
import dev.hearsay.experiment.fuzz.Fuzzer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimFuzzCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("sim", "fuzz"));
        all.addAll(List.of(args));
        Cli cli = new Cli(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return cli.run(all.toArray(new String[0]));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whereNothingGoesWrongItSaysWhatItHasDoneAndLeavesNothing() {
        Path kept = folder.resolve("findings");
        assertEquals(0, run("-runs=3", "--seed", "7", "-members=4", "-threads=2", "-out=" + kept), said());
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("Seed 7, at most 4 members\n3 scenarios, "), text);
        assertTrue(text.endsWith(": nothing went wrong\n"), text);
        assertFalse(Files.exists(kept));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-runs=0       | Error: invalid value '0' for -runs: ",
                "-members=1    | Error: invalid value '1' for -members: ",
                "-members=1001 | Error: invalid value '1001' for -members: ",
                "-threads=many | Error: invalid value 'many' for -threads: ",
                "-minutes=-1   | Error: invalid value '-1' for -minutes: ",
                "-seed=x       | Error: invalid value 'x' for -seed: must be a whole number of 64 bits",
                "-reduce=soon  | Error: invalid value 'soon' for -reduce: ",
                "rack-loss     | Error: 'rack-loss': scenarios are made here, none can be given",
            })
    void badInputIsNamedWithItsRule(String flag, String expected) {
        assertEquals(1, run(flag));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith(expected), said);
    }

    @Test
    void findingsAreNotReplaced() throws IOException {
        Files.writeString(folder.resolve("finding-1.yaml"), "mine");
        assertEquals(1, run("-out=" + folder, "-runs=1"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("has findings already"), said());
        assertEquals("mine", Files.readString(folder.resolve("finding-1.yaml")));
    }

    @Test
    void theLineSaysHowFarItIsNowAndThenAndIsTakenAwayInATerminal() {
        long[] now = new long[1];
        PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);
        Fuzzer.State state = new Fuzzer.State(10, 1_000, 50_000, 5, 1);
        try (FuzzLine line = new FuzzLine(to, false, 100, () -> now[0])) {
            line.at(state);
            assertEquals("", err.toString(StandardCharsets.UTF_8), "too early");
            now[0] = 11_000_000_000L;
            line.at(state);
        }
        assertEquals(
                "10 of 100 scenarios, 2 /s, 1,000 s of virtual time, 10,000 inputs/s, 1 found\n",
                err.toString(StandardCharsets.UTF_8));
        err.reset();
        try (FuzzLine line = new FuzzLine(to, true, 100, () -> now[0])) {
            now[0] += 1_000_000_000L;
            line.reducing(3);
        }
        assertEquals("\rMaking it smaller: 3 runs\u001b[K\r\u001b[K", err.toString(StandardCharsets.UTF_8));
    }
}
