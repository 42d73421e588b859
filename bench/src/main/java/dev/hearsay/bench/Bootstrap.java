package dev.hearsay.bench;

import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A bootstrap in the simulator, as in Rapid's experiment (Suresh and others, USENIX ATC 2018, section 7.1): one node is up,
 * all others join through it at the same moment; once a second each node writes down how many members it sees. Counted
 * are the seconds until all see all, and the different sizes written down by anybody before that.
 */
public final class Bootstrap {
    private static final int GIVE_UP_SECONDS = 300;
    private static final int LOOKS_PER_SECOND = 10;

    private Bootstrap() {}

    /** Runs the benchmark. Arguments: number of nodes (2,000), number of seeds (3). */
    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        double[] full = new double[seeds];
        int[] sizes = new int[seeds];
        System.out.printf(
                "%6s %14s %14s %14s %10s %12s %10s%n",
                "seed", "99 % see all", "all see all", "view sizes", "packets", "MB", "wall");
        for (int seed = 1; seed <= seeds; seed++) {
            long wall = System.nanoTime();
            Simulation sim = Simulation.of(nodes)
                    .seed(seed)
                    .unchecked()
                    .start()
                    .run(Duration.ofSeconds(10))
                    .joinAll();
            BitSet seen = new BitSet();
            double most = -1;
            int ignorant = nodes;
            int tenth = 0;
            while (ignorant > 0 && tenth < GIVE_UP_SECONDS * LOOKS_PER_SECOND) {
                sim.run(Duration.ofMillis(1_000 / LOOKS_PER_SECOND));
                tenth++;
                ignorant = ignorant(sim, nodes, tenth % LOOKS_PER_SECOND == 0 ? seen : new BitSet());
                most = most < 0 && ignorant * 100 <= nodes ? (double) tenth / LOOKS_PER_SECOND : most;
            }
            full[seed - 1] = ignorant == 0 ? (double) tenth / LOOKS_PER_SECOND : Double.NaN;
            sizes[seed - 1] = seen.cardinality();
            System.out.printf(
                    "%6d %12.1f s %12.1f s %14d %10d %12.1f %8.1f s%n",
                    seed,
                    most,
                    full[seed - 1],
                    sizes[seed - 1],
                    sim.totals().packets(),
                    sim.totals().bytes() / 1e6,
                    (System.nanoTime() - wall) / 1e9);
        }
        Arrays.sort(full);
        Arrays.sort(sizes);
        new Report("bootstrap")
                .line("nodes", nodes, "")
                .line("seeds", seeds, "")
                .line("all_see_all_median", full[seeds / 2], "s")
                .line("all_see_all_worst", full[seeds - 1], "s")
                .line("view_sizes_median", sizes[seeds / 2], "different sizes, written down once a second")
                .line("view_sizes_worst", sizes[seeds - 1], "")
                .print();
    }

    /** How many do not see all; the sizes that somebody sees are added to the set. */
    private static int ignorant(Simulation sim, int nodes, BitSet seen) {
        int ignorant = 0;
        for (SimNode node : sim.nodes()) {
            int live = node.members().live();
            seen.set(live);
            ignorant += live == nodes ? 0 : 1;
        }
        return ignorant;
    }
}
