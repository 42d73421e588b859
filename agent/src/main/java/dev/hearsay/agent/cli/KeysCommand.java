package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.KeyReply;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay keys}. */
@Command(
        name = "keys",
        sortOptions = false,
        customSynopsis = "hearsay keys [options]",
        description = {
            "",
            "Changes the encryption keys of all members while they run. Members encrypt with one key and accept all they have. To "
                    + "replace a key, install the new one, use it, and remove the old one; go on only when a step has succeeded "
                    + "on all members. Each step may be repeated.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  KEY=$(hearsay keygen)",
            "  hearsay keys -install=$KEY && hearsay keys -use=$KEY && hearsay keys -remove=$OLD",
            "  hearsay keys -list",
            "",
            "It exits with 1 if a member reports an error or does not answer."
        })
final class KeysCommand extends ClientCommand {
    @Option(names = "-install", paramLabel = "KEY", description = "Has all members accept this key.")
    private String install = "";

    @Option(names = "-use", paramLabel = "KEY", description = "Has all members encrypt with this key.")
    private String use = "";

    @Option(
            names = "-remove",
            paramLabel = "KEY",
            description = "Has all members forget this key. It must not be in use.")
    private String remove = "";

    @Option(names = "-list", description = "Shows the keys, and how many members have each.")
    private boolean list;

    KeysCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        long given =
                Stream.of(install, use, remove).filter(key -> !key.isEmpty()).count() + (list ? 1 : 0);
        if (given != 1) {
            throw new UsageException("exactly one of -install, -use, -remove and -list must be given, not " + given);
        }
    }

    @Override
    String doing() {
        if (list) {
            return "gathering member keys";
        }
        return !install.isEmpty() ? "installing key" : !use.isEmpty() ? "changing primary key" : "removing key";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        if (list) {
            return list(agent);
        }
        if (!install.isEmpty()) {
            out.println("==> Installing key on all members...");
            return report(agent.installKey(install), "==> Successfully installed key!", "Error installing key: ");
        }
        if (!use.isEmpty()) {
            out.println("==> Changing primary key on all members...");
            return report(agent.useKey(use), "==> Successfully changed primary key!", "Error changing primary key: ");
        }
        out.println("==> Removing key on all members...");
        return report(agent.removeKey(remove), "==> Successfully removed key!", "Error removing key: ");
    }

    private int list(RpcClient agent) throws IOException, RpcException {
        out.println("==> Asking all members for installed keys...");
        KeyReply reply = agent.listKeys();
        int code = report(reply, "==> Keys gathered, listing cluster keys...", "Failed to gather member keys: ");
        if (code == 0) {
            List<List<String>> rows = new ArrayList<>();
            new TreeMap<>(reply.keys())
                    .forEach((key, count) -> rows.add(List.of(key, "[" + count + "/" + reply.members() + "]")));
            out.println();
            out.println(Columns.align(rows));
        }
        return code;
    }

    /** Says how it went, and on whom it failed. */
    private int report(KeyReply reply, String success, String failure) {
        if (reply.error().isEmpty()) {
            out.println(success);
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(reply.messages()).forEach((member, message) -> rows.add(List.of("failed:", member, message)));
        if (!rows.isEmpty()) {
            err.println(Columns.align(rows));
        }
        err.println();
        err.println(failure + reply.error());
        return 1;
    }
}
