package dev.hearsay.agent.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.cli.Cli;
import dev.hearsay.experiment.sweep.SweepException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps, merges and comparisons from the command line: exit codes, output, and what is told when something is wrong. */
class SimSweepCommandTest {
    private static final String SCENARIO = """
            name: small
            duration: 15s
            cluster:
              members: 5
            faults:
              - at: 3s
                crash: n3
            """;

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws Exception {
        Files.writeString(dir.resolve("small.yaml"), SCENARIO);
    }

    @Test
    void shardsMergeAndTheResultsAreComparedWithThemselves() throws Exception {
        String file = dir.resolve("small.yaml").toString();
        String vary = "--vary=network.loss=0%,10%";
        assertEquals(0, run("sweep", file, vary, "--seeds", "3", "--out", path("one")), err::toString);
        assertTrue(said(out).contains("6 runs, all as expected"), said(out));
        assertEquals(0, run("sweep", file, vary, "--seeds", "3", "--out", path("parts"), "--shard", "0/2"));
        assertEquals(1, run("merge", path("parts")));
        assertTrue(said(err).contains("Error: 3 of 6 runs are missing:\n  seed 2 at network.loss=0%\n"), said(err));
        assertEquals(0, run("merge", "--partial", path("parts"), "--out", path("half")));
        assertEquals(0, run("sweep", file, vary, "--seeds", "3", "--out", path("parts"), "--shard", "1/2"));
        assertEquals(0, run("merge", path("parts")));
        assertEquals(
                Files.readString(dir.resolve("one/results.json")), Files.readString(dir.resolve("parts/results.json")));

        out.reset();
        assertEquals(0, run("compare", path("one"), path("parts")));
        assertTrue(said(out).endsWith("The same runs.\n"), said(out));
        assertEquals(0, run("sweep", file, vary, "--seeds", "4..9", "--out", path("other")));
        assertEquals(0, run("compare", path("one"), path("other"), "--format=json", "--least", "5%"), err::toString);
        assertTrue(said(out).contains("\"paired\" : false"), said(out));
    }

    @Test
    void twoSingleRunsAreComparedToo() {
        String file = dir.resolve("small.yaml").toString();
        assertEquals(0, run("run", file, "--out", path("a"), "--seed=1"), err::toString);
        assertEquals(0, run("run", file, "--out", path("b"), "--seed=1", "--set", "cluster.members=7"));
        out.reset();
        assertEquals(0, run("compare", path("a"), path("b")), err::toString);
        assertTrue(said(out).contains("too few runs: "), said(out));
    }

    @Test
    void whatIsWrongIsSaidWithOneLineForEachMistake() {
        assertEquals(1, run("sweep", "rack-loss", "--out", path("x"), "--engine=cloud"));
        assertEquals(1, run("sweep", "rack-loss", "--out", path("x"), "--master=yarn"));
        assertEquals(1, run("sweep", "rack-loss"));
        assertEquals(1, run("merge"));
        assertEquals(1, run("merge", path("nowhere"), "--out", path("x")));
        assertEquals(1, run("compare", path("nowhere")));
        assertEquals(1, run("compare", path("nowhere"), path("x")));
        assertEquals(1, run("compare", path("nowhere"), path("x"), "--least=two"));
        assertEquals(1, run("compare", path("nowhere"), path("x"), "--metrics=two"));
        List<String> rules = List.of(
                "invalid value 'cloud' for -engine: must be local or spark",
                "-master is for -engine=spark",
                "--out must be given",
                "the folders of the shards must be given",
                "nowhere does not exist",
                "two results must be given",
                "nowhere does not exist",
                "invalid value 'two' for -least: must be 0% to 100%",
                "--metrics: there is no metric 'two'");
        List<String> errors =
                said(err).lines().filter(line -> line.startsWith("Error: ")).toList();
        assertEquals(rules.size(), errors.size(), said(err));
        for (int i = 0; i < rules.size(); i++) {
            assertTrue(errors.get(i).contains(rules.get(i)), errors.get(i));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sparkIsStartedWithTheJarAndTheSameArguments() throws Exception {
        Path bin = Files.createDirectories(dir.resolve("spark/bin"));
        Path script = Files.writeString(
                bin.resolve("spark-submit"),
                "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + dir.resolve("arguments") + "\nexit 2\n");
        assertTrue(script.toFile().setExecutable(true));
        Path jar = Files.writeString(dir.resolve("hearsay-sim-spark.jar"), "");
        for (Map<String, String> environment :
                List.of(Map.of("SPARK_HOME", dir.resolve("spark").toString()), Map.of("PATH", "/nowhere:" + bin))) {
            SparkSubmit spark = SparkSubmit.find(environment, dir);
            assertEquals(2, spark.run("local[2]", List.of("-vary=network.loss=0%,5%", "-out=x y", "rack-loss")));
            assertEquals(
                    List.of(
                            "--master",
                            "local[2]",
                            "--deploy-mode",
                            "client",
                            "--class",
                            "dev.hearsay.spark.SparkSweep",
                            jar.toString(),
                            "-vary=network.loss=0%,5%",
                            "-out=x y",
                            "rack-loss"),
                    Files.readAllLines(dir.resolve("arguments")));
        }
    }

    @Test
    void whatIsMissingForSparkIsSaidPrecisely() throws Exception {
        message("there is no spark-submit in PATH, and SPARK_HOME is not set", Map.of("PATH", ""));
        message(
                "SPARK_HOME is " + dir + ", but there is no program " + dir.resolve("bin/spark-submit"),
                Map.of("SPARK_HOME", dir.toString()));
        Path bin = Files.createDirectories(dir.resolve("bin"));
        assertTrue(Files.writeString(bin.resolve("spark-submit"), "").toFile().setExecutable(true));
        message("there is no " + dir.resolve("hearsay-sim-spark.jar"), Map.of("SPARK_HOME", dir.toString()));
        message(
                "HEARSAY_SPARK_JAR is /nowhere.jar, which does not exist",
                Map.of("SPARK_HOME", dir.toString(), "HEARSAY_SPARK_JAR", "/nowhere.jar"));
    }

    private void message(String part, Map<String, String> environment) {
        String message = assertThrows(SweepException.class, () -> SparkSubmit.find(environment, dir))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    private String path(String folder) {
        return dir.resolve(folder).toString();
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "sim";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new Cli(stream(out), stream(err)).run(all);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String said(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
