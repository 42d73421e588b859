package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.report.JsonResult;
import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.ScenarioRun;
import dev.hearsay.experiment.run.TraceOptions;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim replay}. */
@Command(
        name = "sim replay",
        sortOptions = false,
        customSynopsis = {"hearsay sim replay [options] SCENARIO", "   or: hearsay sim replay [options] RESULT.json"},
        description = {
            "",
            "Runs a scenario again and prints a line for each input of its members: what arrived from whom, which timer came due, and "
                    + "what the member told its application. Given a result, it takes scenario and seed from there, and says in the end whether the run was the same.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim replay rack-loss -from=29s -until=32s -node=n3",
            "  hearsay sim replay result/result.json -node=n3 -grep=suspect",
            "",
            "Exits with 0, 2 if a result's run could not be repeated, 1 if there is something wrong with the input."
        })
final class SimReplayCommand extends ScenarioTask {
    private static final String RESULT_END = ".json";

    @Option(names = "-until", order = 6, paramLabel = "TIME", description = "When to end, as 83s. Default: the end.")
    private String until = "";

    @Option(names = "-from", order = 7, paramLabel = "TIME", description = "When to begin to print. Default: at once.")
    private String from = "";

    @Option(
            names = "-node",
            order = 8,
            paramLabel = "NAME",
            description = "Prints only what this member hears and does, as n3. May be repeated. Default: all.")
    private final List<String> nodes = new ArrayList<>();

    @Option(names = "-grep", order = 9, paramLabel = "TEXT", description = "Prints only lines that contain this text.")
    private String grep = "";

    SimReplayCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException, IOException {
        Optional<RunResult> earlier = word().endsWith(RESULT_END) ? Optional.of(earlier()) : Optional.empty();
        Scenario scenario = earlier.isPresent()
                ? ScenarioFile.read("the scenario in " + word(), earlier.get().text())
                : scenario();
        long seed = earlier.isPresent() ? earlier.get().seed() : seed(scenario);
        TraceOptions options = options(scenario);
        Consumer<String> lines = line -> {
            if (line.contains(grep)) {
                out.println(line);
            }
        };
        RunResult result = ScenarioRun.replay(scenario, seed, options, lines);
        result.violation().ifPresent(text -> err.println("An invariant broke, and the run ended there: " + text));
        return earlier.map(before -> compare(before, result)).orElse(PASSED);
    }

    private RunResult earlier() throws UsageException, IOException {
        if (!seed.isEmpty() || !variations().isEmpty()) {
            throw new UsageException(
                    "-seed, -set, -members, -duration and -watch are for a scenario: a result knows its own");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(word())))) {
            return JsonResult.read(word(), in);
        }
    }

    private TraceOptions options(Scenario scenario) throws UsageException {
        Duration end = until.isEmpty() ? scenario.duration() : Values.duration("-until", until);
        Duration begin = from.isEmpty() ? Duration.ZERO : Values.durationOrZero("-from", from);
        if (end.compareTo(scenario.duration()) > 0) {
            throw UsageException.invalid(
                    "-until", until, "the scenario ends at " + GoDuration.text(scenario.duration()));
        }
        if (begin.compareTo(end) >= 0) {
            throw UsageException.invalid("-from", from, "must be before the end, " + GoDuration.text(end));
        }
        int members = scenario.members().count();
        List<Integer> shown = new ArrayList<>();
        for (String node : nodes) {
            int index = node.matches("n[0-9]{1,7}") ? Integer.parseInt(node.substring(1)) : members;
            if (index >= members) {
                throw UsageException.invalid("-node", node, "must be a member: n0 to n" + (members - 1));
            }
            shown.add(index);
        }
        return new TraceOptions(begin, end, shown);
    }

    /** A run is known by its hash; until its end, nothing can be said. */
    private int compare(RunResult before, RunResult now) {
        if (now.seconds() < before.seconds()) {
            err.println("Replayed up to " + Unit.SECONDS.show(now.seconds()) + " of "
                    + Unit.SECONDS.show(before.seconds()) + ": whether it is the same run is known only at the end.");
            return PASSED;
        }
        if (before.traceHash().equals(now.traceHash())) {
            err.println("The same run: trace hash " + now.traceHash() + ".");
            return PASSED;
        }
        err.println("NOT the same run: trace hash " + now.traceHash() + ", the result has " + before.traceHash()
                + ". It was made by another version of Hearsay, or changed since.");
        return FAILED;
    }
}
