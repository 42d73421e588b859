package dev.hearsay.experiment.fuzz;

import dev.hearsay.experiment.run.Progress;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.ScenarioRun;
import dev.hearsay.experiment.run.Verdict;
import dev.hearsay.experiment.scenario.Scenario;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs scenarios in the simulator: a broken invariant, an exception and a broken expectation are failures. */
public final class SimulatorRunner implements Runner {
    /** How the kind of a failure begins that is a broken promise. */
    static final String EXPECTED = "expected ";

    private static final Pattern MEMBER = Pattern.compile("^(n[0-9]+): ");
    private static final Pattern PARTICULARS = Pattern.compile(": Member\\[.*|: [\\w.]+\\[.*");

    @Override
    public Outcome run(Scenario scenario, long seed) {
        RunResult result = ScenarioRun.run(scenario, seed, Progress.SILENT);
        long inputs = Math.round(result.metrics().getOrDefault("inputs", 0.0));
        return new Outcome(failure(result), result.seconds(), inputs);
    }

    private static Optional<Failure> failure(RunResult result) {
        if (result.violation().isPresent()) {
            return Optional.of(violation(result.violation().get(), result.seconds()));
        }
        for (Verdict verdict : result.verdicts()) {
            if (!verdict.met()) {
                String metric =
                        verdict.expectation().substring(0, verdict.expectation().indexOf(':'));
                String message = "expected " + verdict.expectation() + ", but " + verdict.seen();
                return Optional.of(new Failure(EXPECTED + metric, message, result.seconds(), ""));
            }
        }
        return Optional.empty();
    }

    private static Failure violation(String message, double seconds) {
        String first = message.lines().findFirst().orElse("");
        Matcher member = MEMBER.matcher(first);
        return new Failure(kind(first), message, seconds, member.find() ? member.group(1) : "");
    }

    /** The first line without numbers, nor what a record holds. */
    static String kind(String first) {
        return PARTICULARS.matcher(first).replaceFirst("").replaceAll("[0-9]+", "#");
    }
}
