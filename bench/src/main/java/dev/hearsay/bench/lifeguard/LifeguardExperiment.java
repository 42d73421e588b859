package dev.hearsay.bench.lifeguard;

import dev.hearsay.experiment.lifeguard.Anomaly;
import dev.hearsay.experiment.lifeguard.Detect;
import dev.hearsay.experiment.lifeguard.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lifeguard's pause experiment (Dadgar, Phillips, Currey, DSN 2018, section V) in the simulator: 128 members, up to 32 of
 * which stand still at once. False positives of plain SWIM, Lifeguard and Hearsay, and what they pay for in latency: one
 * table, and one plot of the frontier.
 *
 * <p>As published: C members chosen at random; for D, the same for all, nothing gets into them or out of them while their
 * timers run; then they are well for I, and so on. Chosen here, because we do not have the text: C is 1, 4, 8, 16, 32; D runs
 * through the powers of two from 0.128 s to 32.768 s; I is 64 ms, 1 s or 4 s in turns; each run lasts two minutes. Our driver
 * sees that its packets do not leave, and reports it; a packet or stream beyond the socket's room is lost.
 */
public final class LifeguardExperiment {
    private static final int MEMBERS = 128;
    private static final int[] PAUSED = {1, 4, 8, 16, 32};
    private static final int[] GO_MILLIS = {64, 1_024, 4_096};
    private static final long SHORTEST_MILLIS = 128;
    private static final long LONGEST_MILLIS = 32_768;
    private static final int LENGTH_SECONDS = 120;

    private LifeguardExperiment() {}

    /** What one variant did, all runs together. */
    record Row(Variant variant, Anomaly.Result anomalies, Detect.Latencies hung, Detect.Latencies killed) {}

    /** Arguments: the number of seeds (1), and the file that gets the plot (none). */
    public static void main(String[] args) throws IOException {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        List<Anomaly> anomalies = anomalies();
        List<Variant> variants = Variant.all();
        System.out.printf(
                "%d variants, %d anomalies, %d seeds; each %d members for %d s of virtual time%n",
                variants.size(), anomalies.size(), seeds, MEMBERS, LENGTH_SECONDS);
        long begun = System.nanoTime();
        List<Row> rows = new ArrayList<>();
        for (Variant variant : variants) {
            rows.add(measure(variant, anomalies, seeds));
            System.out.printf(
                    Locale.ROOT, "%s: done after %.0f s%n", variant.name(), (System.nanoTime() - begun) / 1e9);
        }
        print(rows);
        if (args.length > 1) {
            Files.writeString(Path.of(args[1]), Frontier.svg(points(rows)));
            System.out.println("written: " + args[1]);
        }
    }

    private static List<Anomaly> anomalies() {
        List<Anomaly> all = new ArrayList<>();
        for (int paused : PAUSED) {
            for (long millis = SHORTEST_MILLIS; millis <= LONGEST_MILLIS; millis *= 2) {
                int go = GO_MILLIS[all.size() % GO_MILLIS.length];
                all.add(new Anomaly(MEMBERS, paused, millis, go, LENGTH_SECONDS));
            }
        }
        return all;
    }

    /** Runs one variant through everything, on all cores. */
    private static Row measure(Variant variant, List<Anomaly> anomalies, int seeds) {
        Anomaly.Result sum = IntStream.range(0, anomalies.size() * seeds)
                .parallel()
                .mapToObj(i -> anomalies.get(i % anomalies.size()).run(variant, 1 + i / anomalies.size()))
                .reduce(Anomaly.Result.NONE, Anomaly.Result::plus);
        Map<Detect.Kind, Detect.Latencies> latencies = new LinkedHashMap<>();
        for (Detect.Kind kind : Detect.Kind.values()) {
            Detect.Latencies all = new Detect.Latencies(new ArrayList<>(), new ArrayList<>());
            IntStream.rangeClosed(1, 4 * seeds)
                    .parallel()
                    .mapToObj(seed -> Detect.run(MEMBERS, variant, kind, seed))
                    .toList()
                    .forEach(all::add);
            latencies.put(kind, all);
        }
        return new Row(
                variant,
                sum,
                latencies.getOrDefault(Detect.Kind.HUNG, new Detect.Latencies(List.of(), List.of())),
                latencies.getOrDefault(Detect.Kind.KILLED, new Detect.Latencies(List.of(), List.of())));
    }

    private static void print(List<Row> rows) {
        Row base = rows.get(0);
        System.out.println();
        System.out.println(
                "FP: failure events about members that never stood still; FP-: those at members that never did,"
                        + " either. Latency in s, until the first and until all list a member as failed.");
        System.out.printf(
                "%-12s %9s %7s %8s %8s | %11s %11s %7s | %11s %11s | %9s %9s%n",
                "",
                "FP",
                "FP-",
                "FP %",
                "FP- %",
                "hung first",
                "hung all",
                "%",
                "killed 1st",
                "killed all",
                "packets %",
                "bytes %");
        for (Row row : rows) {
            Anomaly.Result result = row.anomalies;
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %9d %7d %8.2f %8.2f | %11.2f %11.2f %7.1f | %11.2f %11.2f | %9.1f %9.1f%n",
                    row.variant.name(),
                    result.falsePositives(),
                    result.atHealthy(),
                    percent(result.falsePositives(), base.anomalies.falsePositives()),
                    percent(result.atHealthy(), base.anomalies.atHealthy()),
                    Detect.Latencies.median(row.hung.first()),
                    Detect.Latencies.median(row.hung.full()),
                    latencyPercent(row, base),
                    Detect.Latencies.median(row.killed.first()),
                    Detect.Latencies.median(row.killed.full()),
                    percent(result.packets(), base.anomalies.packets()),
                    percent(result.bytes(), base.anomalies.bytes()));
        }
        rows.forEach(row -> System.out.println(json(row)));
    }

    private static String json(Row row) {
        return String.format(
                Locale.ROOT,
                "{\"variant\":\"%s\",\"fp\":%d,\"fpHealthy\":%d,\"packets\":%d,\"bytes\":%d,\"hungFirst\":%.3f,"
                        + "\"hungAll\":%.3f,\"hungAllWorst\":%.3f,\"killedFirst\":%.3f,\"killedAll\":%.3f}",
                row.variant.name(),
                row.anomalies.falsePositives(),
                row.anomalies.atHealthy(),
                row.anomalies.packets(),
                row.anomalies.bytes(),
                Detect.Latencies.median(row.hung.first()),
                Detect.Latencies.median(row.hung.full()),
                Detect.Latencies.worst(row.hung.full()),
                Detect.Latencies.median(row.killed.first()),
                Detect.Latencies.median(row.killed.full()));
    }

    private static List<Frontier.Point> points(List<Row> rows) {
        Row base = rows.get(0);
        return rows.stream()
                .map(row -> new Frontier.Point(
                        row.variant.system(),
                        "\u03b1=" + row.variant.alpha(),
                        latencyPercent(row, base),
                        percent(row.anomalies.falsePositives(), base.anomalies.falsePositives())))
                .toList();
    }

    private static double latencyPercent(Row row, Row base) {
        return 100 * Detect.Latencies.median(row.hung.full()) / Detect.Latencies.median(base.hung.full());
    }

    private static double percent(long value, long base) {
        return base == 0 ? Double.NaN : 100.0 * value / base;
    }
}
