package dev.hearsay.experiment.sweep;

import java.util.List;
import java.util.function.BooleanSupplier;

/** What executes the runs of a sweep: this machine's cores, or a system made for that. */
public interface Engine {
    /** Takes a row when its run is done; called from any thread, one at a time or at once. */
    interface Sink {
        /**
         * Keeps a row.
         *
         * @throws SweepException if it cannot be kept: the engine stops, and throws it
         */
        void take(Row row) throws SweepException;
    }

    /**
     * Executes all these runs, in any order, each once; returns when the last row was taken, or soon after {@code stopped} says so.
     *
     * @param stopped asked before each run, by any thread
     * @throws SweepException if it cannot go on
     * @throws InterruptedException if this thread is interrupted; what runs is abandoned
     */
    void execute(Plan plan, List<Run> runs, BooleanSupplier stopped, Sink sink)
            throws SweepException, InterruptedException;

    /** One run and its row: what every engine does, wherever it does it. */
    static Row row(Runner runner, Run run) {
        try {
            return Row.of(run, runner.run(run.point().parameters(), run.seed()));
        } catch (RuntimeException e) {
            return Row.of(run, e);
        }
    }
}
