package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay join}. */
@Command(
        name = "join",
        sortOptions = false,
        customSynopsis = "hearsay join [options] address ...",
        description = {
            "",
            "Tells a running agent to join a cluster through one or more of its members.",
            "One that answers is enough: it tells about all the others.",
            ""
        },
        footer = {"", "Examples:", "  hearsay join 10.0.0.5", "  hearsay join -rpc-addr=127.0.0.2:7373 127.0.0.1:7946"})
final class JoinCommand extends ClientCommand {
    @Option(names = "-replay", description = "Asks for user events of the past too.")
    private boolean replay;

    @Parameters(
            arity = "0..*",
            paramLabel = "address",
            description = "Where a member listens: host, host:port or [ipv6]:port. Default port: 7946.")
    private final List<String> addresses = new ArrayList<>();

    JoinCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        if (addresses.isEmpty()) {
            throw new UsageException("at least one address to join must be given");
        }
        for (String address : addresses) {
            Values.hostPort("address", address, 0);
        }
    }

    @Override
    String doing() {
        return "joining the cluster";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        out.println("Successfully joined cluster by contacting " + agent.join(addresses, replay) + " nodes.");
        return 0;
    }
}
