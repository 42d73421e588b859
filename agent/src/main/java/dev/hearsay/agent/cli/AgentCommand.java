package dev.hearsay.agent.cli;

import dev.hearsay.agent.Agent;
import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigException;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.config.Kind;
import dev.hearsay.agent.config.Setting;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code hearsay agent}. Its flags are those of {@link Setting}. */
@Command(
        name = "agent",
        sortOptions = false,
        modelTransformer = AgentCommand.Flags.class,
        customSynopsis = "hearsay agent [options]",
        description = {
            "",
            // One paragraph, one string: picocli breaks the lines.
            "Runs an agent: one member of a cluster. It finds the others through any member given with -join, tells when "
                    + "one of them appears, fails or leaves, and answers the other commands. It runs until Ctrl-C, which "
                    + "leaves the cluster; SIGTERM stops it without a word, as a crash would. SIGHUP has it read its "
                    + "configuration files again: log level, tags and event handlers.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay agent",
            "  hearsay agent -node=web-1 -bind=10.0.0.5 -tag role=web -join=10.0.0.1",
            "  hearsay agent -config-dir=/etc/hearsay -event-handler=member-failed=/usr/local/bin/page-me",
            "",
            "Two agents on one machine:",
            "  hearsay agent -node=a -bind=127.0.0.1",
            "  hearsay agent -node=b -bind=127.0.0.2 -rpc-addr=127.0.0.2 -http-addr=127.0.0.2 -join=127.0.0.1"
        })
final class AgentCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "-help"},
            order = 1000,
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    @Unmatched
    private final List<String> unmatched = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set before call().
    private CommandSpec spec;

    private final PrintStream out;
    private final PrintStream err;

    AgentCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws UsageException {
        refuseUnmatched();
        Map<Setting, List<String>> flags = flags();
        List<String> files = flags.getOrDefault(Setting.CONFIG, List.of());
        flags.remove(Setting.CONFIG);
        ConfigSource source = new ConfigSource(files, flags);
        AgentSettings settings;
        try {
            settings = source.read();
        } catch (ConfigException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return new Agent(settings, source, out, err).run();
    }

    /** What was written behind each flag, in order. */
    private Map<Setting, List<String>> flags() {
        Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            OptionSpec option = setting.flag().isEmpty()
                    ? null
                    : spec.commandLine().getParseResult().matchedOption(setting.flag());
            if (option != null) {
                flags.put(
                        setting,
                        isRepeated(setting)
                                ? option.originalStringValues()
                                : List.of(String.valueOf(option.<Object>getValue())));
            }
        }
        return flags;
    }

    private static boolean isRepeated(Setting setting) {
        return setting.kind() == Kind.LIST || setting.kind() == Kind.PAIRS;
    }

    private void refuseUnmatched() throws UsageException {
        if (!unmatched.isEmpty()) {
            String first = unmatched.get(0);
            throw new UsageException(
                    first.startsWith("-") ? "unknown flag: " + first : "unexpected argument: '" + first + "'");
        }
    }

    /** Adds the flags of all settings to the command. */
    static final class Flags implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            for (Setting setting : Setting.values()) {
                if (!setting.flag().isEmpty()) {
                    command.addOption(option(setting));
                }
            }
            return command;
        }

        private static OptionSpec option(Setting setting) {
            String[] names = setting == Setting.CONFIG
                    ? new String[] {setting.flag(), "-config-dir"}
                    : new String[] {setting.flag()};
            OptionSpec.Builder option = OptionSpec.builder(names)
                    .order(setting.ordinal())
                    .hidden(AgentFlags.of(setting).text().isEmpty())
                    .description(description(setting));
            if (setting.kind() == Kind.SWITCH) {
                return option.type(Boolean.class)
                        .arity("0..1")
                        .fallbackValue("true")
                        .paramLabel("BOOL")
                        .build();
            }
            // Texts, whatever the kind: the settings' table says what is wrong with one.
            option.arity("1").paramLabel(AgentFlags.of(setting).param());
            return isRepeated(setting)
                    ? option.type(List.class).auxiliaryTypes(String.class).build()
                    : option.type(String.class).build();
        }

        private static String description(Setting setting) {
            boolean told = setting.initial().isEmpty() || setting.initial().equals("false");
            return AgentFlags.of(setting).text() + (told ? "" : " Default: " + setting.initial() + ".");
        }
    }
}
