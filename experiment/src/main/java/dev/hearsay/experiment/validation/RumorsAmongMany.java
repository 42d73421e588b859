package dev.hearsay.experiment.validation;

import dev.hearsay.core.Config;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.epidemic.Theory;
import dev.hearsay.sim.rumor.RumorResult;
import dev.hearsay.sim.rumor.RumorSpread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One rumor among up to a million nodes, by the production components that spread user events, beside Pittel's rounds. */
final class RumorsAmongMany implements Section {
    private static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000};
    private static final int[] FANOUTS = {1, 2, 3, 4};
    private static final double[] LOSSES = {0, 0.10};
    private static final int[] RUNS = {40, 12, 4, 1};

    @Override
    public String name() {
        return "rumors";
    }

    @Override
    public String title() {
        return "The same of the production code: a rumor among up to a million";
    }

    @Override
    public String about() {
        return """
                Production, of each node the components that spread user events (package `sim.rumor`): push, links of 1 ms, one node
                begins without mail. *Rounds* is the mean time until the last node has heard, in gossip intervals of 200 ms, with the
                interval's rounds only, beside Pittel's formula. *At once* is that time when what is new is also forwarded at once.
                *Copies* are those sent for each node with the interval's rounds, until the last has heard. *Missed* are nodes that
                never hear, of all runs. Means over 40, 12, 4 runs and 1 run at 10^3, 10^4, 10^5 and 10^6 nodes.
                """;
    }

    @Override
    public String deviations() {
        return """
                * Nodes do not march in step, and so are sooner than Pittel's rounds, the more the greater the fan-out: what comes is passed on
                  after half an interval on average.
                * His formula takes for granted that all who know go on for ever. Here each node sends 4 ⌈log10(n + 1)⌉ times, 16 at 10^3 and 28 at
                  10^6, and is silent from then on. By Demers' law that leaves out n e^-16 and n e^-28 of them, far less than one; nobody was.
                * At once, a node sends after 1 ms, and then after pauses that triple: most hear within some tens of milliseconds, and the
                  last few wait for such a later round.
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        List<Row> rows = new ArrayList<>();
        for (int fanout : FANOUTS) {
            for (double loss : LOSSES) {
                for (int i = 0; i < (trials.quick() ? 1 : SIZES.length); i++) {
                    rows.add(row(trials, SIZES[i], fanout, loss, trials.size(2, RUNS[i])));
                }
            }
        }
        return List.of(new Table(
                "A rumor until the last node has heard it",
                "theory",
                List.of("f", "loss", "n"),
                List.of("rounds", "copies", "missed", "at once, ms"),
                rows));
    }

    private static Row row(Trials trials, int nodes, int fanout, double loss, int runs) {
        String what = "rumor " + nodes + " " + fanout + " " + loss;
        List<RumorResult> ticking = trials.each(
                what,
                runs,
                seed -> spread(nodes, fanout, loss, seed)
                        .forwardDelay(Duration.ZERO)
                        .run());
        List<RumorResult> atOnce = trials.each(
                what, runs, seed -> spread(nodes, fanout, loss, seed).run());
        double interval = Config.lan().gossipIntervalNanos();
        return new Row(
                List.of(
                        Integer.toString(fanout),
                        Math.round(100 * loss) + " %",
                        String.format(Locale.ROOT, "%,d", nodes)),
                List.of(
                        new Figure(last(ticking) / interval, Theory.pushRounds(nodes, fanout, loss)),
                        Figure.of(ticking.stream()
                                .mapToDouble(RumorResult::sentPerNode)
                                .average()
                                .orElse(0)),
                        Figure.of(
                                ticking.stream().mapToInt(RumorResult::residue).sum()),
                        Figure.of(last(atOnce) / 1e6)));
    }

    private static double last(List<RumorResult> results) {
        return results.stream().mapToLong(RumorResult::lastNanos).average().orElse(0);
    }

    private static RumorSpread spread(int nodes, int fanout, double loss, long seed) {
        return RumorSpread.of(nodes)
                .seed(seed)
                .fanout(fanout)
                .network(Network.fixed(Duration.ofMillis(1)).withLoss(loss))
                .withoutMail();
    }
}
