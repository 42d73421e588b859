package dev.hearsay.agent.cli.sim;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim}: finds the command behind it. */
@Command(name = "sim", customSynopsis = "hearsay sim <command> [<args>]")
public final class SimCommand implements Callable<Integer> {
    /** All commands, in the order of the help. */
    private static final List<Entry> COMMANDS = List.of(
            new Entry("run", "Runs a scenario, and says what came of it", SimRunCommand::new),
            new Entry("replay", "Runs it again, and shows what each member heard and did", SimReplayCommand::new),
            new Entry("sweep", "Runs it with many seeds at every point of a grid, on all cores", SimSweepCommand::new),
            new Entry("merge", "Puts the shards of a sweep together", SimMergeCommand::new),
            new Entry("compare", "Says what changed between two results, and how sure that is", SimCompareCommand::new),
            new Entry("fuzz", "Runs random scenarios, and makes small what goes wrong", SimFuzzCommand::new),
            new Entry("rumor", "Spreads one piece of news among a million members", SimRumorCommand::new),
            new Entry("list", "Lists the scenarios that come with Hearsay", SimListCommand::new),
            new Entry("show", "Prints one of them, to begin with", SimShowCommand::new),
            new Entry("metrics", "Lists what is measured, and what can be expected of it", SimMetricsCommand::new),
            new Entry(
                    "validate", "Measures again what the papers about gossip have published", SimValidateCommand::new));

    /** A command: its name, what it does in a line, and how it is made for an output and an error stream. */
    private record Entry(String name, String does, BiFunction<PrintStream, PrintStream, Callable<Integer>> maker) {}

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    /** Commands that write there. */
    public SimCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The command of that name; null if there is none. */
    public @Nullable Callable<Integer> command(String name) {
        return COMMANDS.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .map(entry -> entry.maker().apply(out, err))
                .orElse(null);
    }

    /** All commands by name, in order. */
    public Map<String, Callable<Integer>> commands() {
        Map<String, Callable<Integer>> commands = new LinkedHashMap<>();
        COMMANDS.forEach(entry -> commands.put(entry.name(), entry.maker().apply(out, err)));
        return commands;
    }

    @Override
    public Integer call() {
        out.print(usage());
        return 0;
    }

    /** What there is. */
    public String usage() {
        StringBuilder commands = new StringBuilder();
        COMMANDS.forEach(entry -> commands.append(String.format("    %-10s%s%n", entry.name(), entry.does())));
        return """
                Usage: hearsay sim <command> [<args>]

                Runs clusters in virtual time: what happens to a cluster if a rack loses its power, the network loses
                packets, or half of the members pause. A scenario is a file that says so; with a seed it gives the same
                result on every machine.

                %s
                To begin with:
                    hearsay sim run rack-loss --out result
                    hearsay sim show rack-loss > mine.yaml

                "hearsay sim <command> --help" explains a command.
                """.formatted(commands);
    }
}
