package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.Terminal;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.report.JsonResult;
import dev.hearsay.experiment.report.ResultFolder;
import dev.hearsay.experiment.report.TextSummary;
import dev.hearsay.experiment.run.Progress;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.ScenarioRun;
import dev.hearsay.experiment.scenario.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim run}. */
@Command(
        name = "sim run",
        sortOptions = false,
        customSynopsis = "hearsay sim run [options] SCENARIO",
        description = {
            "",
            "Runs a scenario in virtual time, and says what was measured and whether it is as the scenario expects. The same scenario "
                    + "and seed give the same result on every machine.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim run rack-loss",
            "  hearsay sim run rack-loss -members=500 -set network.loss=5%% -out=result",
            "  hearsay sim run mine.yaml -seed=42 -watch=n7",
            "",
            "Exits with 0 if all came out as expected, 2 if not or if an invariant broke, 1 if there is something wrong with the input."
        })
final class SimRunCommand extends ScenarioTask {
    @Option(
            names = "-out",
            order = 6,
            paramLabel = "DIR",
            description =
                    "Writes report.html, result.json, scenario.yaml and tables as CSV there. An earlier result is replaced; a "
                            + "folder with other files is refused.")
    private String folder = "";

    @Option(names = "-format", order = 7, paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    @Option(
            names = "-progress",
            order = 8,
            description =
                    "Says every 10 s how far it is, where no bar can be drawn: when the standard error is no terminal.")
    private boolean progress;

    @Option(names = "-quiet", order = 9, description = "Prints nothing: the exit code tells, and -out keeps.")
    private boolean quiet;

    SimRunCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException, IOException {
        boolean json = Values.json(format);
        Scenario scenario = scenario();
        long seed = seed(scenario);
        Optional<ResultFolder> keeps =
                folder.isEmpty() ? Optional.empty() : Optional.of(ResultFolder.at(Path.of(folder)));
        RunResult result = run(scenario, seed);
        if (keeps.isPresent()) {
            keeps.get().write(result);
        }
        if (quiet) {
            return code(result);
        }
        if (json) {
            JsonResult.write(result, out);
        } else {
            TextSummary.lines(result, Terminal.colours()).forEach(out::println);
            if (keeps.isPresent()) {
                out.println();
                out.println("Written to " + Path.of(folder) + ": "
                        + String.join(", ", ResultFolder.names().subList(0, 3)) + ", tables as CSV");
            }
        }
        return code(result);
    }

    private RunResult run(Scenario scenario, long seed) {
        if (quiet || !(progress || Terminal.err())) {
            return ScenarioRun.run(scenario, seed, Progress.SILENT);
        }
        try (ProgressLine line = new ProgressLine(err, Terminal.err(), System::nanoTime)) {
            return ScenarioRun.run(scenario, seed, line);
        }
    }

    private static int code(RunResult result) {
        return result.passed() ? PASSED : FAILED;
    }
}
