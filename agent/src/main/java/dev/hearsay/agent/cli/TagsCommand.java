package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay tags}. */
@Command(
        name = "tags",
        sortOptions = false,
        customSynopsis = "hearsay tags [options]",
        description = {
            "",
            "Changes what the agent's member says about itself to the others. \"hearsay members\" shows the tags of all.",
            ""
        },
        footer = {"", "Examples:", "  hearsay tags -set role=web -set version=1.2", "  hearsay tags -delete maintenance"
        })
final class TagsCommand extends ClientCommand {
    @Option(names = "-set", paramLabel = "KEY=VALUE", description = "Sets a tag. May be repeated.")
    private final List<String> set = new ArrayList<>();

    @Option(names = "-delete", paramLabel = "KEY", description = "Removes a tag, if there is one. May be repeated.")
    private final List<String> delete = new ArrayList<>();

    private Map<String, String> pairs = Map.of();

    TagsCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        pairs = Values.pairs("-set", set);
        if (set.isEmpty() && delete.isEmpty()) {
            throw new UsageException("nothing to change: give -set or -delete");
        }
    }

    @Override
    String doing() {
        return "setting tags";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        agent.tags(pairs, delete);
        out.println("Successfully updated agent tags");
        return 0;
    }
}
