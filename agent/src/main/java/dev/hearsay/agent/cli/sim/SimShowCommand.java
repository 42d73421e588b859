package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.experiment.scenario.ReadyScenarios;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearsay sim show}. */
@Command(
        name = "sim show",
        sortOptions = false,
        customSynopsis = "hearsay sim show NAME",
        description = {
            "",
            "Prints a scenario that comes with Hearsay: the YAML file, to read or to begin one's own with.",
            ""
        },
        footer = {"", "Examples:", "  hearsay sim show rack-loss > mine.yaml"})
final class SimShowCommand extends SimTask {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "NAME", description = "One of 'hearsay sim list'.")
    private final List<String> names = new ArrayList<>();

    SimShowCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException {
        if (names.size() != 1) {
            throw new UsageException(
                    "one name of 'hearsay sim list' must be given, not " + (names.isEmpty() ? "none" : names.size()));
        }
        try {
            out.print(ReadyScenarios.file(names.get(0)));
            return PASSED;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
