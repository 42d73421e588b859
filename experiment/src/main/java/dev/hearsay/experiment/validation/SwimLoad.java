package dev.hearsay.experiment.validation;

import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Messages of a member in a protocol period while nothing happens. */
final class SwimLoad implements Section {
    private static final int[] SIZES = {16, 64, 256, 1_024};
    private static final int HELPERS = 3;

    @Override
    public String name() {
        return "swim-load";
    }

    @Override
    public String title() {
        return "SWIM 2002: constant load for each member";
    }

    @Override
    public String about() {
        return """
                Production, with the paper's protocol as above. Nothing is lost and nobody crashes; 100 periods of 1 s. The paper measured
                2.0 messages sent, and as many received, for each member and period, up to 55 members (section 5).
                """;
    }

    @Override
    public String deviations() {
        return """
                * One ping and one ack in each period: the load is exactly the paper's, at every size. Who is pinged by whom in a
                  period is chance, so that some answer more pings than others; over 100 periods the shuffled rounds leave little of it,
                  the less the fewer members there are.
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        int periods = trials.size(40, 100);
        List<Row> rows = new ArrayList<>();
        for (int n : SIZES) {
            if (trials.quick() && n > 256) {
                continue;
            }
            rows.add(trials.each("load " + n, 1, seed -> row(n, periods, seed)).get(0));
        }
        return List.of(new Table(
                "Packets of a member in a period",
                "published",
                List.of("n"),
                List.of("sent", "received", "sent by the busiest"),
                rows));
    }

    private static Row row(int n, int periods, long seed) {
        Simulation sim = PaperSwim.cluster(n, PaperSwim.config(HELPERS), 0, seed);
        sim.run(Duration.ofSeconds(5));
        List<Long> sentBefore = counts(sim, SimNode::packetsSent);
        List<Long> receivedBefore = counts(sim, SimNode::packetsReceived);
        sim.run(Duration.ofSeconds(periods));
        List<Long> sent = counts(sim, SimNode::packetsSent);
        List<Long> received = counts(sim, SimNode::packetsReceived);
        long most = 0;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, sent.get(i) - sentBefore.get(i));
        }
        double per = (double) n * periods;
        return new Row(
                List.of("" + n),
                List.of(
                        new Figure((sum(sent) - sum(sentBefore)) / per, 2),
                        new Figure((sum(received) - sum(receivedBefore)) / per, 2),
                        Figure.of((double) most / periods)));
    }

    private static List<Long> counts(Simulation sim, ToLongFunction<SimNode> count) {
        return sim.nodes().stream().map(count::applyAsLong).toList();
    }

    private static double sum(List<Long> counts) {
        return counts.stream().mapToLong(each -> each).sum();
    }
}
