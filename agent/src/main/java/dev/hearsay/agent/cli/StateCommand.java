package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import dev.hearsay.agent.rpc.StateClient;
import dev.hearsay.api.StateType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay state}. */
@Command(
        name = "state",
        sortOptions = false,
        customSynopsis = {
            "hearsay state list [-type TYPE | -member NAME] [options]",
            "   or: hearsay state get [-member NAME] [options] KEY",
            "   or: hearsay state put [options] KEY VALUE",
            "   or: hearsay state delete [options] KEY",
            "   or: hearsay state watch [-type TYPE] [-name NAME] [options]",
            "   or: hearsay state stats [options]"
        },
        description = {
            "",
            "Shows what all members share: the facts that each tells of itself, and maps, sets, counters and registers. put and delete "
                    + "change a fact of this agent's member; it holds as long as the agent runs. watch shows every change "
                    + "until Ctrl-C.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay state put zone eu-1",
            "  hearsay state get -member=web-2 zone",
            "  hearsay state list",
            "  hearsay state watch -type=map -name=routes -format=json",
            "",
            "get exits with 1 if the fact is not there."
        })
final class StateCommand extends ValueCommand {
    private static final List<Verb> VERBS = List.of(
            Verb.of("list", "", "reading state"),
            Verb.of("get", "KEY", "reading state"),
            Verb.of("put", "KEY VALUE", "writing state"),
            Verb.of("delete", "KEY", "writing state"),
            Verb.of("watch", "", "watching state"),
            Verb.of("stats", "", "querying agent"));
    /** How the agent calls figures about shared state. */
    private static final String FIGURES = "hearsay.state_";

    @Option(
            names = "-member",
            paramLabel = "NAME",
            description = "With get: a fact of this member, not of the agent's own. With list: its facts.")
    private String member = "";

    @Option(
            names = "-type",
            paramLabel = "fact|map|set|counter|register",
            description = "With list and watch: only this type.")
    private String typeText = "";

    @Option(
            names = "-name",
            paramLabel = "NAME",
            description = "With watch: only the collection of this name; of facts, the member.")
    private String collection = "";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "list|get|put|delete|watch|stats",
            description = "What to do.")
    private final List<String> words = new ArrayList<>();

    private @Nullable StateType type;
    private byte[] value = new byte[0];

    StateCommand(PrintStream out, PrintStream err) {
        super("state", VERBS, out, err);
    }

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void read() throws UsageException {
        only("-member", !member.isEmpty(), "list", "get");
        only("-type", !typeText.isEmpty(), "list", "watch");
        only("-name", !collection.isEmpty(), "watch");
        fileOnly("put");
        for (StateType each : StateType.values()) {
            type = each.text().equals(typeText) ? each : type;
        }
        if (type == null && !typeText.isEmpty()) {
            throw UsageException.invalid("-type", typeText, "must be fact, map, set, counter or register");
        }
        if (type != null && !member.isEmpty()) {
            throw new UsageException("-type and -member exclude each other");
        }
        value = verb().equals("put") ? value(1) : value;
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        StateClient state = agent.state();
        String key = arg(0);
        return switch (verb()) {
            case "list" -> member.isEmpty() ? list(state) : facts(state);
            case "get" -> get(key, state.fact(member, key));
            case "put" -> {
                state.say(key, value);
                yield done("The agent's member now says '" + Shown.cell(key) + "'");
            }
            case "delete" ->
                gone(
                        "The agent's member no longer says '" + Shown.cell(key) + "'",
                        state.unsay(key).changed(),
                        "the agent's member did not say '" + Shown.cell(key) + "'");
            case "watch" -> new StateWatch(out, err, json, base64).run(agent, type, collection);
            default -> stats(agent);
        };
    }

    private int get(String key, StateClient.Found found) throws IOException {
        if (!found.found()) {
            String who = member.isEmpty() ? "The agent's member" : "Member '" + Shown.cell(member) + "'";
            return missing(who + " does not say '" + Shown.cell(key) + "', or is not known");
        }
        byte[] said = found.values().get(0);
        if (json) {
            out.println(Json.show(entry(key.getBytes(StandardCharsets.UTF_8), said)));
        } else {
            showValue(said);
        }
        return 0;
    }

    private int facts(StateClient state) throws IOException, RpcException {
        List<List<String>> rows = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        state.list(StateType.FACT, member, item -> {
            rows.add(List.of(Shown.cell(item.bytes("Key"), false), cell(item.bytes("Value"))));
            facts.add(entry(item.bytes("Key"), item.bytes("Value")));
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("member", member);
        all.put("facts", facts);
        show(rows, all);
        return 0;
    }

    private int list(StateClient state) throws IOException, RpcException {
        List<List<String>> rows = new ArrayList<>();
        List<Object> collections = new ArrayList<>();
        state.list(type, "", item -> {
            boolean counter = item.has("Number");
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("type", item.text("Type"));
            each.put("name", item.text("Name"));
            each.put(counter ? "value" : "count", item.number(counter ? "Number" : "Count"));
            collections.add(each);
            rows.add(List.of(item.text("Type"), Shown.cell(item.text("Name")), amount(item)));
        });
        show(rows, Map.of("collections", collections));
        return 0;
    }

    private static String amount(RpcMap item) {
        if (item.has("Number")) {
            return String.valueOf(item.number("Number"));
        }
        long count = item.number("Count");
        String of = switch (item.text("Type")) {
            case "fact" -> "fact";
            case "map" -> "key";
            case "set" -> "element";
            default -> "value";
        };
        return count + " " + of + (count == 1 ? "" : "s");
    }

    private int stats(RpcClient agent) throws IOException, RpcException {
        Map<String, String> figures = new TreeMap<>(agent.stats().map("serf").asTexts());
        figures.keySet().removeIf(name -> !name.startsWith(FIGURES));
        List<List<String>> rows = new ArrayList<>();
        Map<String, Object> all = new LinkedHashMap<>();
        figures.forEach((name, figure) -> {
            rows.add(List.of(name.substring(FIGURES.length()), figure));
            all.put(name.substring(FIGURES.length()), figure);
        });
        show(rows, all);
        return 0;
    }

    private void show(List<List<String>> rows, Map<String, Object> all) {
        if (json) {
            out.println(Json.show(all));
        } else if (!rows.isEmpty()) {
            out.println(Columns.align(rows));
        }
    }
}
