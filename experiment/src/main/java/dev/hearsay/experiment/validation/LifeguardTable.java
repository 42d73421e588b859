package dev.hearsay.experiment.validation;

import dev.hearsay.experiment.lifeguard.Anomaly;
import dev.hearsay.experiment.lifeguard.Detect;
import dev.hearsay.experiment.lifeguard.Detect.Latencies;
import dev.hearsay.experiment.lifeguard.Variant;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import java.util.ArrayList;
import java.util.List;

/** Lifeguard's table of false positives, and what they cost in latency. */
final class LifeguardTable implements Section {
    private static final int MEMBERS = 128;
    private static final int LENGTH_SECONDS = 120;
    private static final int[] BLOCKED = {4, 16, 32};
    private static final long[] BLOCKED_MILLIS = {512, 2_048, 8_192, 32_768};
    private static final int[] WELL_MILLIS = {64, 1_024, 4_096};
    private static final double NONE = Double.NaN;

    /**
     * One row of the paper, in percent of SWIM's.
     *
     * @param falsePositives failures told of members that were well
     * @param atHealthy those of them that were told by members that were well
     * @param packets sent
     * @param bytes sent
     * @param latency until all know of a failure, the median
     */
    private record Published(
            Variant variant, double falsePositives, double atHealthy, double packets, double bytes, double latency) {}

    @Override
    public String name() {
        return "lifeguard";
    }

    @Override
    public String title() {
        return "Lifeguard 2018: false positives, in percent of SWIM's";
    }

    @Override
    public String about() {
        return """
                Production, in the configurations of the paper: 128 members, of which C at once can neither send nor receive for D, then are
                well for I, again and again for two minutes. C is 4, 16 or 32, D 0.5, 2, 8 or 33 s, I 64 ms, 1 s or 4 s in turns: 12 anomalies, a part of
                the paper's, which has hundreds of hours. *FP* are failures told of members that were never blocked; *FP-* those of them told
                by members that never were, either. *Latency* is the median time until all list a silent member as failed.
                `bench/run lifeguard` runs more of it, and draws it. The last row is Hearsay's own configuration.
                """;
    }

    @Override
    public String deviations() {
        return """
                * FP: the order of the configurations comes out, and so does that LHA-Suspicion does nearly all the work and the buddy system
                  alone none. The percentages depend on which anomalies are summed; the paper sums more, of which we do not know all. In
                  ours long blocks weigh more, and those are what LHA-Probe, and with it Lifeguard, is good at.
                * FP-: too few to compare. They come in bursts: when one member that is well is spread as failed, up to a hundred others tell
                  it. The column with their number shows that a percentage of SWIM's is one or two such bursts, here or there.
                * Packets and bytes: in our runs there is always an anomaly, and most of what is sent is about false positives, theirs and
                  their refutations. So whoever has fewer of them sends less than SWIM, where in the paper's longer runs it is about as much.
                * Latency: as in the paper. The percentages for alpha 4 and 2 were read off a bar chart.
                * Hearsay measures that its own packets do not leave, and accuses nobody meanwhile. It sends more packets, and less than half of
                  the bytes.
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        List<Published> table =
                trials.quick() ? List.of(published().get(0), published().get(4)) : published();
        List<Anomaly> anomalies = anomalies(trials.quick());
        List<Sums> sums = new ArrayList<>();
        for (Published paper : table) {
            sums.add(measure(trials, paper.variant, anomalies));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            rows.add(row(table.get(i), sums.get(i), sums.get(0)));
        }
        return List.of(new Table(
                "False positives, traffic and latency, in percent of SWIM's",
                "published",
                List.of("configuration", "alpha"),
                List.of("FP", "FP-", "FP %", "FP- %", "packets %", "bytes %", "latency %", "latency, s"),
                rows));
    }

    private static Row row(Published paper, Sums sums, Sums base) {
        Anomaly.Result result = sums.anomalies;
        double latency = Latencies.median(sums.hung.full());
        return new Row(
                List.of(paper.variant.system(), "" + paper.variant.alpha()),
                List.of(
                        Figure.of((double) result.falsePositives()),
                        Figure.of((double) result.atHealthy()),
                        percent(
                                (double) result.falsePositives(),
                                (double) base.anomalies.falsePositives(),
                                paper.falsePositives),
                        percent((double) result.atHealthy(), (double) base.anomalies.atHealthy(), paper.atHealthy),
                        percent((double) result.packets(), (double) base.anomalies.packets(), paper.packets),
                        percent((double) result.bytes(), (double) base.anomalies.bytes(), paper.bytes),
                        percent(latency, Latencies.median(base.hung.full()), paper.latency),
                        Figure.of(latency)));
    }

    private static Figure percent(double value, double base, double published) {
        return new Figure(100 * value / base, published);
    }

    /** Section V's table for alpha 5 and beta 6; for other alphas its figure, whose bar for alpha 5 is that of FP-. */
    private static List<Published> published() {
        return List.of(
                new Published(Variant.swim(5), 100, 100, 100, 100, 100),
                new Published(Variant.localHealthProbe(5), 67.72, 32.88, 98.46, 90.03, NONE),
                new Published(Variant.localHealthSuspicion(5), 3.00, 6.71, 111.31, 106.52, NONE),
                new Published(Variant.buddySystem(5), 94.08, 44.57, 100.07, 99.01, NONE),
                new Published(Variant.lifeguard(5), 1.53, 1.89, 110.59, 97.97, 100),
                new Published(Variant.lifeguard(4), NONE, 4.8, NONE, NONE, 84),
                new Published(Variant.lifeguard(2), NONE, 13.7, NONE, NONE, 57),
                new Published(Variant.hearsay(3), NONE, NONE, NONE, NONE, NONE));
    }

    private static List<Anomaly> anomalies(boolean quick) {
        List<Anomaly> all = new ArrayList<>();
        for (int blocked : BLOCKED) {
            for (long millis : BLOCKED_MILLIS) {
                int well = WELL_MILLIS[all.size() % WELL_MILLIS.length];
                all.add(new Anomaly(MEMBERS, blocked, millis, well, LENGTH_SECONDS));
            }
        }
        return quick ? List.of(new Anomaly(32, 8, 16_384, 1_024, 60), new Anomaly(32, 8, 32_768, 64, 60)) : all;
    }

    /** What one configuration did. */
    private record Sums(Anomaly.Result anomalies, Latencies hung) {}

    /** The same seeds for each configuration: the same members are blocked. */
    private static Sums measure(Trials trials, Variant variant, List<Anomaly> anomalies) {
        int seeds = trials.size(4, 1);
        Anomaly.Result sum = trials
                .each(
                        "anomalies",
                        anomalies.size() * seeds,
                        (number, seed) ->
                                anomalies.get(number % anomalies.size()).run(variant, seed))
                .stream()
                .reduce(Anomaly.Result.NONE, Anomaly.Result::plus);
        Latencies hung = new Latencies(new ArrayList<>(), new ArrayList<>());
        trials.each("hung", trials.size(1, 2), seed -> Detect.run(MEMBERS, variant, Detect.Kind.HUNG, seed))
                .forEach(hung::add);
        return new Sums(sum, hung);
    }
}
