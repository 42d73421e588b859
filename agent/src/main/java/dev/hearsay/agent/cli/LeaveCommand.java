package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code hearsay leave}. */
@Command(
        name = "leave",
        sortOptions = false,
        customSynopsis = "hearsay leave [options]",
        description = {
            "",
            "Has the agent say goodbye to its cluster and stop. The others see it as left, not as failed.",
            ""
        },
        footer = {"", "Example:", "  hearsay leave -rpc-addr=127.0.0.2:7373"})
final class LeaveCommand extends ClientCommand {

    LeaveCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    String doing() {
        return "leaving";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        agent.leave();
        out.println("Graceful leave complete");
        return 0;
    }
}
