package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay event}. */
@Command(
        name = "event",
        sortOptions = false,
        customSynopsis = "hearsay event [options] name [payload]",
        description = {
            "",
            "Tells all members that something happened. Each hears it once, and runs the event handlers it has for it. Name and "
                    + "payload together have at most 512 bytes, unless the agent says otherwise. Flags stand before the name.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay event restart",
            "  hearsay event deploy v1.2.3",
            "  hearsay event -coalesce=false lock-released database"
        })
final class EventCommand extends ClientCommand {
    @Option(
            names = "-coalesce",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description =
                    "Whether, of several events of this name in quick succession, only the last matters. Default: true.")
    private String coalesce = "true";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "name [payload]",
            description = "What happened, and what there is to know of it.")
    private final List<String> words = new ArrayList<>();

    private boolean coalesced;

    EventCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        Values.nameAndPayload("event", words);
        coalesced = Values.bool("-coalesce", coalesce);
    }

    @Override
    String doing() {
        return "sending event";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        String payload = words.size() > 1 ? words.get(1) : "";
        agent.event(words.get(0), payload.getBytes(StandardCharsets.UTF_8), coalesced);
        out.println("Event '" + words.get(0) + "' dispatched! Coalescing enabled: " + coalesced);
        return 0;
    }
}
