package dev.hearsay.bench;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.Totals;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * How fast news travels: members of a warm simulated cluster, links of 1 ms each way, LAN preset, change their metadata
 * one after the other. Measured is when each of the others reports it. With the gossip tick only, as in memberlist, and
 * forwarded at once; without loss, and with 5 %.
 *
 * <p>Packets and bytes are what was sent within {@value #WINDOW_SECONDS} s of a change, less what the same cluster sends in
 * that time while nothing happens: UDP payload, exactly as the wire format has it.
 */
public final class NewsSpeed {
    private static final int CHANGES = 10;
    private static final int WINDOW_SECONDS = 5;
    private static final double MILLI = 1e6;

    private final int nodes;
    private final int seeds;

    private NewsSpeed(int nodes, int seeds) {
        this.nodes = nodes;
        this.seeds = seeds;
    }

    /**
     * Runs the benchmark.
     *
     * @param arguments number of nodes (1,000) and of seeds (3)
     */
    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        NewsSpeed bench = new NewsSpeed(nodes, seeds);
        System.out.println(nodes + " members, " + seeds + " seeds, " + CHANGES + " changes each; times in ms");
        System.out.println("loss  forwarding   all know: median    worst | one knows: median      p99    worst"
                + " | packets    bytes  missed");
        for (double loss : new double[] {0, 0.05}) {
            bench.row(loss, false);
            bench.row(loss, true);
        }
    }

    private void row(double loss, boolean immediate) {
        Config config = immediate
                ? Config.lan()
                : Config.lan().toBuilder().forwardDelay(Duration.ZERO).build();
        Tally tally = new Tally(seeds * CHANGES, nodes - 1);
        for (int seed = 1; seed <= seeds; seed++) {
            measure(loss, config, seed, tally);
        }
        tally.print(nodes, loss, immediate);
    }

    private void measure(double loss, Config config, long seed, Tally tally) {
        Simulation sim = Simulation.of(nodes)
                .seed(seed)
                .config(config)
                .network(Network.fixed(Duration.ofMillis(1)))
                .unchecked()
                .start();
        sim.joinAll();
        sim.awaitAllSee(nodes, Duration.ofMinutes(10));
        // Until the youngest has begun to repeat news as often as the others do, and the last arrival is no news any
        // more.
        sim.run(Duration.ofSeconds(60));
        sim.loss(loss);
        Totals start = sim.totals();
        sim.run(Duration.ofSeconds(WINDOW_SECONDS));
        Totals quiet = sim.totals();
        for (int change = 0; change < CHANGES; change++) {
            Bytes news = Bytes.of((byte) change, (byte) 1, (byte) 2);
            tally.begin(sim, news);
            sim.updateMeta((int) (seed * 31 + change * 97L) % nodes, news);
            Totals before = sim.totals();
            sim.run(Duration.ofSeconds(WINDOW_SECONDS));
            Totals after = sim.totals();
            tally.packets += after.packets() - before.packets() - (quiet.packets() - start.packets());
            tally.bytes += after.bytes() - before.bytes() - (quiet.bytes() - start.bytes());
            tally.end();
        }
    }

    /** The times at which members heard of changes. */
    private static final class Tally implements Simulation.Listener {
        private final long[] last;
        private final long[] each;
        private final int listeners;
        private Simulation sim = Simulation.of(1).start();
        private Bytes news = Bytes.EMPTY;
        private int changes;
        private int heard;
        private int toldSoFar;
        private long began;
        private long latest;
        private int missed;
        private long packets;
        private long bytes;

        Tally(int changes, int listeners) {
            this.last = new long[changes];
            this.each = new long[changes * listeners];
            this.listeners = listeners;
        }

        void begin(Simulation next, Bytes meta) {
            news = meta;
            if (sim != next) {
                sim = next;
                next.listen(this);
            }
            began = next.now().toNanos();
            latest = 0;
            toldSoFar = heard;
        }

        @Override
        public void onEvent(SimNode node, Event event) {
            if (event instanceof Event.MemberUpdated updated
                    && updated.member().meta().equals(news)
                    && !updated.member().name().equals(node.name())) {
                latest = sim.now().toNanos() - began;
                each[heard++] = latest;
            }
        }

        /** A change that did not reach everybody within the window counts as that long. */
        void end() {
            int silent = listeners - (heard - toldSoFar);
            missed += silent;
            last[changes++] =
                    silent == 0 ? latest : Duration.ofSeconds(WINDOW_SECONDS).toNanos();
        }

        void print(int nodes, double loss, boolean immediate) {
            Arrays.sort(last);
            long[] sorted = Arrays.copyOf(each, heard);
            Arrays.sort(sorted);
            double median = last[changes / 2] / MILLI;
            double worst = last[changes - 1] / MILLI;
            double one = sorted[heard / 2] / MILLI;
            double most = sorted[(int) (heard * 0.99)] / MILLI;
            double slowest = sorted[heard - 1] / MILLI;
            String how = immediate ? "immediate" : "tick only";
            System.out.println(String.format(
                    Locale.ROOT,
                    "%3.0f %%  %-10s %18.1f %8.1f | %17.1f %8.1f %8.1f | %7d %8d %7d",
                    loss * 100,
                    how,
                    median,
                    worst,
                    one,
                    most,
                    slowest,
                    packets / changes,
                    bytes / changes,
                    missed));
            System.out.println(String.format(
                    Locale.ROOT,
                    "{\"bench\":\"news\",\"nodes\":%d,\"changes\":%d,\"loss\":%.2f,\"forwarding\":\"%s\",\"all_median_ms\":%.1f,"
                            + "\"all_worst_ms\":%.1f,\"one_median_ms\":%.1f,\"one_p99_ms\":%.1f,\"packets\":%d,\"bytes\":%d,"
                            + "\"missed\":%d}",
                    nodes,
                    changes,
                    loss,
                    how,
                    median,
                    worst,
                    one,
                    most,
                    packets / changes,
                    bytes / changes,
                    missed));
        }
    }
}
