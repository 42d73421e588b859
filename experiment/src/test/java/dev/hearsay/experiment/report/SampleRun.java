package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Incident;
import dev.hearsay.experiment.run.Infection.Curve;
import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Samples;
import dev.hearsay.experiment.run.Series;
import dev.hearsay.experiment.run.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Results by hand that look like those of real runs. */
final class SampleRun {
    /** The highest value of {@link #hostile}. */
    static final double PEAK = 1e9;

    private static final long SEED = 42;

    private static final String TEXT = """
            # What a rack's power supply does to the rest.
            name: rack-loss
            about: A rack of 50 loses its power at once, and comes back two minutes later. </script><b>&amp;
            seed: 42
            duration: 5m
            cluster:
              members: 500
              zones: {rack-a: 50, others: 450}
              watch: n7
            network:
              loss: 5%          # as on a bad day
            faults:
              - at: 60s
                power-off: zone rack-a
              - at: 180s
                restart: zone rack-a
            workload:
              events: {every: 5s}
            expect:
              detection-all.p99: at most 10s
              false-failures: exactly 0
              events-delivered: at least 99.9%
            """;

    private SampleRun() {}

    /** A rack of 50 among 500 that goes and comes back. */
    static RunResult rackLoss() {
        Random random = new Random(SEED);
        List<Double> first = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            double begin = 0.4 - 0.6 * Math.log(1 - random.nextDouble());
            first.add(begin);
            all.add(begin + 1.1 + 1.2 * random.nextDouble());
        }
        List<Double> member = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            member.add(0.02 + 0.18 * Math.pow(random.nextDouble(), 2) + (random.nextInt(60) == 0 ? 0.4 : 0));
        }
        Map<String, Samples> samples = new LinkedHashMap<>();
        samples.put("detection-first", new Samples(first));
        samples.put("detection-all", new Samples(all));
        samples.put("event-member", new Samples(member));
        samples.put("event-all", new Samples(member.subList(0, 48)));
        Map<String, Double> metrics = new TreeMap<>(Map.of(
                "agreement",
                12.4,
                "false-failures",
                2.0,
                "suspicions",
                61.0,
                "undetected",
                0.0,
                "events-sent",
                48.0,
                "events-delivered",
                0.99987,
                "event-copies",
                3.42,
                "bytes",
                1_834.2,
                "bytes-busiest",
                2_911.0,
                "inputs",
                2.4e7));
        metrics.putAll(Map.of(
                "bytes-peak",
                41_000.0,
                "packets",
                6.31,
                "packets-lost",
                0.0502,
                "queue-worst",
                57.0,
                "health-peak",
                3.0));
        samples.forEach((name, values) -> {
            metrics.put(name + ".mean", values.mean());
            metrics.put(name + ".p50", values.quantile(0.5));
            metrics.put(name + ".p99", values.quantile(0.99));
            metrics.put(name + ".max", values.quantile(1));
        });
        return new RunResult(
                "rack-loss",
                TEXT,
                SEED,
                "9f1c22ab04d1e87b",
                500,
                300,
                metrics,
                samples,
                series(random),
                List.of(curve("deploy", "n17", 6, 0.021), curve("w1", "n401", 11, 0.025)),
                List.of(
                        new Incident(60, "power-off zone rack-a"),
                        new Incident(180, "restart zone rack-a"),
                        new Incident(183, "restart zone rack-a, once more")),
                List.of(
                        new Incident(1.25, "hears event 'w0' from n112"),
                        new Incident(60, "loses its power"),
                        new Incident(180, "starts again"),
                        new Incident(180.2, "joins by n0"),
                        new Incident(180.9, "refutes a suspicion of n33: incarnation 2")),
                "n7",
                List.of(
                        new Verdict("detection-all.p99: at most 10s", 20, true, "4.61 s"),
                        new Verdict("false-failures: exactly 0", 21, false, "2"),
                        new Verdict("events-delivered: at least 99.9%", 22, true, "100.0 %")),
                Optional.empty());
    }

    /** A run in which nothing could be measured, ended by a broken invariant. */
    static RunResult broken() {
        return new RunResult(
                "one <b>alone</b>",
                "name: alone\n",
                -1,
                "00",
                1,
                0.5,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                Optional.of("n0 believes that n0 is dead\nat 0.5 s"));
    }

    /** A run whose texts and numbers are as bad for a page as can be: one series, long, with a single peak. */
    static RunResult hostile() {
        List<Double> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            times.add((double) i);
            // One that is not finite begins the stretch of the peak.
            values.add(i == 77_777 ? PEAK : i == 77_700 ? Double.NaN : 1.0);
        }
        String text = "</script><!-- {{data}}";
        return new RunResult(
                text,
                text,
                0,
                text,
                1,
                100_000,
                Map.of(text, 1.0),
                Map.of(),
                Map.of(
                        text,
                        new Series(Unit.COUNT, text, times, values),
                        "short",
                        new Series(Unit.SHARE, "", List.of(1.0, 2.0), List.of(0.5, Double.NaN))),
                List.of(),
                List.of(new Incident(1, text)),
                List.of(new Incident(2, text)),
                text,
                List.of(new Verdict(text, 1, false, text)),
                Optional.of(text));
    }

    /** A run with those figures alone. */
    static RunResult measured(Map<String, Double> metrics) {
        return bare(metrics, Map.of());
    }

    /** A run with one series of that name and one value. */
    static RunResult named(String series) {
        return bare(Map.of(), Map.of(series, new Series(Unit.COUNT, "", List.of(1.0), List.of(2.5))));
    }

    private static RunResult bare(Map<String, Double> metrics, Map<String, Series> series) {
        return new RunResult(
                "bare",
                "",
                1,
                "",
                1,
                1,
                metrics,
                Map.of(),
                series,
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                Optional.empty());
    }

    private static Curve curve(String name, String origin, double fired, double pace) {
        List<Double> seconds = new ArrayList<>();
        List<Integer> informed = new ArrayList<>();
        List<Double> theory = new ArrayList<>();
        for (int i = 0; i <= 80; i++) {
            double at = i * 0.005;
            seconds.add(at);
            informed.add((int) Math.round(500 / (1 + 499 * Math.exp(-at / pace))));
            theory.add(500 / (1 + 499 * Math.exp(-at / 0.023)));
        }
        return new Curve(name, origin, fired, seconds, informed, theory);
    }

    private static Map<String, Series> series(Random random) {
        Map<String, Series> series = new TreeMap<>();
        DoubleUnaryOperator storm =
                t -> Math.exp(-Math.pow((t - 63) / 4, 2)) + 0.7 * Math.exp(-Math.pow((t - 182) / 5, 2));
        series.put(
                "bytes-mean",
                of(
                        Unit.BYTES_PER_SECOND,
                        "UDP payload that a member sends, on average",
                        t -> 1_700 + 80 * random.nextDouble() + 4_000 * storm.applyAsDouble(t)));
        series.put(
                "bytes-busiest",
                of(
                        Unit.BYTES_PER_SECOND,
                        "the same of the member that sends most",
                        t -> 2_700 + 300 * random.nextDouble() + 9_000 * storm.applyAsDouble(t)));
        series.put(
                "queue-mean",
                of(
                        Unit.COUNT,
                        "updates that wait at a member, on average",
                        t -> 0.4 + random.nextDouble() / 5 + 12 * storm.applyAsDouble(t)));
        series.put(
                "queue-worst",
                of(
                        Unit.COUNT,
                        "updates that wait at the member with most of them",
                        t -> Math.rint(2 + random.nextDouble() + 55 * storm.applyAsDouble(t))));
        series.put("members-up", of(Unit.COUNT, "members whose process runs", t -> t >= 60 && t < 180 ? 450 : 500));
        series.put(
                "members-believed",
                of(
                        Unit.COUNT,
                        "members that a member believes alive, on average",
                        t -> t < 60
                                ? 500
                                : t < 180
                                        ? 450 + 50 * Math.exp(-(t - 60) / 1.7)
                                        : 500 - 50 * Math.exp(-(t - 180) / 1.2)));
        return series;
    }

    private static Series of(Unit unit, String meaning, DoubleUnaryOperator value) {
        List<Double> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int t = 1; t <= 300; t++) {
            times.add((double) t);
            values.add(value.applyAsDouble(t));
        }
        return new Series(unit, meaning, times, values);
    }
}
