package dev.hearsay.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Real runs of a small scenario, asked for as on a command line. */
class SweepToolTest {
    private static final String SCENARIO = """
            name: small
            duration: 20s
            cluster:
              members: 6
            network:
              loss: 0%
            faults:
              - at: 3s
                crash: n3
            expect:
              undetected: 0
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
    void realRunsGiveTheSameFilesWithAnyThreadsAfterAnInterruptionAndFromShards() throws Exception {
        assertEquals(0, sweep(flags("one", "-threads=1")));
        assertEquals(0, sweep(flags("four", "-threads=4")));
        same("one", "four");

        SweepFlags flags = flags("stopped", "-threads=2");
        Runner runner = ScenarioRunner.of(flags.plan());
        Engine local = new LocalEngine(runner, 1);
        AtomicInteger runs = new AtomicInteger();
        Engine three = (plan, all, stopped, sink) ->
                local.execute(plan, all, () -> stopped.getAsBoolean() || runs.getAndIncrement() >= 3, sink);
        new Sweep(flags.plan(), Shard.WHOLE, flags.folder(), runner, three, silent()).run();
        assertEquals(0, sweep(flags));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("Keeps 3 of 8 runs"), err::toString);
        same("one", "stopped");

        for (String shard : List.of("1/3", "2/3", "0/3")) {
            assertEquals(0, sweep(flags("shards", "-shard=" + shard)));
        }
        Merge.Merged merged = Merge.of(List.of(dir.resolve("shards")));
        assertEquals("", merged.missing());
        new SweepTool(stream(out), stream(err), false).finish(dir.resolve("shards"), merged.results(), List.of());
        same("one", "shards");
        String table = out.toString(StandardCharsets.UTF_8);
        assertTrue(table.contains("network.loss  runs  failed  detection-first.mean"), table);
        assertTrue(table.contains("8 runs, all as expected. In "), table);
    }

    @Test
    void whatIsWrongIsNamedBeforeAnythingRuns() throws Exception {
        refused("one scenario must be given", "-out=x");
        refused("there is no file 'nowhere'", "-out=x", "nowhere");
        refused("--out must be given", dir.resolve("small.yaml").toString());
        refused(
                "--vary network.loss=140%:\n",
                "-out=" + dir.resolve("x"),
                "-vary=network.loss=0%,140%",
                dir.resolve("small.yaml").toString());
        refused(
                "small.yaml: with cluster.members=0: ",
                "-out=x",
                "-set=cluster.members=0",
                dir.resolve("small.yaml").toString());
        refused(
                "-set x must be PATH=VALUE",
                "-out=x",
                "-set=x",
                dir.resolve("small.yaml").toString());
        refused(
                "--seeds 0 must be at least 1",
                "-out=x",
                "-seeds=0",
                dir.resolve("small.yaml").toString());
        assertTrue(Files.notExists(dir.resolve("x")));
    }

    @Test
    void aRunThatDoesNotComeOutAsExpectedIsCounted() throws Exception {
        assertEquals(2, sweep(flags("failed", "-set=expect.suspicions=0")));
        String table = out.toString(StandardCharsets.UTF_8);
        assertTrue(table.contains("failed: seed 1 at network.loss=0%: not met: suspicions: "), table);
        assertTrue(table.contains("8 runs, 8 failed."), table);
    }

    @Test
    void argumentsAreTheSameOnceMore() throws Exception {
        SweepFlags flags = flags("x", "-threads=3", "-shard=0/2", "-metrics=bytes");
        SweepFlags again = parse(flags.arguments().toArray(new String[0]));
        assertEquals(flags.arguments(), again.arguments());
        assertEquals(flags.plan(), again.plan());
    }

    private void refused(String rule, String... arguments) {
        SweepException e = assertThrows(SweepException.class, () -> sweep(parse(arguments)));
        assertTrue(e.getMessage().contains(rule), e::getMessage);
    }

    private SweepFlags flags(String folder, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "-vary=network.loss=0%,20%",
                "-seeds=4",
                "-out=" + dir.resolve(folder),
                dir.resolve("small.yaml").toString()));
        return parse(arguments.toArray(new String[0]));
    }

    private static SweepFlags parse(String... arguments) {
        SweepFlags flags = new SweepFlags();
        new CommandLine(flags).setPosixClusteredShortOptionsAllowed(false).parseArgs(arguments);
        return flags;
    }

    private int sweep(SweepFlags flags) throws SweepException, InterruptedException {
        LocalEngine engine = new LocalEngine(ScenarioRunner.of(flags.plan()), flags.threads());
        return new SweepTool(stream(out), stream(err), false).run(flags, engine);
    }

    private void same(String a, String b) throws Exception {
        for (String name : List.of("sweep.json", "results.json", "results.csv", "summary.csv", "report.html")) {
            assertEquals(
                    Files.readString(dir.resolve(a).resolve(name)),
                    Files.readString(dir.resolve(b).resolve(name)),
                    name);
        }
    }

    private static Sweep.Listener silent() {
        return new Sweep.Listener() {
            @Override
            public void begins(int kept, int total, boolean cut) {}

            @Override
            public void ran(Row row) {}
        };
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
