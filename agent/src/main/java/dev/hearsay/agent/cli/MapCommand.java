package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.StateClient;
import dev.hearsay.api.StateType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay map}. */
@Command(
        name = "map",
        sortOptions = false,
        customSynopsis = {
            "hearsay map [list] [options] MAP",
            "   or: hearsay map get [options] MAP KEY",
            "   or: hearsay map put [options] MAP KEY VALUE",
            "   or: hearsay map delete [options] MAP KEY"
        },
        description = {
            "",
            "Reads and changes maps that all members share. Of two values of a key the later one stays. What the agent knows is "
                    + "shown; what is written here, the others know a moment later.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay map put routes eu 10.0.0.1",
            "  hearsay map put -ttl=10m locks deploy web-1",
            "  hearsay map put -file=logo.png pictures logo",
            "  hearsay map routes",
            "",
            "get exits with 1 if the key is not there."
        })
final class MapCommand extends ValueCommand {
    private static final List<Verb> VERBS = List.of(
            Verb.of("list", "MAP", "reading map"),
            Verb.of("get", "MAP KEY", "reading map"),
            Verb.of("put", "MAP KEY VALUE", "writing map"),
            Verb.of("delete", "MAP KEY", "writing map"));

    @Option(
            names = "-ttl",
            paramLabel = "TIME",
            description = "With put: the key is forgotten after this time, as 10m. Default: never.")
    private String ttl = "";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "list|get|put|delete",
            description = "What to do; list if it is left out.")
    private final List<String> words = new ArrayList<>();

    private Duration timeToLive = Duration.ZERO;
    private byte[] value = new byte[0];

    MapCommand(PrintStream out, PrintStream err) {
        super("map", VERBS, out, err);
    }

    @Override
    List<String> words() {
        return words;
    }

    @Override
    String implied() {
        return "list";
    }

    @Override
    void read() throws UsageException {
        only("-ttl", !ttl.isEmpty(), "put");
        fileOnly("put");
        timeToLive = timeToLive(ttl);
        value = verb().equals("put") ? value(2) : value;
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        StateClient state = agent.state();
        String map = arg(0);
        String key = arg(1);
        return switch (verb()) {
            case "list" -> list(state, map);
            case "get" -> get(map, key, state.mapValue(map, key));
            case "put" -> {
                state.put(map, key, value, timeToLive);
                yield done("Put '" + Shown.cell(key) + "' into map '" + map + "'");
            }
            default ->
                gone(
                        "Deleted '" + Shown.cell(key) + "' from map '" + map + "'",
                        state.delete(map, key).changed(),
                        "there was no '" + Shown.cell(key) + "' in map '" + map + "'");
        };
    }

    private int get(String map, String key, StateClient.Found found) throws IOException {
        if (!found.found()) {
            return missing("There is no '" + Shown.cell(key) + "' in map '" + map + "'");
        }
        byte[] there = found.values().get(0);
        if (json) {
            out.println(Json.show(entry(key.getBytes(StandardCharsets.UTF_8), there)));
        } else {
            showValue(there);
        }
        return 0;
    }

    private int list(StateClient state, String map) throws IOException, RpcException {
        List<List<String>> rows = new ArrayList<>();
        List<Object> entries = new ArrayList<>();
        state.list(StateType.MAP, map, item -> {
            if (json) {
                entries.add(entry(item.bytes("Key"), item.bytes("Value")));
            } else {
                rows.add(List.of(Shown.cell(item.bytes("Key"), false), cell(item.bytes("Value"))));
            }
        });
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("map", map);
            all.put("entries", entries);
            out.println(Json.show(all));
        } else if (!rows.isEmpty()) {
            out.println(Columns.align(rows));
        }
        return 0;
    }
}
