package dev.hearsay.bench;

import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationBuilder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * How fast the simulator is: nodes that all join at once through the first, then nothing but the protocol. Prints the
 * time on the clock and on the processor, as a machine that others use as well tells little by the clock alone, and the
 * trace hash, which must be the same in every run, on every JVM.
 */
public final class SimBench {
    private SimBench() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments number of nodes (1,000), virtual seconds (60), seed (1), and {@code checked} to check the invariants
     */
    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        boolean checked = arguments.length > 3 && arguments[3].equals("checked");

        SimulationBuilder settings = Simulation.of(nodes).seed(seed);
        Simulation sim = (checked ? settings : settings.unchecked()).start();
        long wall = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        sim.joinAll();
        String converged = "not within " + seconds + " s";
        for (int tenth = 1; tenth <= seconds * 10; tenth++) {
            sim.run(Duration.ofMillis(100));
            if (converged.startsWith("not") && everybodySees(sim, nodes)) {
                converged = "after " + tenth / 10.0 + " s";
            }
        }
        double wallSeconds = (System.nanoTime() - wall) / 1e9;
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;

        print("nodes, virtual seconds, seed", nodes + ", " + seconds + ", " + seed + (checked ? ", checked" : ""));
        print("everybody sees everybody", converged);
        print("wall clock", String.format(Locale.ROOT, "%.2f s", wallSeconds));
        print("processor", String.format(Locale.ROOT, "%.2f s", cpuSeconds));
        print("inputs", sim.totals().inputs() + ", " + (long) (sim.totals().inputs() / cpuSeconds) + " a second");
        print("packets, bytes", sim.totals().packets() + ", " + sim.totals().bytes());
        print("trace hash", Long.toHexString(sim.traceHash()));
        print("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    }

    private static boolean everybodySees(Simulation sim, int nodes) {
        for (SimNode node : sim.nodes()) {
            if (node.members().live() != nodes) {
                return false;
            }
        }
        return true;
    }

    private static void print(String what, String value) {
        System.out.println(String.format(Locale.ROOT, "%-30s %s", what, value));
    }
}
