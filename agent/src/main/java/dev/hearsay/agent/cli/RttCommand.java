package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearsay rtt}. */
@Command(
        name = "rtt",
        sortOptions = false,
        customSynopsis = "hearsay rtt [options] name1 [name2]",
        description = {
            "",
            "Estimates the round trip between two members from their network coordinates; without a second name, between one and "
                    + "the agent's own. Nothing is sent between them. The estimate gets better while members probe each other.",
            ""
        },
        footer = {"", "Examples:", "  hearsay rtt web-1", "  hearsay rtt web-1 db-1"})
final class RttCommand extends ClientCommand {
    private static final double NANOS_PER_MILLI = 1_000_000;

    @Parameters(arity = "0..*", paramLabel = "name", description = "A member's name, as members shows it.")
    private final List<String> names = new ArrayList<>();

    RttCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        if (names.isEmpty() || names.size() > 2) {
            throw new UsageException("one or two members' names must be given, not " + names.size());
        }
    }

    @Override
    String doing() {
        return "getting coordinates";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        String from = names.get(0);
        String to = names.size() > 1 ? names.get(1) : agent.stats().map("agent").text("name");
        Optional<Coordinate> one = agent.coordinate(from);
        Optional<Coordinate> other = one.isEmpty() ? one : agent.coordinate(to);
        if (other.isEmpty()) {
            err.println("Could not find a coordinate for node \"" + (one.isEmpty() ? from : to) + '"');
            return 1;
        }
        if (!one.get().compatible(other.get())) {
            err.println("The coordinates of '" + from + "' and '" + to + "' have different dimensions");
            return 1;
        }
        double millis = one.get().distanceNanos(other.get()) / NANOS_PER_MILLI;
        out.printf(Locale.ROOT, "Estimated %s <-> %s rtt: %.3f ms%n", from, to, millis);
        return 0;
    }
}
