package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.Json;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.rumor.RumorResult;
import dev.hearsay.sim.rumor.RumorSpread;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim rumor}. */
@Command(
        name = "sim rumor",
        sortOptions = false,
        customSynopsis = "hearsay sim rumor [options]",
        description = {
            "",
            "Spreads one user event among very many members: with the production code that spreads, and nothing else; everybody "
                    + "knows everybody, and all are well. A million members take some seconds and 130 bytes each.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim rumor",
            "  hearsay sim rumor -members=100000 -fanout=3 -loss=10%",
            "  hearsay sim rumor -members=1000 -format=json"
        })
final class SimRumorCommand extends SimTask {
    private static final int MOST_FANOUT = 1_000;
    private static final double[] SHARES = {0.5, 0.9, 0.99};

    @Option(names = "-members", order = 1, paramLabel = "N", description = "How many there are. Default: 1000000.")
    private String members = "1000000";

    @Option(
            names = "-fanout",
            order = 2,
            paramLabel = "N",
            description = "To how many others a member sends in a round. Default: 2.")
    private String fanout = "2";

    @Option(
            names = "-latency",
            order = 3,
            paramLabel = "TIME",
            description = "How long each packet is on its way. Default: 1ms.")
    private String latency = "1ms";

    @Option(
            names = "-loss",
            order = 4,
            paramLabel = "SHARE",
            description = "Which share of packets is lost, such as 10%% or 0.1. Default: 0.")
    private String loss = "0";

    @Option(names = "-mail", order = 5, description = "The first member sends to 32 others at once, as in production.")
    private boolean mail;

    @Option(names = "-seed", order = 6, paramLabel = "N", description = "Of everything random. Default: 1.")
    private String seed = "1";

    @Option(names = "-format", order = 7, paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    SimRumorCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException {
        boolean json = Values.json(format);
        RumorSpread spread = RumorSpread.of(Values.number("-members", members, 2, RumorSpread.MAX_NODES))
                .fanout(Values.number("-fanout", fanout, 1, MOST_FANOUT))
                .network(Network.fixed(Values.durationOrZero("-latency", latency))
                        .withLoss(share()))
                .seed(Values.seed("-seed", seed));
        long began = System.nanoTime();
        RumorResult result = (mail ? spread : spread.withoutMail()).run();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (json) {
            out.println(Json.show(fields(result)));
        } else {
            print(result, seconds);
        }
        return PASSED;
    }

    private double share() throws UsageException {
        boolean percent = loss.endsWith("%");
        try {
            double value = Double.parseDouble(
                    percent ? loss.substring(0, loss.length() - 1).strip() : loss);
            double share = percent ? value / 100 : value;
            if (share >= 0 && share < 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // It is told below, with the rule.
        }
        throw UsageException.invalid("-loss", loss, "must be a share, 0 % to below 100 %, or 0 to below 1");
    }

    private void print(RumorResult result, double seconds) {
        line(
                "%,d members, fan-out %d, seed %s; trace %016x",
                result.nodes(), result.fanout(), seed, result.traceHash());
        for (double share : SHARES) {
            int count = Math.max(1, (int) (result.nodes() * share));
            if (count <= result.informed()) {
                line(
                        "  %-22s %.1f ms",
                        Math.round(share * 100) + " % have heard after",
                        result.curve().nanosUntil(count) / 1e6);
            }
        }
        line("  %-22s %.1f ms", "the last hears after", result.lastNanos() / 1e6);
        line("  %-22s %,d", "never hear", result.residue());
        line("  %-22s %.2f for each member, at most %d", "packets", result.sentPerNode(), result.mostSent());
        line("  %-22s %.0f for each member", "bytes", (double) result.bytes() / result.nodes());
        line(
                "  %-22s %,d, in %.1f s: %.1f million a second",
                "packets and timers", result.events(), seconds, result.events() / seconds / 1e6);
        line(
                "  %-22s %.1f rounds to the last, if all march in step and never stop (Pittel 1987)",
                "theory", RumorResult.pittelRounds(result.nodes(), result.fanout()));
    }

    private void line(String form, Object... values) {
        out.println(String.format(Locale.ROOT, form, values));
    }

    private static Map<String, Object> fields(RumorResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("members", result.nodes());
        fields.put("fanout", result.fanout());
        fields.put("trace", String.format("%016x", result.traceHash()));
        fields.put("informed", result.informed());
        fields.put("last_seconds", result.lastNanos() / 1e9);
        fields.put("packets", result.packets());
        fields.put("lost", result.lost());
        fields.put("bytes", result.bytes());
        fields.put("events", result.events());
        fields.put("most_sent", result.mostSent());
        fields.put("most_copies", result.mostCopies());
        return fields;
    }
}
