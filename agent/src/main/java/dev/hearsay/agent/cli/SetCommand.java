package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.StateClient;
import dev.hearsay.api.StateType;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay set}. */
@Command(
        name = "set",
        sortOptions = false,
        customSynopsis = {
            "hearsay set list [options] SET",
            "   or: hearsay set contains [options] SET ELEMENT",
            "   or: hearsay set add [options] SET ELEMENT",
            "   or: hearsay set remove [options] SET ELEMENT"
        },
        description = {
            "",
            "Reads and changes sets that all members share. An element that is added and removed at the same time stays.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay set add drained web-3",
            "  hearsay set contains drained web-3 && echo 'no traffic to web-3'",
            "  hearsay set list -format=json drained",
            "",
            "contains exits with 1 if the element is not there."
        })
final class SetCommand extends ValueCommand {
    private static final List<Verb> VERBS = List.of(
            Verb.of("list", "SET", "reading set"),
            Verb.of("contains", "SET ELEMENT", "reading set"),
            Verb.of("add", "SET ELEMENT", "writing set"),
            Verb.of("remove", "SET ELEMENT", "writing set"));

    @Option(
            names = "-ttl",
            paramLabel = "TIME",
            description = "With add: the element is forgotten after this time, as 10m. Default: never.")
    private String ttl = "";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "list|contains|add|remove",
            description = "What to do.")
    private final List<String> words = new ArrayList<>();

    private Duration timeToLive = Duration.ZERO;
    private byte[] element = new byte[0];

    SetCommand(PrintStream out, PrintStream err) {
        super("set", VERBS, out, err);
    }

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void read() throws UsageException {
        only("-ttl", !ttl.isEmpty(), "add");
        fileOnly("contains", "add", "remove");
        timeToLive = timeToLive(ttl);
        element = verb().equals("list") ? element : value(1);
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        StateClient state = agent.state();
        String set = arg(0);
        String shown = "'" + cell(element) + "'";
        return switch (verb()) {
            case "list" -> list(state, set);
            case "contains" -> contains(state.contains(set, element));
            case "add" -> {
                state.add(set, element, timeToLive);
                yield done("Added " + shown + " to set '" + set + "'");
            }
            default ->
                gone(
                        "Removed " + shown + " from set '" + set + "'",
                        state.remove(set, element).changed(),
                        "there was no " + shown + " in set '" + set + "'");
        };
    }

    private int contains(boolean there) {
        out.println(json ? Json.show(Map.of("contains", there)) : String.valueOf(there));
        return there ? 0 : 1;
    }

    private int list(StateClient state, String set) throws IOException, RpcException {
        List<Object> elements = new ArrayList<>();
        state.list(StateType.SET, set, item -> {
            if (json) {
                elements.add(value(item.bytes("Key")));
            } else {
                out.println(cell(item.bytes("Key")));
            }
        });
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("set", set);
            all.put("elements", elements);
            out.println(Json.show(all));
        }
        return 0;
    }
}
