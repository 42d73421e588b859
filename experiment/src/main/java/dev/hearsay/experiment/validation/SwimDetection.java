package dev.hearsay.experiment.validation;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.epidemic.Theory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** When a crashed member is first pinged, and how long one member at most does not ping another. */
final class SwimDetection implements Section {
    private static final int[] SIZES = {16, 64, 128};
    private static final int[] ROUND_SIZES = {8, 16, 32};
    private static final int HELPERS = 3;

    @Override
    public String name() {
        return "swim-detection";
    }

    @Override
    public String title() {
        return "SWIM 2002: first detection, and time-bounded completeness";
    }

    @Override
    public String about() {
        return """
                Production, with the paper's protocol: no guard streams, no stream probes, no second opinions, no local health; a protocol
                period of 1 s, links of 1 ms.

                *First ping*: a member loses its power at a moment of chance. In which protocol period from then on does somebody ping
                it? In the paper it is e / (e - 1) = 1.58 on average, whatever the size (section 3.1). Means over 2,000, 1,000 and 500
                runs.

                *Longest wait*: how many periods can pass from one ping of a member by another to the next? As members are taken in
                shuffled rounds, at most 2n - 1 (section 4.3). The longest seen between any two members while each made 200 rounds.
                """;
    }

    @Override
    public String deviations() {
        return """
                * Among few members the mean is a little less than 1.58, as among n - 1 others who each choose one of n - 1 somebody chooses the
                  victim with 1 - (1 - 1/(n-1))^(n-1), which is more than 1 - 1/e. The published column has that for each n.
                * Our longest wait is 2n - 3: a member does not take a turn for itself, so that a round has n - 1 turns, and from the first
                  turn of one to the last of the next are 2 (n - 1) - 1.
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        List<Row> first = new ArrayList<>();
        int runs = trials.size(400, 2_000);
        for (int n : SIZES) {
            double mean = trials.each("first ping " + n, runs, seed -> firstPing(n, seed)).stream()
                    .mapToInt(each -> each)
                    .average()
                    .orElse(Double.NaN);
            first.add(new Row(List.of("" + n), List.of(new Figure(mean, Theory.firstDetectionPeriods(n)))));
            runs /= 2;
        }
        List<Row> longest = new ArrayList<>();
        int rounds = trials.size(30, 200);
        for (int n : ROUND_SIZES) {
            int most = trials.each("longest wait " + n, 4, seed -> longestWait(n, rounds, seed)).stream()
                    .mapToInt(each -> each)
                    .max()
                    .orElse(0);
            longest.add(new Row(List.of("" + n), List.of(new Figure(most, Theory.completenessPeriods(n)))));
        }
        return List.of(
                new Table(
                        "First ping of a crashed member, in protocol periods",
                        "published",
                        List.of("n"),
                        List.of("period"),
                        first),
                new Table(
                        "Longest wait of one member for its next ping by another, in protocol periods",
                        "bound",
                        List.of("n"),
                        List.of("periods"),
                        longest));
    }

    private static Simulation cluster(int n, long seed) {
        return PaperSwim.cluster(n, PaperSwim.config(HELPERS), 0, seed);
    }

    private static int firstPing(int n, long seed) {
        Simulation sim = cluster(n, seed);
        int victim = (int) Long.remainderUnsigned(seed, n);
        // Longer than a ping is under way, and then a moment of chance within a period.
        sim.run(Duration.ofNanos(2_000_000_000L + Long.remainderUnsigned(seed >>> 8, 1_000_000_000L)));
        long[] pinged = {0};
        Address address = sim.node(victim).address();
        sim.powerOff(victim);
        long crash = sim.now().toNanos();
        sim.listen(new Simulation.Listener() {
            @Override
            public void onSent(SimNode from, Address to, Message message) {
                if (pinged[0] == 0 && to.equals(address) && PaperSwim.pings(message)) {
                    pinged[0] = sim.now().toNanos() - crash;
                }
            }
        });
        sim.runUntil(() -> pinged[0] > 0, Duration.ofMinutes(1));
        return 1 + (int) (pinged[0] / 1_000_000_000L);
    }

    private static int longestWait(int n, int rounds, long seed) {
        Simulation sim = cluster(n, seed);
        long[][] last = new long[n][n];
        for (long[] each : last) {
            Arrays.fill(each, -1);
        }
        int[] longest = {0};
        sim.listen(new Simulation.Listener() {
            @Override
            public void onSent(SimNode from, Address to, Message message) {
                if (PaperSwim.pings(message)) {
                    int target = PaperSwim.index(sim, to);
                    long before = last[from.index()][target];
                    long now = sim.now().toNanos();
                    last[from.index()][target] = now;
                    if (before >= 0) {
                        longest[0] = Math.max(longest[0], (int) Math.round((now - before) / 1e9));
                    }
                }
            }
        });
        sim.run(Duration.ofSeconds((long) rounds * n));
        return longest[0];
    }
}
