package dev.hearsay.experiment.validation;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.epidemic.Theory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How often SWIM suspects a member that is well, as packets are lost. */
final class SwimFalseSuspicions implements Section {
    private static final double[] LOSSES = {0.05, 0.10, 0.20};
    private static final int[] HELPERS = {1, 3};
    private static final int MEMBERS = 16;

    @Override
    public String name() {
        return "swim-false-suspicions";
    }

    @Override
    public String title() {
        return "SWIM 2002: false suspicions under loss";
    }

    @Override
    public String about() {
        return """
                Production, with the paper's protocol as above: 16 members, all well, while packets are lost. Counted is each probe that ended
                without an answer, that is, each suspicion raised or confirmed by its prober itself. The paper (section 3.1, with all members well)
                has q = 1 - loss and k helpers:

                    (1 - q^2) (1 - q^4)^k        of all probes fail, and so many suspicions of a member are raised in a period
                    the same by e / (e - 1)      of them within the time in which a crash is first detected: the paper's false positive rate

                Each row is 256,000 probes (5 %, k = 3: twice as many).
                """;
    }

    @Override
    public String deviations() {
        return """
                * None but chance: where few probes fail (5 %, k = 3: 6 of 10,000) one deviation of the count is 6 %.
                * These are suspicions, not failures: the accused hear of it and refute. In the paper's first protocol each would have been a member
                  lost. An agent of ours also tries a stream, which loses nothing, before it suspects anybody (`streamProbes`).
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        List<Row> rows = new ArrayList<>();
        for (int helpers : HELPERS) {
            for (double loss : LOSSES) {
                boolean rare = Theory.failedProbes(loss, helpers) < 1e-3;
                int runs = trials.size(4, 8) * (rare ? 2 : 1);
                int periods = trials.size(400, 2_000);
                List<long[]> counts =
                        trials.each("false " + helpers + " " + loss, runs, seed -> count(loss, helpers, periods, seed));
                double failed = counts.stream().mapToLong(each -> each[0]).sum();
                double probes = counts.stream().mapToLong(each -> each[1]).sum();
                double time = Theory.falsePositives(loss, helpers) / Theory.failedProbes(loss, helpers);
                rows.add(new Row(
                        List.of("" + helpers, Math.round(100 * loss) + " %"),
                        List.of(
                                new Figure(failed / probes, Theory.failedProbes(loss, helpers)),
                                new Figure(failed / probes * time, Theory.falsePositives(loss, helpers)))));
            }
        }
        return List.of(new Table(
                "Suspicions of a member that is well",
                "published",
                List.of("k", "loss"),
                List.of("in a period", "in a detection's time"),
                rows));
    }

    /** Probes that failed, and all. */
    private static long[] count(double loss, int helpers, int periods, long seed) {
        Simulation sim = PaperSwim.cluster(MEMBERS, PaperSwim.config(helpers), loss, seed);
        sim.run(Duration.ofSeconds(periods));
        return new long[] {sum(sim, Counter.PROBES_FAILED), sum(sim, Counter.PROBES)};
    }

    private static long sum(Simulation sim, Counter counter) {
        return sim.nodes().stream()
                .mapToLong(node -> node.core().counters().get(counter))
                .sum();
    }
}
