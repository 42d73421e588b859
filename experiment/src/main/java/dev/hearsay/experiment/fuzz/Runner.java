package dev.hearsay.experiment.fuzz;

import dev.hearsay.experiment.scenario.Scenario;

/** Runs scenarios, and judges what came of them. Several threads call it at the same time. */
@FunctionalInterface
public interface Runner {
    /** What comes of a scenario with a seed: always the same. */
    Outcome run(Scenario scenario, long seed);
}
