package dev.hearsay.bench.events;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How long a user event takes from a member to all, over loopback sockets, LAN profile: our nodes in one JVM, in several sizes;
 * then twenty agents as processes, ours and the real Serf's, that are measured over their RPC.
 */
public final class EventSpeed {
    private static final int REPEATS = 30;
    private static final int AGENTS = 20;
    private static final long BOUND_MILLIS = 60_000;

    /** Between two events: nothing of the last one is on its way any more. */
    private static final long PAUSE_MILLIS = 500;

    /** As long as a node is young it exchanges more often, and all are busy with news of each other. */
    private static final int SETTLE_SECONDS = 40;

    private EventSpeed() {}

    /** Runs the measurement. Arguments: sizes (20, 100, 1,000); 0 for the agents only. */
    public static void main(String[] args) throws Exception {
        List<Integer> sizes = new ArrayList<>();
        for (String arg : args) {
            sizes.add(Integer.parseInt(arg));
        }
        System.out.println(REPEATS + " events one after the other, each from another member; times in ms");
        System.out.println("members                               all have it: median    worst   within "
                + BOUND_MILLIS / 1000 + " s");
        for (int size : sizes.isEmpty() ? List.of(20, 100, 1_000) : sizes) {
            if (size > 0) {
                Arrivals arrivals = new Arrivals(size);
                measure(new OneJvm(size, arrivals), arrivals);
            }
        }
        for (boolean serf : new boolean[] {false, true}) {
            Arrivals arrivals = new Arrivals(AGENTS);
            try {
                measure(new Agents(serf, serf ? "127.93.82" : "127.93.81", AGENTS, arrivals), arrivals);
            } catch (IOException e) {
                System.out.println((serf ? "serf" : "hearsay") + " agents: not measured: " + e.getMessage());
            }
        }
        System.exit(0);
    }

    private static void measure(Members members, Arrivals arrivals) throws Exception {
        List<Double> times = new ArrayList<>();
        try (members) {
            members.start();
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            // The first ones find code that was never run: they are not counted.
            for (int number = 0; number < 2 * REPEATS; number++) {
                long began = System.nanoTime();
                members.fire(number * 7 % members.size(), number);
                long last = arrivals.await(number, BOUND_MILLIS);
                if (number >= REPEATS && last >= 0) {
                    times.add((last - began) / 1e6);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
        double worst = sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
        System.out.println(String.format(
                Locale.ROOT,
                "%5d %-30s %20.1f %8.1f %6d of %d",
                members.size(),
                members.kind(),
                median,
                worst,
                sorted.length,
                REPEATS));
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"events\",\"kind\":\"%s\",\"members\":%d,\"all_median_ms\":%.1f,\"all_worst_ms\":%.1f,"
                        + "\"reached_all\":%d,\"events\":%d,\"ms\":%s}",
                members.kind(),
                members.size(),
                median,
                worst,
                sorted.length,
                REPEATS,
                Arrays.toString(Arrays.stream(sorted).map(Math::rint).toArray())));
    }
}
