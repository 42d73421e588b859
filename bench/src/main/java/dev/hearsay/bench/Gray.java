package dev.hearsay.bench;

import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.core.membership.Member;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gray failures in the simulator: one member in a hundred, at least one, is neither dead nor well. Prints for each fault
 * how soon the faulty ones are gone everywhere, whether they stay gone, and what the healthy ones have to bear. The faults
 * are those of Rapid's evaluation (Suresh et al. 2018, section 7) and a few more.
 */
public final class Gray {
    private static final int FAULT_SECONDS = 600;
    private static final int FLIP_SECONDS = 20;

    private Gray() {}

    /** What is wrong with the faulty members in each second since the fault began. */
    private enum Fault {
        LOSES_80_PERCENT(0.8, 0.8, false),
        LOSES_80_PERCENT_OUT(0, 0.8, false),
        HEARS_BUT_CANNOT_SPEAK(0, 1, false),
        SPEAKS_BUT_CANNOT_HEAR(1, 0, false),
        DEAF_EVERY_OTHER_20_S(1, 0, true),
        MUTE_EVERY_OTHER_20_S(0, 1, true),
        ONE_BAD_LINK(0, 0, false);

        final double lossIn;
        final double lossOut;
        final boolean flips;

        Fault(double lossIn, double lossOut, boolean flips) {
            this.lossIn = lossIn;
            this.lossOut = lossOut;
            this.flips = flips;
        }
    }

    /** What happened in all runs of one fault. */
    private static final class Tally implements Simulation.Listener {
        final List<Integer> evictedAfter = new ArrayList<>();
        int faulty;
        int neverEvicted;
        long samplesGone;
        long samples;
        long returns;
        long healthyLost;
        long packets;
        long nodeSeconds;
        boolean began;

        @Override
        public void onEvent(SimNode observer, Event event) {
            if (!began || observer.index() < faulty || !(event instanceof Event.MemberEvent about)) {
                return;
            }
            boolean aboutFaulty = index(about.member().name()) < faulty;
            if (event instanceof Event.MemberJoined && aboutFaulty) {
                returns++;
            } else if (event instanceof Event.MemberFailed && !aboutFaulty) {
                healthyLost++;
            }
        }
    }

    /**
     * Runs the benchmark.
     *
     * @param arguments number of nodes (30), seeds for each fault (5), {@code off} to switch damping off
     */
    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        boolean off = arguments.length > 2 && arguments[2].equals("off");
        Config config = off ? Config.lan().toBuilder().flapThreshold(0).build() : Config.lan();
        System.out.println(nodes + " nodes, " + Math.max(1, nodes / 100) + " faulty for " + FAULT_SECONDS
                + " s, seeds 1 to " + seeds + (off ? ", no damping" : ""));
        System.out.println(line("fault", "gone after", "worst", "never", "gone then", "returns", "healthy", "packets"));
        System.out.println(line("", "median s", "s", "", "of time", "/observer", "lost", "/node/s"));
        for (Fault fault : Fault.values()) {
            Tally tally = new Tally();
            for (int seed = 1; seed <= seeds; seed++) {
                run(fault, nodes, seed, config, tally);
            }
            print(fault, tally, seeds, nodes);
        }
    }

    private static void run(Fault fault, int nodes, int seed, Config config, Tally tally) {
        int faulty = fault == Fault.ONE_BAD_LINK ? 0 : Math.max(1, nodes / 100);
        Simulation sim =
                Simulation.of(nodes).seed(seed).config(config).unchecked().start();
        tally.faulty = faulty;
        tally.began = false;
        // The faulty ones have the first indexes, so everybody joins through the last.
        for (int i = 0; i < nodes - 1; i++) {
            sim.join(i, nodes - 1);
        }
        sim.awaitAgreement(Duration.ofMinutes(10));
        sim.listen(tally);
        tally.began = true;
        if (fault == Fault.ONE_BAD_LINK) {
            sim.cutLink(0, 1);
        }
        int[] goneSince = new int[faulty];
        long before = sim.totals().packets();
        for (int second = 0; second < FAULT_SECONDS; second++) {
            if (second == 0 || (fault.flips && second % FLIP_SECONDS == 0)) {
                boolean bad = !fault.flips || second / FLIP_SECONDS % 2 == 0;
                for (int i = 0; i < faulty; i++) {
                    sim.degrade(i, bad ? fault.lossIn : 0, bad ? fault.lossOut : 0);
                }
            }
            sim.run(Duration.ofSeconds(1));
            sample(sim, faulty, second + 1, goneSince, tally);
        }
        tally.packets += sim.totals().packets() - before;
        tally.nodeSeconds += (long) nodes * FAULT_SECONDS;
        for (int since : goneSince) {
            if (since == 0) {
                tally.neverEvicted++;
            } else {
                tally.evictedAfter.add(since);
            }
        }
    }

    private static void sample(Simulation sim, int faulty, int second, int[] goneSince, Tally tally) {
        for (int i = 0; i < faulty; i++) {
            String name = sim.node(i).name();
            int gone = 0;
            List<SimNode> healthy = sim.nodes(faulty, sim.nodes().size());
            for (SimNode observer : healthy) {
                Member seen = observer.sees(name);
                gone += seen != null && seen.state().live() ? 0 : 1;
            }
            if (gone == healthy.size() && goneSince[i] == 0) {
                goneSince[i] = second;
            }
            if (goneSince[i] != 0) {
                tally.samples += healthy.size();
                tally.samplesGone += gone;
            }
        }
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(1));
    }

    private static void print(Fault fault, Tally tally, int seeds, int nodes) {
        tally.evictedAfter.sort(null);
        int size = tally.evictedAfter.size();
        double observers = (double) seeds * (nodes - tally.faulty) * Math.max(1, tally.faulty);
        System.out.println(line(
                fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                size == 0 ? "-" : String.valueOf(tally.evictedAfter.get(size / 2)),
                size == 0 ? "-" : String.valueOf(tally.evictedAfter.get(size - 1)),
                String.valueOf(tally.neverEvicted),
                tally.samples == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.2f %%", 100.0 * tally.samplesGone / tally.samples),
                String.format(Locale.ROOT, "%.2f", tally.returns / observers),
                String.valueOf(tally.healthyLost),
                String.format(Locale.ROOT, "%.2f", (double) tally.packets / tally.nodeSeconds)));
    }

    private static String line(String... cells) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-26s", cells[0]));
        for (int i = 1; i < cells.length; i++) {
            text.append(String.format(Locale.ROOT, "%11s", cells[i]));
        }
        return text.toString();
    }
}
