package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.sweep.RunLog.Opened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Does what of a plan, or of a shard of it, is not done yet. What is done stands in the folder from then on: a sweep that was
 * stopped, in whatever way, goes on where it was.
 *
 * <p>{@link #run} is called once; {@link #stop} by any thread at any time.
 */
public final class Sweep {
    private final Plan plan;
    private final Shard shard;
    private final Path folder;
    private final Runner runner;
    private final Engine engine;
    private final Listener listener;
    private volatile boolean stopped;
    private volatile boolean started;
    private final Object logGuard = new Object();
    private AutoLog log = () -> {};

    /** What closes the log; nothing before it is open. */
    private interface AutoLog {
        void close();
    }

    /** Hears how a sweep goes; called by many threads, one at a time. */
    public interface Listener {
        /**
         * Called before the first run.
         *
         * @param kept runs that were done already
         * @param total runs of this shard
         * @param cut whether one of them was not written to its end, and is done again
         */
        void begins(int kept, int total, boolean cut);

        /** Called after each run, when its row is in the file. */
        void ran(Row row);
    }

    /**
     * How it ended.
     *
     * @param rows all there are of this shard, in the order of the plan
     * @param total how many there must be
     */
    public record Outcome(List<Row> rows, int total) {
        /** Whether nothing is missing. */
        public boolean complete() {
            return rows.size() == total;
        }
    }

    /**
     * A sweep that has not begun.
     *
     * @param runner reads the scenario at each point before the first run, and repeats one run that was done before
     */
    public Sweep(Plan plan, Shard shard, Path folder, Runner runner, Engine engine, Listener listener) {
        this.plan = plan;
        this.shard = shard;
        this.folder = folder;
        this.runner = runner;
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * Runs until all is done or {@link #stop} is called.
     *
     * @throws SweepException if the plan cannot be run, the folder is another sweep's, or it cannot be written; nothing is lost
     * @throws InterruptedException if this thread is interrupted; what is done stands in the folder
     */
    public Outcome run() throws SweepException, InterruptedException {
        PlanCheck.check(plan, runner);
        SweepFolder.claim(folder, plan);
        List<Run> runs = shard.of(plan.runs());
        Opened opened = RunLog.open(folder.resolve(shard.file()), plan);
        try (RunLog open = opened.log()) {
            synchronized (logGuard) {
                log = open::close;
            }
            Set<String> mine = new HashSet<>();
            runs.forEach(run -> mine.add(key(run.point().index(), run.seed())));
            List<Row> rows = new ArrayList<>();
            for (Row row : opened.content().rows()) {
                if (!mine.remove(key(row.point(), row.seed()))) {
                    throw new SweepException(folder.resolve(shard.file()) + " has a run that is not of shard "
                            + shard.show() + ": seed " + row.seed() + " at point " + row.point());
                }
                rows.add(row);
            }
            List<Run> todo = new ArrayList<>(runs.stream()
                    .filter(run -> mine.contains(key(run.point().index(), run.seed())))
                    .toList());
            // All points with one seed, then with the next: what an interrupted sweep has is some of everything.
            todo.sort(Comparator.comparingLong(Run::seed));
            listener.begins(rows.size(), runs.size(), opened.content().cut());
            started = true;
            if (!todo.isEmpty() && !rows.isEmpty()) {
                repeat(rows.get(0));
            }
            List<Row> all = Collections.synchronizedList(rows);
            engine.execute(plan, todo, () -> stopped, row -> {
                synchronized (all) {
                    if (!stopped) {
                        open.append(row);
                        all.add(row);
                        listener.ran(row);
                    }
                }
            });
            return new Outcome(Results.sorted(rows), runs.size());
        }
    }

    /** What is kept must be of this program: otherwise the results would be of two, and nobody could say which row is whose. */
    private void repeat(Row kept) throws SweepException {
        Run run = new Run(plan.points().get(kept.point()), kept.seed());
        Row again = Engine.row(runner, run);
        if (!again.equals(kept)) {
            throw new SweepException(folder + " has runs of another version of Hearsay: " + run.show()
                    + " has another result now. Take another --out, or the version that began it");
        }
    }

    private static String key(int point, long seed) {
        return point + "/" + seed;
    }

    /** Has no further run begin, and closes the file after the row that is being written; does not wait for runs. */
    public void stop() {
        stopped = true;
        synchronized (logGuard) {
            log.close();
        }
    }

    /** Whether it got as far as to know what is done already, so that going on makes sense. */
    public boolean started() {
        return started;
    }
}
