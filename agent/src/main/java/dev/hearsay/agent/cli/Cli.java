package dev.hearsay.agent.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Finds the command and runs it. Each command is looked up by hand, so that only its own class is loaded and inspected: that
 * is most of the time a short command takes.
 */
public final class Cli {
    /** Serf's exit code for a command that does not exist, and for none at all. */
    static final int UNKNOWN_COMMAND = 127;

    private static final Set<String> LATER = Set.of("event", "query", "keys", "reachability", "rtt", "tags");

    private final PrintStream out;
    private final PrintStream err;

    /** A command line that writes there. */
    public Cli(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command; returns when it is done, which for {@code agent} may be never.
     *
     * @return the exit code: 0, 1 for an error, 127 for an unknown command
     */
    public int run(String... args) {
        String name = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (name) {
            case "-h", "-help", "--help", "help" -> {
                return help(rest);
            }
            case "-v", "-version", "--version" -> {
                return execute(new VersionCommand(out), new String[0]);
            }
            case "" -> {
                err.print(usage());
                return UNKNOWN_COMMAND;
            }
            default -> {
                Callable<Integer> command = command(name);
                return command == null ? unknown(name) : execute(command, rest);
            }
        }
    }

    private @Nullable Callable<Integer> command(String name) {
        return switch (name) {
            case "agent" -> new AgentCommand(out, err);
            case "demo" -> new DemoCommand(out, err);
            case "force-leave" -> new ForceLeaveCommand(out, err);
            case "info" -> new InfoCommand(out, err);
            case "join" -> new JoinCommand(out, err);
            case "keygen" -> new KeygenCommand(out);
            case "leave" -> new LeaveCommand(out, err);
            case "members" -> new MembersCommand(out, err);
            case "monitor" -> new MonitorCommand(out, err);
            case "version" -> new VersionCommand(out);
            case "warm-up" -> new WarmUpCommand(out);
            default -> null;
        };
    }

    private int execute(Callable<Integer> command, String[] args) {
        CommandLine line = new CommandLine(command)
                .setPosixClusteredShortOptionsAllowed(false)
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setParameterExceptionHandler((e, a) -> {
            err.println("Error: " + e.getMessage());
            err.println("See: ./hearsay " + line.getCommandName() + " -help");
            return 1;
        });
        line.setExecutionExceptionHandler((e, l, result) -> {
            if (e instanceof UsageException) {
                err.println("Error: " + e.getMessage());
                err.println("See: ./hearsay " + line.getCommandName() + " -help");
                return 1;
            }
            throw e;
        });
        return line.execute(singleDashes(args));
    }

    /** Serf's flags have one dash; Go, and so we, take two as well. */
    private static String[] singleDashes(String[] args) {
        return Arrays.stream(args)
                .map(arg -> arg.length() > 2 && arg.startsWith("--") ? arg.substring(1) : arg)
                .toArray(String[]::new);
    }

    private int help(String[] of) {
        Callable<Integer> command = of.length == 0 ? null : command(of[0]);
        if (command != null) {
            return execute(command, new String[] {"-help"});
        }
        out.print(usage());
        return 0;
    }

    private int unknown(String name) {
        err.println(
                LATER.contains(name)
                        ? "Error: '" + name + "' is a command of Serf that Hearsay does not support yet"
                        : "Error: there is no command '" + name + "'");
        err.print(usage());
        return UNKNOWN_COMMAND;
    }

    private static String usage() {
        return """
                Usage: hearsay [--version] [--help] <command> [<args>]

                Finds other processes by gossip, and tells which of them are alive. Commands and flags are Serf's.

                To see it work:
                    demo            Starts five agents, kills one, and shows how the others notice

                To run it:
                    agent           Runs an agent: one member of a cluster
                    members         Lists the members of the cluster
                    join            Tells the agent to join a cluster
                    leave           Has the agent leave the cluster and stop
                    force-leave     Has a failed member regarded as left
                    monitor         Shows the log and the events of the agent as they occur
                    info            Shows figures about the agent
                    keygen          Makes an encryption key
                    version         Prints the version

                "hearsay <command> --help" explains a command.
                """;
    }

    /** This build's version. */
    static String version() {
        try (InputStream in = Cli.class.getResourceAsStream("/dev/hearsay/agent/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (java.io.IOException e) {
            return "unknown";
        }
    }
}
