package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.StateClient;
import dev.hearsay.api.StateType;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearsay counter}. */
@Command(
        name = "counter",
        sortOptions = false,
        customSynopsis = {"hearsay counter get [options] NAME", "   or: hearsay counter add [options] NAME [AMOUNT]"},
        description = {
            "",
            "Reads and changes counters that all members share. What members add at the same time is all counted.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay counter add deploys",
            "  hearsay counter add credit -5",
            "  hearsay counter get credit"
        })
final class CounterCommand extends SharedCommand {
    private static final List<Verb> VERBS =
            List.of(Verb.of("get", "NAME", "reading counter"), Verb.of("add", "NAME [AMOUNT]", "writing counter"));

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "get|add",
            description = "What to do. AMOUNT: a whole number, 1 if it is left out; below 0 takes off.")
    private final List<String> words = new ArrayList<>();

    private long amount = 1;

    CounterCommand(PrintStream out, PrintStream err) {
        super("counter", VERBS, out, err);
    }

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void read() throws UsageException {
        String text = arg(1);
        if (!text.isEmpty()) {
            try {
                amount = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw UsageException.invalid(
                        "AMOUNT", text, "must be a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
            }
        }
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        StateClient state = agent.state();
        String name = arg(0);
        long value = verb().equals("add")
                ? state.count(name, amount).number()
                : state.get(StateType.COUNTER, name).number();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("counter", name);
            all.put("value", value);
            out.println(Json.show(all));
        } else {
            out.println(value);
        }
        return 0;
    }
}
