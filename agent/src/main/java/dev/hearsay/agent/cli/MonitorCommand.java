package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import dev.hearsay.agent.rpc.WireMember;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay monitor}. */
@Command(
        name = "monitor",
        sortOptions = false,
        customSynopsis = "hearsay monitor [options]",
        description = {
            "",
            "Shows the recent log lines of an agent, and then its log and its events as they occur, until Ctrl-C.",
            "It can show more than the agent prints itself: with -log-level=debug, what the protocol does.",
            ""
        },
        footer = {"", "Examples:", "  hearsay monitor", "  hearsay monitor -log-level=debug"})
final class MonitorCommand extends ClientCommand {
    @Option(
            names = "-log-level",
            paramLabel = "trace|debug|info|warn|err",
            description = "The least level to show. Default: info.")
    private String level = "info";

    MonitorCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        Values.level("-log-level", level);
    }

    @Override
    String doing() {
        return "monitoring";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        agent.stream("*");
        agent.monitor(level);
        try {
            while (true) {
                show(agent.next());
            }
        } catch (EOFException e) {
            err.println(
                    "Remote side ended the monitor! This usually means that the remote side has exited or crashed.");
            return 1;
        }
    }

    private void show(RpcMap item) {
        if (item.has("Log")) {
            out.println(item.text("Log"));
            return;
        }
        out.println("Event Info:");
        for (String name : item.names()) {
            if (name.equals("Members")) {
                for (RpcMap each : item.maps(name)) {
                    WireMember m = WireMember.read(each);
                    out.println("\tMember: " + m.name() + " " + m.address() + " " + m.status());
                }
            } else {
                String text = item.text(name);
                out.println("\t" + name + ": " + (text.isEmpty() ? item.show(name) : '"' + text + '"'));
            }
        }
    }
}
