package dev.hearsay.agent.cli;

import dev.hearsay.agent.cli.sim.SimCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** The commands, but for one that is not for people. */
    private static final List<String> COMMANDS = List.of(
            "agent",
            "completion",
            "counter",
            "demo",
            "event",
            "force-leave",
            "info",
            "join",
            "keygen",
            "keys",
            "lab",
            "leave",
            "map",
            "members",
            "monitor",
            "query",
            "reachability",
            "register",
            "rtt",
            "set",
            "sim",
            "state",
            "tags",
            "version");

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
     * @return the exit code: 0, 1 for an error, 127 for an unknown command, 2 if a simulation did not come out as expected
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
            case "sim" -> {
                return simulate(rest);
            }
            default -> {
                Callable<Integer> command = command(name);
                return command == null ? unknown(name) : execute(command, rest);
            }
        }
    }

    /** All commands by name, in order. */
    Map<String, Callable<Integer>> commands() {
        Map<String, Callable<Integer>> commands = new LinkedHashMap<>();
        for (String name : COMMANDS) {
            commands.put(name, Objects.requireNonNull(command(name), name));
        }
        return commands;
    }

    private @Nullable Callable<Integer> command(String name) {
        return switch (name) {
            case "agent" -> new AgentCommand(out, err);
            case "completion" -> new CompletionCommand(out, this);
            case "counter" -> new CounterCommand(out, err);
            case "demo" -> new DemoCommand(out, err);
            case "event" -> new EventCommand(out, err);
            case "force-leave" -> new ForceLeaveCommand(out, err);
            case "info" -> new InfoCommand(out, err);
            case "join" -> new JoinCommand(out, err);
            case "keygen" -> new KeygenCommand(out);
            case "keys" -> new KeysCommand(out, err);
            case "lab" -> new LabCommand(out, err);
            case "leave" -> new LeaveCommand(out, err);
            case "map" -> new MapCommand(out, err);
            case "members" -> new MembersCommand(out, err);
            case "monitor" -> new MonitorCommand(out, err);
            case "query" -> new QueryCommand(out, err);
            case "reachability" -> new ReachabilityCommand(out, err);
            case "register" -> new RegisterCommand(out, err);
            case "rtt" -> new RttCommand(out, err);
            case "set" -> new SetCommand(out, err);
            case "sim" -> new SimCommand(out, err);
            case "state" -> new StateCommand(out, err);
            case "tags" -> new TagsCommand(out, err);
            case "version" -> new VersionCommand(out);
            case "warm-up" -> new WarmUpCommand(out);
            default -> null;
        };
    }

    /** The simulator has commands of its own. */
    private int simulate(String... args) {
        SimCommand sim = new SimCommand(out, err);
        String name = args.length == 0 ? "" : args[0];
        Callable<Integer> command = sim.command(name);
        if (command != null) {
            return execute(command, Arrays.copyOfRange(args, 1, args.length));
        }
        if (name.equals("help") && args.length > 1) {
            return simulate(args[1], "-help");
        }
        if (List.of("-h", "-help", "--help", "help").contains(name)) {
            out.print(sim.usage());
            return 0;
        }
        if (!name.isEmpty()) {
            err.println("Error: there is no command 'sim " + name + "'");
        }
        err.print(sim.usage());
        return UNKNOWN_COMMAND;
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
        // As in Serf, what follows the name of an event or a query is its payload, whatever it looks like.
        line.setStopAtPositional(command instanceof EventCommand || command instanceof QueryCommand);
        line.setParameterExceptionHandler((e, a) -> refuse(line, e));
        line.setExecutionExceptionHandler((e, l, result) -> {
            if (e instanceof UsageException) {
                return refuse(line, e);
            }
            throw e;
        });
        try {
            return line.execute(GoFlags.rewrite(line, args));
        } catch (UsageException e) {
            return refuse(line, e);
        }
    }

    private int refuse(CommandLine line, Exception e) {
        err.println("Error: " + e.getMessage());
        err.println("See: ./hearsay " + line.getCommandName() + " -help");
        return 1;
    }

    private int help(String[] of) {
        Callable<Integer> command = of.length == 0 ? null : command(of[0]);
        if (command instanceof SimCommand) {
            return simulate(of.length > 1 ? new String[] {of[1], "-help"} : new String[] {"-help"});
        }
        if (command != null) {
            return execute(command, new String[] {"-help"});
        }
        out.print(usage());
        return 0;
    }

    private int unknown(String name) {
        err.println("Error: there is no command '" + name + "'");
        err.print(usage());
        return UNKNOWN_COMMAND;
    }

    private static String usage() {
        return """
                Usage: hearsay [--version] [--help] <command> [<args>]

                Finds other processes by gossip, and tells which of them are alive. Commands and flags are Serf's, but for
                those about what all members share.

                To see it work:
                    demo            Starts five agents, kills one, and shows how the others notice

                To understand it:
                    lab             Opens a tour of gossip, and a lab to play with, in the browser

                To try it out in the simulator:
                    sim             Runs scenarios in virtual time: a lost rack, a bad network, ten thousand members

                To run it:
                    agent           Runs an agent: one member of a cluster
                    members         Lists the members of the cluster
                    join            Tells the agent to join a cluster
                    leave           Has the agent leave the cluster and stop
                    force-leave     Has a failed member regarded as left

                To talk to its members:
                    event           Tells all members that something happened
                    query           Asks the members something, and shows their answers
                    tags            Changes what the agent says about itself

                To share with them:
                    state           Shows what all members share, and changes what this one tells of itself
                    map             Reads and changes a map
                    set             Reads and changes a set
                    counter         Reads and changes a counter
                    register        Reads and changes a register

                To see how it is:
                    monitor         Shows the log and the events of the agent as they occur
                    info            Shows figures about the agent
                    reachability    Tests whether all members can be reached
                    rtt             Estimates the round trip between two members

                Keys:
                    keygen          Makes an encryption key
                    keys            Changes the encryption keys of all members

                Else:
                    completion      Prints a script for the shell, so that Tab completes commands and flags
                    version         Prints the version

                "hearsay <command> --help" explains a command.
                """;
    }
}
