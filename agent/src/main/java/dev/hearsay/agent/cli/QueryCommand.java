package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay query}. */
@Command(
        name = "query",
        sortOptions = false,
        customSynopsis = "hearsay query [options] name [payload]",
        description = {
            "",
            "Asks the members something, and shows what they answer as it comes. Those answer that have an event handler for the "
                    + "query, each once. It ends when all have answered, or with the timeout. Flags stand before the name.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay query load",
            "  hearsay query -tag role=web -timeout=5s uptime",
            "  hearsay query -node=web-1 -node=web-2 -format=json tail /var/log/syslog"
        })
final class QueryCommand extends ClientCommand {
    @Option(names = "-format", paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    @Option(names = "-node", paramLabel = "NAME", description = "Asks only this member. May be repeated.")
    private final List<String> nodes = new ArrayList<>();

    @Option(
            names = "-tag",
            paramLabel = "KEY=REGEXP",
            description = "Asks only members in whose tag KEY the expression is found. May be repeated: all must be.")
    private final List<String> tags = new ArrayList<>();

    @Option(
            names = "-timeout",
            paramLabel = "TIME",
            description =
                    "How long to wait for answers, as 5s. Default: a few seconds, depending on the cluster's size.")
    private String timeout = "0";

    @Option(names = "-no-ack", description = "Members do not tell that they have heard the query, but only answer.")
    private boolean noAck;

    @Option(
            names = "-relay-factor",
            paramLabel = "N",
            description = "Sends each answer also through so many other members, in case a way is broken. Default: 0.")
    private String relayFactor = "0";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "name [payload]",
            description = "What is asked, and what there is to know of it.")
    private final List<String> words = new ArrayList<>();

    private QueryRequest request = QueryRequest.named("");
    private boolean json;

    QueryCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        Values.nameAndPayload("query", words);
        json = Values.json(format);
        request = new QueryRequest(
                words.get(0),
                Bytes.of((words.size() > 1 ? words.get(1) : "").getBytes(StandardCharsets.UTF_8)),
                nodes,
                new TreeMap<>(Values.pairs("-tag", tags)),
                !noAck,
                Values.durationOrZero("-timeout", timeout),
                Values.number("-relay-factor", relayFactor, 0, QueryRequest.MAX_RELAYS));
    }

    @Override
    String doing() {
        return "sending query";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        agent.query(request);
        return json ? asJson(agent) : asText(agent);
    }

    private int asText(RpcClient agent) throws IOException, RpcException {
        out.println("Query '" + request.name() + "' dispatched");
        int acks = 0;
        int answers = 0;
        for (RpcMap item = agent.nextAnswer(); item != null; item = agent.nextAnswer()) {
            if (item.text("Type").equals("ack")) {
                acks++;
                out.println("Ack from '" + item.text("From") + "'");
            } else {
                answers++;
                out.print("Response from '" + item.text("From") + "': ");
                // The bytes as they are: they need not be text.
                byte[] payload = item.bytes("Payload");
                boolean line = payload.length > 0 && payload[payload.length - 1] == '\n';
                out.write(payload, 0, payload.length - (line ? 1 : 0));
                out.println();
            }
        }
        if (request.ack()) {
            out.println("Total Acks: " + acks);
        }
        out.println("Total Responses: " + answers);
        return 0;
    }

    private int asJson(RpcClient agent) throws IOException, RpcException {
        List<String> acks = new ArrayList<>();
        Map<String, Object> answers = new TreeMap<>();
        for (RpcMap item = agent.nextAnswer(); item != null; item = agent.nextAnswer()) {
            if (item.text("Type").equals("ack")) {
                acks.add(item.text("From"));
            } else {
                answers.put(item.text("From"), item.text("Payload"));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        // Serf prints null, not an empty list; scripts know it.
        all.put("Acks", acks.isEmpty() ? Json.NULL : acks);
        all.put("Responses", answers);
        out.println(Json.show(all));
        return 0;
    }
}
