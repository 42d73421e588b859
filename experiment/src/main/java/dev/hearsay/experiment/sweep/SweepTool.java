package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.sweep.Sweep.Outcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** A sweep on a command line: says how it goes, writes the results when nothing is missing, and knows the exit code. */
public final class SweepTool {
    /** All runs are there and passed. */
    public static final int PASSED = 0;

    /** All runs are there; some broke an invariant or an expectation. */
    public static final int FAILED = 2;

    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /**
     * A tool that writes there.
     *
     * @param terminal whether {@code err} can draw a line anew
     */
    public SweepTool(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Does the sweep that is asked for.
     *
     * @return the exit code
     * @throws SweepException if something in the input is wrong; nothing that was done is lost
     * @throws InterruptedException if this thread is interrupted
     */
    public int run(SweepFlags flags, Engine engine) throws SweepException, InterruptedException {
        Plan plan = flags.plan();
        Path folder = flags.folder();
        Shard shard = flags.shard(System.getenv());
        Progress progress = new Progress(shard);
        Sweep sweep = new Sweep(plan, shard, folder, ScenarioRunner.of(plan), engine, progress);
        Thread interrupted = new Thread(() -> {
            sweep.stop();
            progress.interrupted(folder);
        });
        Runtime.getRuntime().addShutdownHook(interrupted);
        Outcome outcome;
        try {
            outcome = sweep.run();
        } finally {
            progress.clear();
            unhook(interrupted);
        }
        if (!shard.whole()) {
            out.println("Shard " + shard.show() + ": " + outcome.total() + " runs in " + folder.resolve(shard.file())
                    + ". When all shards are there: hearsay sim merge " + folder);
            return outcome.rows().stream().allMatch(Row::passed) ? PASSED : FAILED;
        }
        return finish(folder, new Results(plan, outcome.rows()), flags.metrics().orElse(List.of()));
    }

    /**
     * Writes all files of complete results, and prints the table.
     *
     * @param metrics to show; empty for what is usual
     * @return the exit code
     */
    public int finish(Path folder, Results results, List<String> metrics) throws SweepException {
        List<String> shown = metrics.isEmpty() ? SweepTable.usual(results) : metrics;
        List<String> files = ResultFiles.write(folder, results, shown);
        out.print(SweepTable.show(results, shown));
        out.println();
        int failed = results.failed();
        out.println(results.rows().size() + " runs, " + (failed == 0 ? "all as expected" : failed + " failed") + ". In "
                + folder + ": " + String.join(", ", files));
        return failed == 0 ? PASSED : FAILED;
    }

    private static void unhook(Thread thread) {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The process is ending; the thread has its say.
            return;
        }
    }

    /** Prints how far it is. */
    private final class Progress implements Sweep.Listener {
        private final Shard shard;
        private ProgressLine line = new ProgressLine(0, 0, 0);
        private long next;
        private boolean drawn;
        private boolean begun;

        Progress(Shard shard) {
            this.shard = shard;
        }

        @Override
        public synchronized void begins(int kept, int total, boolean cut) {
            long now = System.nanoTime();
            begun = true;
            line = new ProgressLine(kept, total, now);
            next = now + (terminal ? REDRAW_NANOS : LINE_NANOS);
            if (cut) {
                err.println("The last run was not written to its end: it is done again.");
            }
            if (kept > 0) {
                err.println("Keeps " + kept + " of " + total + " runs that are there already.");
            } else {
                err.println(total + " runs" + (shard.whole() ? "." : " of shard " + shard.show() + "."));
            }
        }

        @Override
        public synchronized void ran(Row row) {
            line.ran(row);
            long now = System.nanoTime();
            if (now - next < 0) {
                return;
            }
            next = now + (terminal ? REDRAW_NANOS : LINE_NANOS);
            if (terminal) {
                err.print("\r" + line.show(now) + "\u001b[K");
                drawn = true;
            } else {
                err.println(line.show(now));
            }
            err.flush();
        }

        synchronized void clear() {
            if (drawn) {
                err.print("\r\u001b[K");
                err.flush();
                drawn = false;
            }
        }

        synchronized void interrupted(Path folder) {
            clear();
            if (begun) {
                err.println("Interrupted: " + line.done() + " runs are kept in " + folder
                        + ". The same command goes on from there.");
            }
        }
    }
}
