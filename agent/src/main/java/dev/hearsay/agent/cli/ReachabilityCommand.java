package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import dev.hearsay.agent.rpc.WireMember;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.core.query.Replies;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay reachability}. */
@Command(
        name = "reachability",
        sortOptions = false,
        customSynopsis = "hearsay reachability [options]",
        description = {
            "",
            "Tests whether the agent and all live members can reach each other: it asks them all, and each has to answer. It "
                    + "exits with 1, and with advice, unless exactly those do.",
            ""
        },
        footer = {"", "Examples:", "  hearsay reachability", "  hearsay reachability -verbose"})
final class ReachabilityCommand extends ClientCommand {
    private static final String ADVICE = """

            What to look at:
            * Can every member reach this one's address and port (-bind), and this one theirs? UDP and TCP both?
            * Is what this member advertises (-advertise) an address at which the others reach it?
            * Is there a firewall, or address translation, on the way?
            * Does the machine have time to answer? "hearsay info" shows its health_score: 0 is well.""";

    private static final double NANOS_PER_SECOND = 1e9;

    @Option(names = "-verbose", description = "Also shows who answers, and how long it took.")
    private boolean verbose;

    ReachabilityCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    String doing() {
        return "sending query";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        List<WireMember> members = agent.members("", "", Map.of());
        Set<String> live = members.stream()
                .filter(m -> m.status().equals("alive"))
                .map(WireMember::name)
                .collect(Collectors.toCollection(TreeSet::new));
        out.println("Total members: " + members.size() + ", live members: " + live.size());
        agent.query(QueryRequest.named(Replies.PING).withAcks());
        out.println("Starting reachability test...");
        long start = System.nanoTime();
        long last = start;
        int acks = 0;
        Set<String> from = new TreeSet<>();
        for (RpcMap item = agent.nextAnswer(); item != null; item = agent.nextAnswer()) {
            String name = item.text("From");
            acks++;
            last = System.nanoTime();
            if (verbose) {
                out.println("\tAck from '" + name + "'");
            }
            if (!from.add(name)) {
                out.println("Duplicate response from '" + name + "'");
            }
        }
        if (verbose) {
            out.printf(
                    Locale.ROOT,
                    "Query time: %.2f sec, time to last response: %.2f sec%n",
                    (System.nanoTime() - start) / NANOS_PER_SECOND,
                    (last - start) / NANOS_PER_SECOND);
        }
        return judge(live, from, acks);
    }

    private int judge(Set<String> live, Set<String> from, int acks) {
        boolean twice = acks > from.size();
        if (twice) {
            out.println("Somebody answered twice: is there another member of that name?");
        }
        if (acks == live.size()) {
            out.println("Successfully contacted all live nodes");
            return twice ? 1 : 0;
        }
        boolean more = acks > live.size();
        out.println(
                more
                        ? "Received more acks than live nodes! Acks from non-live nodes:"
                        : "Received less acks than live nodes! Missing acks from:");
        Set<String> named = new TreeSet<>(more ? from : live);
        named.removeAll(more ? live : from);
        named.forEach(name -> out.println("\t" + name));
        out.println(
                more
                        ? "They live, but are regarded as failed: packets get lost, or something is set up wrong."
                        : "Their packets, or those to them, get lost, or something is set up wrong.");
        out.println(ADVICE);
        return 1;
    }
}
