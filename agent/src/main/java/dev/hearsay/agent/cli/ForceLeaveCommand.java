package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay force-leave}. */
@Command(
        name = "force-leave",
        sortOptions = false,
        customSynopsis = "hearsay force-leave [options] name",
        description = {
            "",
            "Has a failed member regarded as left, so that nobody tries to reach it any more.",
            "Use it for members that will not come back. One that is alive objects and stays.",
            ""
        },
        footer = {"", "Examples:", "  hearsay force-leave web-7", "  hearsay force-leave -prune web-7"})
final class ForceLeaveCommand extends ClientCommand {
    @Option(names = "-prune", description = "Also removes it from the list of members at once.")
    private boolean prune;

    @Parameters(arity = "0..*", paramLabel = "name", description = "The member's name.")
    private final List<String> names = new ArrayList<>();

    ForceLeaveCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        if (names.size() != 1) {
            throw new UsageException("exactly one member's name must be given, not " + names.size());
        }
    }

    @Override
    String doing() {
        return "force leaving";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        String name = names.get(0);
        boolean known = !agent.members(literal(name), "", Map.of()).isEmpty();
        agent.forceLeave(name, prune);
        if (!known) {
            // Serf says nothing; a misspelt name would go unnoticed. The exit code is Serf's: the others may know it.
            err.println("Warning: the agent knows no member named '" + name + "'");
        }
        return 0;
    }

    /** An expression for exactly that text which Go's engine and Java's both understand. */
    private static String literal(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append("\\.+*?()|[]{}^$".indexOf(c) < 0 ? "" : "\\").append(c);
        }
        return out.toString();
    }
}
