package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.run.RunResult;
import java.util.Map;

/** Runs the scenario of a sweep. Used by many threads at once. */
public interface Runner {
    /**
     * Reads the scenario with these parameters, and runs nothing.
     *
     * @throws SweepException with what is wrong: the lines and the rules
     */
    void check(Map<String, String> parameters) throws SweepException;

    /** Runs it once. What it returns follows from the arguments alone. */
    RunResult run(Map<String, String> parameters, long seed);
}
