package dev.hearsay.bench;

import dev.hearsay.core.Event;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A simulation of many full members, each of which knows all others from the start; one crashes after a quarter of the
 * time. Prints what the run cost in time and memory, and when the others noticed.
 */
public final class SimScale {
    private SimScale() {}

    /** Runs the benchmark. Arguments: number of nodes (10,000), virtual seconds (60), seed (1). */
    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;

        Report report = new Report("sim-10000");
        report.line("nodes", nodes, "");
        report.line("virtual_seconds", seconds, "s");
        report.line("seed", seed, "");
        long start = System.nanoTime();
        Simulation sim = Simulation.of(nodes).seed(seed).unchecked().warm().start();
        report.line("start", Machine.seconds(start), "s");
        report.line("entries", (long) nodes * nodes, "");
        report.line("heap_after_start", Machine.heapUsed() >> 20, "MiB");

        long run = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int crash = seconds / 4;
        sim.run(Duration.ofSeconds(crash)).crash(nodes / 2);
        AtomicInteger knowing = new AtomicInteger();
        Duration[] known = new Duration[2];
        sim.listen(new Simulation.Listener() {
            @Override
            public void onEvent(SimNode node, Event event) {
                if (event instanceof Event.MemberFailed) {
                    int count = knowing.incrementAndGet();
                    known[0] = count == 1 ? sim.now() : known[0];
                    known[1] = sim.now();
                }
            }
        });
        sim.run(Duration.ofSeconds(seconds - crash));
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;

        report.line("wall_clock", Machine.seconds(run), "s");
        report.line("processor", cpuSeconds, "s");
        report.line("inputs", sim.totals().inputs(), "");
        report.line("inputs_per_second", (long) (sim.totals().inputs() / cpuSeconds), "");
        report.line("packets", sim.totals().packets(), "");
        report.line("first_declares_failed", known[0] == null ? -1 : millis(known[0], crash), "ms after the crash");
        report.line("last_declares_failed", known[1] == null ? -1 : millis(known[1], crash), "ms after the crash");
        report.line("who_declared", knowing.get(), "nodes");
        report.line("who_suspects_a_healthy_one", suspecting(sim), "nodes");
        report.line("heap_limit", Runtime.getRuntime().maxMemory() >> 20, "MiB");
        report.line("heap_peak", peak() >> 20, "MiB, garbage included");
        report.line("heap_at_the_end", Machine.heapUsed() >> 20, "MiB");
        report.line("trace_hash", Long.toHexString(sim.traceHash()), "");
        report.print();
    }

    private static long millis(Duration moment, int crash) {
        return moment.minusSeconds(crash).toMillis();
    }

    private static long suspecting(Simulation sim) {
        return sim.nodes().stream()
                .filter(node -> node.isUp() && suspects(node))
                .count();
    }

    private static boolean suspects(SimNode node) {
        for (int i = 0; i < node.members().live(); i++) {
            if (node.members().at(i).state() == MemberState.SUSPECT) {
                return true;
            }
        }
        return false;
    }

    private static long peak() {
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                sum += pool.getPeakUsage().getUsed();
            }
        }
        return sum;
    }
}
