package dev.hearsay.bench;

import dev.hearsay.core.Config;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.rumor.RumorResult;
import dev.hearsay.sim.rumor.RumorRun;
import dev.hearsay.sim.rumor.RumorSpread;
import java.time.Duration;
import java.util.Locale;

/**
 * One rumor among very many nodes, by the components of the core that spread user events, links of 1 ms each way: until the last has heard,
 * and what that costs. The clock's time is that of the first run, of which the first row's is in a young JVM; the processor's is the
 * least of all runs, with all threads of the JVM, from the start of the nodes to the last that hears.
 */
public final class RumorScale {
    private static final Duration LINK = Duration.ofMillis(1);
    private static final double MILLI = 1e6;
    private static final int RUNS = 3;

    /** Runs go on until so many events have been taken: in the first second or two the JVM still compiles. */
    private static final long ENOUGH_EVENTS = 20_000_000;

    private final int nodes;
    private final int fanout;
    private final long seed;

    private RumorScale(int nodes, int fanout, long seed) {
        this.nodes = nodes;
        this.fanout = fanout;
        this.seed = seed;
    }

    /** Runs the benchmark. Arguments: number of nodes (1,000,000), fan-out (2), seed (7). */
    public static void main(String[] arguments) {
        RumorScale bench = new RumorScale(
                arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000,
                arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2,
                arguments.length > 2 ? Long.parseLong(arguments[2]) : 7);
        System.out.printf(
                Locale.ROOT,
                "%,d nodes, fan-out %d, seed %d, links of 1 ms; Pittel: %.1f rounds to the last (log_%d n + ln n / %d)%n",
                bench.nodes,
                bench.fanout,
                bench.seed,
                RumorResult.pittelRounds(bench.nodes, bench.fanout),
                bench.fanout + 1,
                bench.fanout);
        System.out.println(
                "                              virtual ms until half, 99 %, the last    rounds |  packets   missed"
                        + " | clock  processor    million  bytes  trace");
        System.out.println(
                "                                                                              | per node         "
                        + " |     s          s   events/s  /node   hash");
        bench.row("at once", 0, bench.settings().withoutMail());
        bench.row("at once, 10 % loss", 0.1, bench.settings().withoutMail());
        bench.row("at once, and 32 by mail", 0, bench.settings());
        bench.row("tick only", 0, bench.ticking());
        bench.row("tick only, 10 % loss", 0.1, bench.ticking());
    }

    private RumorSpread settings() {
        return RumorSpread.of(nodes).seed(seed).fanout(fanout);
    }

    private RumorSpread ticking() {
        return settings().forwardDelay(Duration.ZERO).withoutMail();
    }

    private void row(String name, double loss, RumorSpread settings) {
        settings.network(Network.fixed(LINK).withLoss(loss));
        long empty = Machine.heapUsed();
        long start = System.nanoTime();
        long processor = Machine.cpuNanos();
        RumorRun run = settings.start().untilAllKnow();
        double first = Machine.seconds(start);
        double best = (Machine.cpuNanos() - processor) / 1e9;
        RumorResult result = run.result();
        long heap = Machine.heapUsed() - empty;
        // Asked once more after the heap was measured, so that the run is still there then.
        long events = run.result().events();
        for (int runs = 1; runs < RUNS || events < ENOUGH_EVENTS; runs++) {
            processor = Machine.cpuNanos();
            RumorResult repeated = settings.run();
            best = Math.min(best, (Machine.cpuNanos() - processor) / 1e9);
            events += repeated.events();
            if (repeated.traceHash() != result.traceHash()) {
                throw new IllegalStateException("another run with the same seed did something else: " + repeated);
            }
        }
        print(name, result, first, best, (double) heap / nodes);
    }

    private void print(String name, RumorResult result, double first, double best, double heap) {
        int almost = Math.max(1, (int) (result.informed() * 0.99));
        boolean ticks = name.startsWith("tick");
        double interval = Config.lan().gossipIntervalNanos();
        System.out.printf(
                Locale.ROOT,
                "%-24s %20.1f %12.1f %11.1f %8s | %8.2f %8d | %5.2f %10.2f %10.2f %6.0f  %016x%n",
                name,
                result.curve().nanosUntil(Math.max(1, result.informed() / 2)) / MILLI,
                result.curve().nanosUntil(almost) / MILLI,
                result.lastNanos() / MILLI,
                ticks ? String.format(Locale.ROOT, "%.1f", result.lastNanos() / interval) : "-",
                result.sentPerNode(),
                result.residue(),
                first,
                best,
                result.events() / best / 1e6,
                heap,
                result.traceHash());
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"rumor\",\"nodes\":%d,\"fanout\":%d,\"how\":\"%s\",\"last_ms\":%.3f,\"packets\":%d,\"bytes\":%d,"
                        + "\"events\":%d,\"missed\":%d,\"most_sent\":%d,\"most_copies\":%d,\"first_s\":%.3f,\"processor_s\":%.3f,"
                        + "\"heap_per_node\":%.1f,\"trace_hash\":\"%016x\"}",
                result.nodes(),
                result.fanout(),
                name,
                result.lastNanos() / MILLI,
                result.packets(),
                result.bytes(),
                result.events(),
                result.residue(),
                result.mostSent(),
                result.mostCopies(),
                first,
                best,
                heap,
                result.traceHash()));
    }
}
