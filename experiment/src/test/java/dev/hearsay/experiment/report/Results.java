package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Incident;
import dev.hearsay.experiment.run.Infection.Curve;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Samples;
import dev.hearsay.experiment.run.Series;
import dev.hearsay.experiment.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Results of no run: arbitrary ones. */
final class Results {
    private static final Arbitrary<String> TEXT = Arbitraries.strings().ofMaxLength(20);
    private static final Arbitrary<Double> NUMBER = Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-3));
    private static final Arbitrary<String> NAME =
            Arbitraries.of("agreement", "detection-all.p99", "bytes", "novel", "<b>");

    private Results() {}

    /** Any. */
    static Arbitrary<RunResult> any() {
        return Combinators.combine(head(), figures(), course(), end())
                .as((head, figures, course, end) -> new RunResult(
                        head.name(),
                        head.text(),
                        head.seed(),
                        head.hash(),
                        head.members(),
                        head.seconds(),
                        figures.metrics(),
                        figures.samples(),
                        figures.series(),
                        course.infections(),
                        course.faults(),
                        course.story(),
                        head.name(),
                        end.verdicts(),
                        end.violation()));
    }

    private record Head(String name, String text, long seed, String hash, int members, double seconds) {}

    private record Figures(Map<String, Double> metrics, Map<String, Samples> samples, Map<String, Series> series) {}

    private record Course(List<Curve> infections, List<Incident> faults, List<Incident> story) {}

    private record End(List<Verdict> verdicts, Optional<String> violation) {}

    private static Arbitrary<Head> head() {
        return Combinators.combine(TEXT, TEXT, Arbitraries.longs(), TEXT, Arbitraries.integers(), NUMBER)
                .as(Head::new);
    }

    private static Arbitrary<Figures> figures() {
        Arbitrary<Samples> samples = NUMBER.list().ofMaxSize(5).map(Samples::new);
        return Combinators.combine(named(NUMBER), named(samples), named(series()))
                .as(Figures::new);
    }

    private static Arbitrary<Series> series() {
        return Combinators.combine(
                        Arbitraries.of(dev.hearsay.experiment.run.Metric.Unit.values()),
                        TEXT,
                        Combinators.combine(NUMBER, NUMBER).as(List::of).list().ofMaxSize(5))
                .as((unit, meaning, points) -> new Series(unit, meaning, column(points, 0), column(points, 1)));
    }

    private static List<Double> column(List<List<Double>> points, int at) {
        return points.stream().map(point -> point.get(at)).collect(Collectors.toList());
    }

    private static Arbitrary<Course> course() {
        Arbitrary<List<Double>> numbers = NUMBER.list().ofMaxSize(5);
        Arbitrary<Curve> curve = Combinators.combine(
                        TEXT,
                        TEXT,
                        NUMBER,
                        numbers,
                        Arbitraries.integers().list().ofMaxSize(5),
                        numbers)
                .as(Curve::new);
        Arbitrary<List<Incident>> incidents =
                Combinators.combine(NUMBER, TEXT).as(Incident::new).list().ofMaxSize(5);
        return Combinators.combine(curve.list().ofMaxSize(3), incidents, incidents)
                .as(Course::new);
    }

    private static Arbitrary<End> end() {
        Arbitrary<Verdict> verdict = Combinators.combine(
                        TEXT, Arbitraries.integers(), Arbitraries.of(true, false), TEXT)
                .as(Verdict::new);
        return Combinators.combine(verdict.list().ofMaxSize(3), TEXT.optional()).as(End::new);
    }

    private static <T> Arbitrary<Map<String, T>> named(Arbitrary<T> values) {
        return Arbitraries.maps(NAME, values).ofMaxSize(4);
    }
}
