package dev.hearsay.agent.cli;

import dev.hearsay.agent.cli.sim.SimCommand;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay completion}. */
@Command(
        name = "completion",
        sortOptions = false,
        customSynopsis = "hearsay completion bash|zsh",
        description = {
            "",
            "Prints a script that has the shell complete commands, flags and the values of flags with the Tab key.",
            ""
        },
        footer = {
            "",
            "In a shell, or in ~/.bashrc or ~/.zshrc for every shell:",
            "  source <(hearsay completion bash)",
            "  source <(hearsay completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", hidden = true)
    private final List<String> shells = new ArrayList<>();

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    private final PrintStream out;
    private final Cli cli;

    CompletionCommand(PrintStream out, Cli cli) {
        this.out = out;
        this.cli = cli;
    }

    @Override
    public Integer call() throws UsageException {
        if (shells.size() != 1 || !List.of("bash", "zsh").contains(shells.get(0))) {
            throw new UsageException("the shell must be given: bash or zsh");
        }
        CommandLine all = new CommandLine(CommandSpec.create().name("hearsay"));
        for (Map.Entry<String, Callable<Integer>> command : cli.commands().entrySet()) {
            // Only a command line asks a command for the flags that it does not declare itself.
            CommandLine line = new CommandLine(command.getValue());
            if (command.getValue() instanceof SimCommand sim) {
                sim.commands()
                        .forEach((name, each) ->
                                line.addSubcommand(name, withValues(new CommandLine(each).getCommandSpec())));
            }
            all.addSubcommand(command.getKey(), withValues(line.getCommandSpec()));
        }
        // One script for both: zsh loads what it needs to run bash's.
        out.print(AutoComplete.bash("hearsay", all));
        return 0;
    }

    /** Help shows the values of a flag, or of the first word, as {@code text|json} where there are few: these can be completed. */
    private static CommandSpec withValues(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            String values = option.paramLabel();
            if (values.indexOf('|') > 0) {
                command.remove(option);
                command.addOption(OptionSpec.builder(option)
                        .completionCandidates(List.of(values.split("\\|")))
                        .build());
            }
        }
        for (PositionalParamSpec words : List.copyOf(command.positionalParameters())) {
            String values = words.paramLabel();
            if (values.indexOf('|') > 0) {
                command.remove(words);
                command.addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .paramLabel(values)
                        .completionCandidates(List.of(values.split("\\|")))
                        .build());
            }
        }
        return command;
    }
}
