package dev.hearsay.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.sweep.Sweep.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over a formula: what is kept, resumed, refused, and that the results do not tell how they came about. */
class SweepTest {
    private final FormulaRunner runner = new FormulaRunner();

    @TempDir
    private Path dir;

    @Test
    void resultsAreTheSameWhateverTheThreadsTheShardsAndTheInterruptions() throws Exception {
        Plan plan = PlanTest.plan("8", "loss=0,10,30", "b=1,2");
        Path one = finish(plan, dir.resolve("one"), 1);
        Path four = finish(plan, dir.resolve("four"), 4);
        same(one, four);

        Path stopped = dir.resolve("stopped");
        Outcome outcome = stoppedAfter(7, plan, stopped);
        assertEquals(7, outcome.rows().size(), "with one thread nothing ends after the stop");
        assertFalse(outcome.complete());
        int before = runner.runs.get();
        finish(plan, stopped, 2);
        assertEquals(48 - 7 + 1, runner.runs.get() - before, "only what is missing, and one run to compare");
        same(one, stopped);

        for (int shard = 2; shard >= 0; shard--) {
            sweep(plan, new Shard(shard, 3), dir.resolve("shards"), new LocalEngine(runner, 2))
                    .run();
        }
        assertEquals("", mergeInto(dir.resolve("merged"), dir.resolve("shards")));
        same(one, dir.resolve("merged"));
    }

    @Test
    void aLineThatWasNotWrittenToItsEndIsRecognisedAndItsRunDoneAgain() throws Exception {
        Plan plan = PlanTest.plan("4", "loss=0,10");
        Path whole = finish(plan, dir.resolve("whole"), 1);
        Path killed = dir.resolve("killed");
        finish(plan, killed, 1);
        byte[] bytes = Files.readAllBytes(killed.resolve("runs.jsonl"));
        Files.write(killed.resolve("runs.jsonl"), java.util.Arrays.copyOf(bytes, bytes.length - 30));

        Heard heard = new Heard();
        new Sweep(plan, Shard.WHOLE, killed, runner, new LocalEngine(runner, 1), heard).run();
        assertTrue(heard.cut);
        assertEquals(7, heard.kept);
        assertEquals(1, heard.ran.get());
        assertEquals(
                Files.readString(whole.resolve("runs.jsonl")),
                Files.readString(killed.resolve("runs.jsonl")),
                "the half line is gone");
    }

    @Test
    void aFileOfWhichOnlyHalfTheFirstLineIsThereIsBegunAnew() throws Exception {
        Plan plan = PlanTest.plan("2");
        Files.writeString(dir.resolve("runs.jsonl"), "{\"format\":\"hear");
        assertTrue(
                sweep(plan, Shard.WHOLE, dir, new LocalEngine(runner, 1)).run().complete());
    }

    @Test
    void aDamagedLineIsNamedAndNothingIsLost() throws Exception {
        Plan plan = PlanTest.plan("4");
        finish(plan, dir, 1);
        Path file = dir.resolve("runs.jsonl");
        String content = Files.readString(file);
        Map<String, String> damages = Map.of(
                content.replaceFirst("\"seed\":2", "\"seed\":"), "runs.jsonl:3: damaged (not JSON",
                content.replaceFirst("\"seed\":2", "\"seed\":22"), "runs.jsonl:3: there is no point 0 with seed 22",
                content.replaceFirst("\"seed\":2", "\"seed\":3"), "runs.jsonl:4: seed 3 at point 0 has two results",
                content.replaceFirst("\"sweep\":\"", "\"sweep\":\"0"), "runs.jsonl:1: the runs are of another sweep");
        for (Map.Entry<String, String> damage : damages.entrySet()) {
            Files.writeString(file, damage.getKey());
            String message = assertThrows(SweepException.class, () -> finish(plan, dir, 1))
                    .getMessage();
            assertTrue(message.contains(damage.getValue()), message);
            assertEquals(damage.getKey(), Files.readString(file), "the file is as it was");
        }
    }

    @Test
    void anotherSweepInTheSameFolderIsRefusedWithWhatDiffers() throws Exception {
        finish(PlanTest.plan("4", "loss=0,10"), dir, 1);
        String message = assertThrows(SweepException.class, () -> finish(PlanTest.plan("5", "loss=0,20"), dir, 1))
                .getMessage();
        assertTrue(message.contains("--vary: loss=0,10 there, loss=0,20 here"), message);
        assertTrue(message.contains("--seeds: 1..4 there, 1..5 here"), message);
    }

    @Test
    void runsOfAnotherVersionAreNotMixed() throws Exception {
        Plan plan = PlanTest.plan("4");
        stoppedAfter(2, plan, dir);
        Runner changed = new Runner() {
            @Override
            public void check(Map<String, String> parameters) {}

            @Override
            public RunResult run(Map<String, String> parameters, long seed) {
                return runner.run(Map.of("loss", "7"), seed);
            }
        };
        String message = assertThrows(
                        SweepException.class,
                        () -> new Sweep(plan, Shard.WHOLE, dir, changed, new LocalEngine(changed, 1), new Heard())
                                .run())
                .getMessage();
        assertTrue(message.contains("of another version of Hearsay: seed 1 "), message);
    }

    @Test
    void twoProcessesDoNotWriteOneFile() throws Exception {
        Plan plan = PlanTest.plan("1");
        Files.createDirectories(dir);
        RunLog held = RunLog.open(dir.resolve("runs.jsonl"), plan).log();
        String message =
                assertThrows(SweepException.class, () -> finish(plan, dir, 1)).getMessage();
        assertTrue(message.contains("is being written by another process"), message);
        held.close();
        finish(plan, dir, 1);
    }

    @Test
    void everyPointIsReadBeforeTheFirstRuns() throws Exception {
        Plan plan = PlanTest.plan("2", "b=1,2", "loss=50,140");
        String message =
                assertThrows(SweepException.class, () -> finish(plan, dir, 1)).getMessage();
        assertEquals(
                "--vary loss=140:\n  formula:2: loss: 140 must be at most 100\n(2 points of the grid cannot be run)",
                message);
        assertEquals(0, runner.runs.get());
        assertFalse(Files.exists(dir.resolve("sweep.json")));

        Plan both = PlanTest.plan("2", "a=2,3", "b=2,3");
        assertEquals(
                "--vary a=3 with --vary b=3:\n  formula:1: a and b must differ",
                assertThrows(SweepException.class, () -> finish(both, dir, 1)).getMessage());
    }

    @Test
    void aRunThatBreaksIsARowLikeOthers() throws Exception {
        finish(PlanTest.plan("3", "break=1", "loss=0,40,99"), dir, 2);
        Results results = ResultsJson.read(dir.resolve("results.json"));
        assertEquals(9, results.rows().size());
        Row violated = results.rows().get(1);
        assertEquals("an invariant", violated.failure(), "its first line");
        assertTrue(results.rows().stream()
                .anyMatch(row -> row.failure().isEmpty() && row.unmet().size() == 1));
        assertEquals(
                "error: java.lang.IllegalStateException: cannot run",
                results.rows().get(8).failure());
        String table = SweepTable.show(results, SweepTable.usual(results));
        assertTrue(table.contains("failed: seed 2 at break=1 loss=0: an invariant\n"), table);
        assertTrue(results.failed() >= 5, table);
    }

    @Test
    void anErrorOfTheJvmStopsTheSweepAndKeepsWhatIsThere() throws Exception {
        Plan plan = PlanTest.plan("6");
        Runner hungry = new Runner() {
            @Override
            public void check(Map<String, String> parameters) {}

            @Override
            public RunResult run(Map<String, String> parameters, long seed) {
                if (seed == 4) {
                    throw new OutOfMemoryError("as it would be");
                }
                return runner.run(parameters, seed);
            }
        };
        SweepException e = assertThrows(
                SweepException.class,
                () -> new Sweep(plan, Shard.WHOLE, dir, hungry, new LocalEngine(hungry, 1), new Heard()).run());
        assertTrue(e.getMessage().startsWith("out of memory with 1 runs at once"), e::getMessage);
        assertEquals(3, RunLog.read(dir.resolve("runs.jsonl"), plan).rows().size());
    }

    @Test
    void mergingSaysWhatIsMissingAndWhatContradicts() throws Exception {
        Plan plan = PlanTest.plan("4", "loss=0,10");
        Path shards = dir.resolve("shards");
        sweep(plan, new Shard(0, 3), shards, new LocalEngine(runner, 1)).run();
        sweep(plan, new Shard(2, 3), shards, new LocalEngine(runner, 1)).run();
        Merge.Merged merged = Merge.of(List.of(shards));
        assertTrue(merged.missing().startsWith("3 of 8 runs are missing:\n  seed 2 at loss=0\n"), merged.missing());

        Path again = dir.resolve("again");
        sweep(plan, new Shard(0, 2), again, new LocalEngine(runner, 1)).run();
        Merge.Merged twice = Merge.of(List.of(shards, again.resolve("runs-0-of-2.jsonl")));
        assertTrue(twice.notes().get(0).startsWith("3 runs of "), twice.notes()::toString);

        Path file = again.resolve("runs-0-of-2.jsonl");
        Files.writeString(file, Files.readString(file).replaceFirst("\"members\":10", "\"members\":11"));
        String message = assertThrows(SweepException.class, () -> Merge.of(List.of(shards, again)))
                .getMessage();
        assertTrue(message.contains("contradict each other about seed 1 at point 0"), message);
        Files.writeString(file, "half", StandardOpenOption.APPEND);
        assertTrue(Merge.of(List.of(again)).notes().get(0).contains("was not written to its end"));
    }

    @Test
    void whatIsNotOfOneSweepIsNotMerged() throws Exception {
        Path a = dir.resolve("a");
        Path b = dir.resolve("b");
        sweep(PlanTest.plan("4"), new Shard(0, 2), a, new LocalEngine(runner, 1))
                .run();
        sweep(PlanTest.plan("5"), new Shard(1, 2), b, new LocalEngine(runner, 1))
                .run();
        assertTrue(assertThrows(SweepException.class, () -> Merge.of(List.of(a, b)))
                .getMessage()
                .contains("--seeds: 1..5 there, 1..4 here"));
        Files.copy(b.resolve("runs-1-of-2.jsonl"), a.resolve("runs-1-of-2.jsonl"));
        assertTrue(assertThrows(SweepException.class, () -> Merge.of(List.of(a)))
                .getMessage()
                .contains("runs-1-of-2.jsonl:1: the runs are of another sweep"));
        Files.delete(a.resolve("sweep.json"));
        assertTrue(assertThrows(SweepException.class, () -> Merge.of(List.of(a)))
                .getMessage()
                .startsWith("there is no sweep.json beside "));
        assertTrue(assertThrows(SweepException.class, () -> Merge.of(List.of(dir.resolve("nowhere"))))
                .getMessage()
                .endsWith("nowhere does not exist"));
    }

    private Path finish(Plan plan, Path folder, int threads) throws SweepException, InterruptedException {
        Outcome outcome = sweep(plan, Shard.WHOLE, folder, new LocalEngine(runner, threads))
                .run();
        assertTrue(outcome.complete());
        ResultFiles.write(folder, new Results(plan, outcome.rows()), List.of("agreement"));
        return folder;
    }

    private Outcome stoppedAfter(int runs, Plan plan, Path folder) throws SweepException, InterruptedException {
        AtomicReference<Sweep> sweep = new AtomicReference<>();
        Heard heard = new Heard() {
            @Override
            public void ran(Row row) {
                super.ran(row);
                if (ran.get() == runs) {
                    sweep.get().stop();
                }
            }
        };
        sweep.set(new Sweep(plan, Shard.WHOLE, folder, runner, new LocalEngine(runner, 1), heard));
        return sweep.get().run();
    }

    private Sweep sweep(Plan plan, Shard shard, Path folder, Engine engine) {
        return new Sweep(plan, shard, folder, runner, engine, new Heard());
    }

    private static String mergeInto(Path out, Path from) throws SweepException, IOException {
        Merge.Merged merged = Merge.of(List.of(from));
        Files.createDirectories(out);
        ResultFiles.write(out, merged.results(), List.of("agreement"));
        return merged.missing();
    }

    private static void same(Path a, Path b) throws IOException {
        for (String name : List.of("results.json", "results.csv", "summary.csv", "report.html")) {
            assertEquals(Files.readString(a.resolve(name)), Files.readString(b.resolve(name)), name);
        }
    }

    /** Remembers what it hears. */
    private static class Heard implements Sweep.Listener {
        final AtomicInteger ran = new AtomicInteger();
        int kept;
        boolean cut;

        @Override
        public void begins(int kept, int total, boolean cut) {
            this.kept = kept;
            this.cut = cut;
        }

        @Override
        public void ran(Row row) {
            ran.incrementAndGet();
        }
    }
}
