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

/** {@code hearsay register}. */
@Command(
        name = "register",
        sortOptions = false,
        customSynopsis = {
            "hearsay register get [options] NAME",
            "   or: hearsay register set [options] NAME VALUE",
            "   or: hearsay register clear [options] NAME"
        },
        description = {
            "",
            "Reads and changes registers that all members share. Values that members set without knowing of each other stand side "
                    + "by side, until one is set in their place.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay register set leader web-1",
            "  hearsay register get leader",
            "",
            "get exits with 1 if the register is empty."
        })
final class RegisterCommand extends ValueCommand {
    private static final List<Verb> VERBS = List.of(
            Verb.of("get", "NAME", "reading register"),
            Verb.of("set", "NAME VALUE", "writing register"),
            Verb.of("clear", "NAME", "writing register"));

    @Option(
            names = "-ttl",
            paramLabel = "TIME",
            description = "With set: the value is forgotten after this time, as 10m. Default: never.")
    private String ttl = "";

    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "get|set|clear", description = "What to do.")
    private final List<String> words = new ArrayList<>();

    private Duration timeToLive = Duration.ZERO;
    private byte[] value = new byte[0];

    RegisterCommand(PrintStream out, PrintStream err) {
        super("register", VERBS, out, err);
    }

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void read() throws UsageException {
        only("-ttl", !ttl.isEmpty(), "set");
        fileOnly("set");
        timeToLive = timeToLive(ttl);
        value = verb().equals("set") ? value(1) : value;
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        StateClient state = agent.state();
        String name = arg(0);
        return switch (verb()) {
            case "get" -> get(name, state.get(StateType.REGISTER, name).values());
            case "set" -> {
                state.set(name, value, timeToLive);
                yield done("Set register '" + name + "'");
            }
            default ->
                gone(
                        "Cleared register '" + name + "'",
                        state.clear(name).changed(),
                        "register '" + name + "' was empty");
        };
    }

    private int get(String name, List<byte[]> values) throws IOException {
        if (json) {
            List<Object> list = new ArrayList<>();
            values.forEach(each -> list.add(value(each)));
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("register", name);
            all.put("values", list);
            out.println(Json.show(all));
            return values.isEmpty() ? 1 : 0;
        }
        if (values.isEmpty()) {
            return missing("Register '" + name + "' is empty");
        }
        if (values.size() == 1) {
            showValue(values.get(0));
            return 0;
        }
        values.forEach(each -> out.println(cell(each)));
        err.println("Note: " + values.size() + " values were set without knowing of each other");
        return 0;
    }
}
