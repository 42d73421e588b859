package dev.hearsay.bench;

import dev.hearsay.sim.coordinate.SerfTrial;
import dev.hearsay.sim.coordinate.Settling;
import dev.hearsay.sim.coordinate.Settling.Accuracy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** How far estimated round trips are from the true ones, in the landscapes of Serf's own accuracy tests; no network. */
public final class Coordinates {
    private Coordinates() {}

    /** Runs the benchmark. Arguments: number of seeds (101). */
    public static void main(String[] arguments) {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 101;
        System.out.println("relative errors of estimated round trips after " + SerfTrial.ROUNDS + " rounds, seeds 1 to "
                + seeds + "; Serf: the bound of its own test, one seed");
        System.out.println(
                "landscape  nodes | average: median  worst seed      Serf |  worst pair: median  worst seed      Serf");
        for (SerfTrial trial : SerfTrial.values()) {
            row(trial, seeds);
        }
    }

    private static void row(SerfTrial trial, int seeds) {
        List<Accuracy> runs = LongStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(trial::run)
                .map(Settling::accuracy)
                .toList();
        double[] average = sorted(runs, Accuracy::average);
        double[] worst = sorted(runs, Accuracy::worst);
        String name = trial.name().toLowerCase(Locale.ROOT);
        System.out.println(String.format(
                Locale.ROOT,
                "%-10s %5d | %13.4f %% %9.4f %% %7.4f %% | %17.3f %% %9.3f %% %7.3f %%",
                name,
                trial.nodes(),
                100 * average[seeds / 2],
                100 * average[seeds - 1],
                100 * trial.published().average(),
                100 * worst[seeds / 2],
                100 * worst[seeds - 1],
                100 * trial.published().worst()));
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"coordinates\",\"landscape\":\"%s\",\"seeds\":%d,\"average_median\":%.6f,\"average_serf\":%.6f,"
                        + "\"worst_median\":%.6f,\"worst_serf\":%.6f}",
                name,
                seeds,
                average[seeds / 2],
                trial.published().average(),
                worst[seeds / 2],
                trial.published().worst()));
    }

    private static double[] sorted(List<Accuracy> runs, ToDoubleFunction<Accuracy> measure) {
        double[] values = runs.stream().mapToDouble(measure).toArray();
        Arrays.sort(values);
        return values;
    }
}
