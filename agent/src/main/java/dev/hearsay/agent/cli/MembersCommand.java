package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.WireMember;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay members}. */
@Command(
        name = "members",
        sortOptions = false,
        customSynopsis = "hearsay members [options]",
        description = {
            "",
            "Lists the members that an agent knows: name, address, status and tags.",
            "The status is alive, leaving, left or failed. Expressions must match the whole value.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay members",
            "  hearsay members -status=failed",
            "  hearsay members -tag role=web -name='eu-.*'",
            "  hearsay members -format=json -rpc-addr=127.0.0.2:7373"
        })
final class MembersCommand extends ClientCommand {
    @Option(
            names = "-detailed",
            description = "Also shows protocol versions, who is under suspicion (text only), and capabilities.")
    private boolean detailed;

    @Option(names = "-format", paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    @Option(names = "-name", paramLabel = "REGEXP", description = "Only members whose name matches.")
    private String name = "";

    @Option(
            names = "-role",
            paramLabel = "REGEXP",
            description = "Only members whose tag 'role' matches. The same as -tag role=REGEXP.")
    private String role = "";

    @Option(names = "-status", paramLabel = "REGEXP", description = "Only members whose status matches.")
    private String status = "";

    @Option(
            names = "-tag",
            paramLabel = "KEY=REGEXP",
            description = "Only members whose tag KEY matches. May be repeated: all must match.")
    private final List<String> tags = new ArrayList<>();

    private Map<String, String> tagFilter = Map.of();
    private boolean json;

    MembersCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    void check() throws UsageException {
        tagFilter = Values.pairs("-tag", tags);
        if (!role.isEmpty()) {
            tagFilter.put("role", role);
        }
        json = Values.json(format);
    }

    @Override
    String doing() {
        return "retrieving members";
    }

    @Override
    int run(RpcClient agent) throws IOException, RpcException {
        List<WireMember> members = agent.members(name, status, tagFilter);
        out.println(json ? Json.show(jsonOf(members)) : Columns.align(rows(members)));
        return 0;
    }

    private List<List<String>> rows(List<WireMember> members) {
        List<List<String>> rows = new ArrayList<>();
        for (WireMember m : members) {
            List<String> row = new ArrayList<>(List.of(m.name(), m.address(), m.status(), tagText(m.tags())));
            if (detailed) {
                row.add("Protocol Version: " + m.delegate());
                row.add("Available Protocol Range: [" + m.delegateMin() + ", " + m.delegateMax() + "]"
                        + (m.suspect() ? "  Suspected" : "")
                        + (m.capabilities().isEmpty() ? "" : "  Capabilities: " + String.join(",", m.capabilities()))
                        + (m.phi().isPresent() ? "  Phi: " + shown(m.phi().getAsDouble()) : ""));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String shown(double phi) {
        return String.format(Locale.ROOT, "%.2f", phi);
    }

    private static String tagText(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(t -> t.getKey() + "=" + t.getValue())
                .collect(Collectors.joining(","));
    }

    private Map<String, Object> jsonOf(List<WireMember> members) {
        List<Object> list = new ArrayList<>();
        for (WireMember m : members) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", m.name());
            each.put("addr", m.address());
            each.put("port", m.port());
            each.put("tags", m.tags());
            each.put("status", m.status());
            Map<String, Object> protocol = new LinkedHashMap<>();
            protocol.put("max", m.delegateMax());
            protocol.put("min", m.delegateMin());
            protocol.put("version", m.delegate());
            each.put("protocol", protocol);
            if (detailed) {
                // Serf prints the same with and without -detailed: whoever asks for more than that gets more.
                each.put("capabilities", m.capabilities());
                m.phi().ifPresent(phi -> each.put("phi", new BigDecimal(shown(phi))));
            }
            list.add(each);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        // Serf prints null, not an empty list; scripts know it.
        all.put("members", list.isEmpty() ? Json.NULL : list);
        return all;
    }
}
