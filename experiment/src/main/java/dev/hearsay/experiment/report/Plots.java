package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Infection.Curve;
import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Samples;
import dev.hearsay.experiment.run.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Chooses what of a result is drawn, and thins it to what a screen can show. */
final class Plots {
    /** Points of a distribution: more than pixels, of which the last hundredth gets its own. */
    private static final int MOST_RANKS = 500;

    /** From so many times the median on, the largest value asks for a logarithmic axis. */
    private static final double FAR = 12;

    /** A share is drawn after what it is a share of. */
    private static final List<Unit> UNITS =
            List.of(Unit.COUNT, Unit.SECONDS, Unit.BYTES_PER_SECOND, Unit.PER_SECOND, Unit.SHARE);

    /** What is drawn first and how it is called, by the first word of the name of a series; others are called by that word. */
    private static final Map<String, String> TITLES = titles();

    private Plots() {}

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("members", "Who is there, and who is believed to be");
        titles.put("suspicions", "Suspicions");
        titles.put("bytes", "Bandwidth of a member");
        titles.put("packets", "Packets of a member");
        titles.put("packets-lost", "Packets that were lost");
        titles.put("queue", "Updates that wait");
        titles.put("health", "Health scores");
        return titles;
    }

    /** How far each watched event had spread. */
    static List<Plot> infections(RunResult result) {
        List<Plot.Line> lines = new ArrayList<>();
        TreeMap<Double, Double> theory = new TreeMap<>();
        for (Curve curve : result.infections()) {
            if (curve.seconds().isEmpty()) {
                continue;
            }
            String name = curve.name() + " from " + curve.origin() + " at " + Unit.SECONDS.show(curve.fired());
            List<Double> informed =
                    curve.informed().stream().map(Integer::doubleValue).toList();
            lines.add(new Plot.Line(name, "measured", false, true, finite(curve.seconds()), finite(informed)));
            for (int i = 0; i < Math.min(curve.theory().size(), curve.seconds().size()); i++) {
                theory.put(curve.seconds().get(i), curve.theory().get(i));
            }
        }
        if (!theory.isEmpty()) {
            // It depends on the scenario and the time alone: what each event has of it are points of one curve.
            List<Double> times = List.copyOf(theory.keySet());
            lines.add(new Plot.Line(
                    "expected of push in rounds",
                    "theory",
                    true,
                    false,
                    finite(times),
                    finite(List.copyOf(theory.values()))));
        }
        return lines.isEmpty()
                ? List.of()
                : List.of(new Plot(
                        "plot-infection",
                        "infection",
                        "Members that have heard of an event",
                        Unit.COUNT.name(),
                        "after",
                        0,
                        result.members(),
                        false,
                        lines));
    }

    /** The distributions whose names begin so, in one plot; none if there is no value. */
    static List<Plot> distributions(RunResult result, String prefix, String title) {
        List<Plot.Line> lines = new ArrayList<>();
        result.samples().entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith(prefix) && each.getValue().size() > 0)
                .sorted(Comparator.<Map.Entry<String, Samples>>comparingDouble(
                                each -> each.getValue().mean())
                        .thenComparing(Map.Entry::getKey))
                .forEach(each -> lines.add(distribution(each.getKey(), each.getValue())));
        return lines.isEmpty()
                ? List.of()
                : List.of(new Plot(
                        "plot-" + prefix,
                        "ecdf",
                        title,
                        Unit.SHARE.name(),
                        "within",
                        0,
                        1,
                        spreadsFar(result, lines),
                        lines));
    }

    /** Whether the slowest values would press all others against the axis. */
    private static boolean spreadsFar(RunResult result, List<Plot.Line> lines) {
        return lines.stream().allMatch(line -> line.x().get(0) > 0)
                && lines.stream().anyMatch(line -> {
                    Samples samples = Objects.requireNonNull(result.samples().get(line.name()));
                    return samples.quantile(1) > FAR * samples.quantile(0.5);
                });
    }

    private static Plot.Line distribution(String name, Samples samples) {
        int size = samples.size();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        x.add(samples.values().get(0));
        y.add(0.0);
        int last = 0;
        for (int i = 1; i <= MOST_RANKS; i++) {
            // The second half of the points is for the slowest tenth: that is where one looks.
            double share = i <= MOST_RANKS / 2 ? 1.8 * i / MOST_RANKS : 0.8 + 0.2 * i / MOST_RANKS;
            int rank = (int) Math.ceil(share * size);
            if (rank > last) {
                last = rank;
                x.add(samples.values().get(rank - 1));
                y.add((double) rank / size);
            }
        }
        return new Plot.Line(name, "", false, true, finite(x), finite(y));
    }

    /** All series, those of one unit whose names begin with the same word in one plot. */
    static List<Plot> series(RunResult result) {
        Map<String, List<Map.Entry<String, Series>>> groups = new LinkedHashMap<>();
        TITLES.keySet().forEach(word -> groups.put(word, new ArrayList<>()));
        for (Map.Entry<String, Series> series : new TreeMap<>(result.series()).entrySet()) {
            groups.computeIfAbsent(firstWord(series.getKey()), word -> new ArrayList<>())
                    .add(series);
        }
        List<Plot> plots = new ArrayList<>();
        groups.forEach((word, group) -> {
            for (Unit unit : UNITS) {
                List<Plot.Line> lines = group.stream()
                        .filter(series -> series.getValue().unit() == unit
                                && !series.getValue().times().isEmpty())
                        .map(series -> line(series.getKey(), series.getValue()))
                        .toList();
                if (!lines.isEmpty()) {
                    String id = "plot-series-" + plots.size();
                    plots.add(new Plot(
                            id,
                            "time",
                            title(lines.size() == 1 ? lines.get(0).name() : word, word),
                            unit.name(),
                            "at",
                            result.seconds(),
                            0,
                            false,
                            lines));
                }
            }
        });
        return plots;
    }

    private static String firstWord(String name) {
        return name.split("[-.]", 2)[0];
    }

    private static String title(String name, String word) {
        String title = TITLES.getOrDefault(name, TITLES.get(word));
        return title != null
                ? title
                : word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT)
                        + word.substring(Math.min(1, word.length()));
    }

    private static Plot.Line line(String name, Series series) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        int size = series.times().size();
        int stretch = size <= Plot.MOST_POINTS ? 1 : (int) Math.ceil(2.0 * size / Plot.MOST_POINTS);
        for (int from = 0; from < size; from += stretch) {
            List<Double> values = series.values().subList(from, Math.min(size, from + stretch));
            int least = from + extreme(values, -1);
            int most = from + extreme(values, 1);
            for (int i : least == most ? new int[] {least} : new int[] {Math.min(least, most), Math.max(least, most)}) {
                x.add(series.times().get(i));
                y.add(series.values().get(i));
            }
        }
        return new Plot.Line(name, series.meaning(), false, series.unit() == Unit.COUNT, finite(x), finite(y));
    }

    /** Where the greatest finite value stands, or the least if the sign is negative; at the first if none is finite. */
    private static int extreme(List<Double> values, int sign) {
        int found = 0;
        for (int i = 1; i < values.size(); i++) {
            double best = values.get(found);
            if (Double.isFinite(values.get(i)) && (!Double.isFinite(best) || sign * values.get(i) > sign * best)) {
                found = i;
            }
        }
        return found;
    }

    /** JSON knows no infinity and no NaN; a line has a gap there. */
    private static List<Double> finite(List<Double> values) {
        List<Double> finite = new ArrayList<>(values.size());
        for (Double value : values) {
            finite.add(Double.isFinite(value) ? value : null);
        }
        return finite;
    }
}
