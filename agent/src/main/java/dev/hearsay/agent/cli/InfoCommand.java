package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay info}. */
@Command(
        name = "info",
        sortOptions = false,
        customSynopsis = "hearsay info [options]",
        description = {
            "",
            "Shows figures about the agent: its name and tags, how many members it knows, queues, health.",
            ""
        },
        footer = {"", "Examples:", "  hearsay info", "  hearsay info -format=json"})
final class InfoCommand extends ClientCommand {
    @Option(names = "-format", paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    private boolean json;

    InfoCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        json = Values.json(format);
    }

    @Override
    String doing() {
        return "querying agent";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        RpcMap stats = agent.stats();
        Map<String, Map<String, String>> sections = new TreeMap<>();
        stats.names()
                .forEach(
                        name -> sections.put(name, new TreeMap<>(stats.map(name).asTexts())));
        if (json) {
            out.println(Json.show(sections));
            return 0;
        }
        sections.forEach((section, values) -> {
            out.println(section + ":");
            values.forEach((name, value) -> out.println("\t" + name + " = " + value));
        });
        return 0;
    }
}
