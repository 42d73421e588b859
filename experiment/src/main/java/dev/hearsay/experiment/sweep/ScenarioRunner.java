package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.run.Progress;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.ScenarioRun;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioException;
import dev.hearsay.experiment.scenario.ScenarioFile;
import dev.hearsay.experiment.scenario.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the scenario of a file. */
public final class ScenarioRunner implements Runner {
    private final String source;
    private final String text;

    /**
     * A runner.
     *
     * @param source what to call the file in messages
     * @param text what is in it
     */
    public ScenarioRunner(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** A runner for the scenario of a plan. */
    public static ScenarioRunner of(Plan plan) {
        return new ScenarioRunner(plan.scenario(), plan.text());
    }

    /**
     * The name of the scenario, with the parameters of some point.
     *
     * @throws SweepException if it cannot be read
     */
    public String name(Map<String, String> parameters) throws SweepException {
        try {
            return read(parameters).name();
        } catch (ScenarioException | IllegalArgumentException e) {
            throw new SweepException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void check(Map<String, String> parameters) throws SweepException {
        name(parameters);
    }

    @Override
    public RunResult run(Map<String, String> parameters, long seed) {
        return ScenarioRun.run(read(parameters), seed, Progress.SILENT);
    }

    private Scenario read(Map<String, String> parameters) {
        List<Variation> variations = new ArrayList<>();
        parameters.forEach((path, value) -> variations.add(new Variation(path, value)));
        return ScenarioFile.read(source, text, variations);
    }
}
