package dev.hearsay.experiment.compare;

import dev.hearsay.experiment.compare.Comparison.AtPoint;
import dev.hearsay.experiment.compare.Finding.Verdict;
import dev.hearsay.experiment.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison in plain words. */
public final class ComparisonText {
    /** Most points that a list of points names. */
    private static final int MOST_NAMED = 10;

    private ComparisonText() {}

    /** All of it, with line ends. */
    public static String show(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        Side before = comparison.before();
        Side after = comparison.after();
        text.append("before: ")
                .append(side(before))
                .append("\nafter:  ")
                .append(side(after))
                .append('\n');
        if (!before.scenario().equals(after.scenario())) {
            text.append("The scenarios have different names.\n");
        } else if (!before.text().equals(after.text())) {
            text.append("The texts of the scenario differ.\n");
        }
        only(text, "before", comparison.onlyBefore());
        only(text, "after", comparison.onlyAfter());
        for (AtPoint point : comparison.points()) {
            text.append('\n')
                    .append(show(point.parameters()))
                    .append(": ")
                    .append(runs(point))
                    .append('\n');
            if (point.sameRuns()) {
                text.append("  the same runs: every seed has the same trace\n");
            } else {
                point(text, comparison, point);
            }
        }
        return text.append('\n').append(total(comparison)).append('\n').toString();
    }

    private static String side(Side side) {
        return side.place() + " (" + side.scenario() + ", "
                + count(side.points().size(), "point") + ", " + count(side.runs(), "run") + ")";
    }

    private static String runs(AtPoint point) {
        return point.runsBefore() == point.runsAfter()
                ? count(point.runsBefore(), "run") + " each"
                : count(point.runsBefore(), "run") + " before, " + point.runsAfter() + " after";
    }

    private static void only(StringBuilder text, String side, List<Map<String, String>> points) {
        if (!points.isEmpty()) {
            text.append("Only ").append(side).append(": ").append(show(points)).append('\n');
        }
    }

    static String show(List<Map<String, String>> points) {
        String named =
                points.stream().limit(MOST_NAMED).map(ComparisonText::show).collect(Collectors.joining("; "));
        return named + (points.size() > MOST_NAMED ? "; and " + (points.size() - MOST_NAMED) + " more" : "");
    }

    private static String show(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? "the scenario as it is"
                : parameters.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static void point(StringBuilder text, Comparison comparison, AtPoint point) {
        for (Verdict verdict : List.of(Verdict.WORSE, Verdict.BETTER, Verdict.CHANGED, Verdict.NEGLIGIBLE)) {
            for (Finding finding : with(point, verdict)) {
                text.append("  ").append(changed(finding)).append('\n');
            }
        }
        List<String> unseen = new ArrayList<>();
        for (Finding finding : with(point, Verdict.NO_CHANGE_SEEN)) {
            double visible = finding.visible();
            boolean known = visible > 0 && Double.isFinite(visible);
            unseen.add(finding.metric() + (known ? " (" + percent(visible) + ")" : ""));
        }
        list(text, "no change seen (a greater one than in brackets would have been seen): ", unseen);
        tooFew(text, comparison, with(point, Verdict.TOO_FEW));
        for (Finding finding : with(point, Verdict.ONE_SIDED)) {
            text.append("  measured only ")
                    .append(finding.runsBefore() > 0 ? "before: " : "after: ")
                    .append(finding.metric())
                    .append('\n');
        }
        List<String> equal = with(point, Verdict.EQUAL).stream()
                .filter(finding -> !finding.metric().equals(Finding.FAILED.name()) || finding.after() > 0)
                .map(Finding::metric)
                .toList();
        list(text, "equal in all runs: ", equal);
        for (Finding finding : point.findings()) {
            if (finding.unmeasuredBefore() != finding.unmeasuredAfter()) {
                text.append("  ").append(finding.metric()).append(" could not be measured in ");
                text.append(finding.unmeasuredBefore())
                        .append(" of ")
                        .append(point.runsBefore())
                        .append(" runs before, ");
                text.append(finding.unmeasuredAfter())
                        .append(" of ")
                        .append(point.runsAfter())
                        .append(" after\n");
            }
        }
    }

    /** The findings of that verdict. */
    private static List<Finding> with(AtPoint point, Verdict verdict) {
        return point.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .toList();
    }

    private static void list(StringBuilder text, String head, List<String> items) {
        if (!items.isEmpty()) {
            text.append("  ").append(head).append(String.join(", ", items)).append('\n');
        }
    }

    /** {@code slower: detection-all.p99 8.10 s -> 9.70 s (+20 %, p = 0.0004, 20 pairs; shift 1.2 s to 2.0 s)}. */
    static String changed(Finding finding) {
        Metric metric = Finding.metric(finding.metric());
        Metric.Unit unit = metric.unit();
        Judgement judgement = finding.judgement();
        StringBuilder text =
                new StringBuilder(word(finding, metric)).append(": ").append(metric.name());
        text.append(' ').append(unit.show(finding.before())).append(" -> ").append(unit.show(finding.after()));
        text.append(" (");
        if (Double.isFinite(finding.relative())) {
            text.append(finding.relative() >= 0 ? "+" : "-")
                    .append(percent(Math.abs(finding.relative())))
                    .append(", ");
        }
        text.append("p ").append(p(finding.adjusted())).append(", ").append(compared(finding));
        if (Double.isFinite(judgement.low()) && Double.isFinite(judgement.high())) {
            text.append("; shift ")
                    .append(unit.show(judgement.low()))
                    .append(" to ")
                    .append(unit.show(judgement.high()));
        }
        return text.append(')').toString();
    }

    private static String compared(Finding finding) {
        return finding.paired()
                ? count(finding.runsBefore(), "pair")
                : finding.runsBefore() + " and " + finding.runsAfter() + " runs";
    }

    private static String word(Finding finding, Metric metric) {
        boolean up = finding.judgement().direction() > 0;
        return switch (finding.verdict()) {
            case WORSE -> metric.unit() == Metric.Unit.SECONDS ? "slower" : "worse";
            case BETTER -> metric.unit() == Metric.Unit.SECONDS ? "faster" : "better";
            case NEGLIGIBLE -> "negligible";
            default -> up ? "higher" : "lower";
        };
    }

    private static void tooFew(StringBuilder text, Comparison comparison, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (Finding finding : findings) {
            boolean some = finding.paired() && finding.differing() < finding.runsBefore();
            names.add(finding.metric() + " ("
                    + (some ? finding.differing() + " of " + compared(finding) + " differ" : compared(finding)) + ")");
        }
        text.append("  too few runs: ").append(String.join(", ", names));
        text.append("; so few cannot show anything at this level (")
                .append(count(comparison.tests(), "test"))
                .append(" together), at least ")
                .append(Correction.pairsNeeded(comparison.tests()))
                .append(" pairs that differ can\n");
    }

    private static String total(Comparison comparison) {
        List<Verdict> all = comparison.points().stream()
                .flatMap(point -> point.findings().stream())
                .map(Finding::verdict)
                .toList();
        long same = comparison.points().stream().filter(AtPoint::sameRuns).count();
        if (same == comparison.points().size()) {
            return "The same runs.";
        }
        long worse = all.stream().filter(verdict -> verdict == Verdict.WORSE).count();
        long better = all.stream().filter(verdict -> verdict == Verdict.BETTER).count();
        long changed =
                all.stream().filter(verdict -> verdict == Verdict.CHANGED).count();
        return worse + " worse, " + better + " better, " + changed + " otherwise changed, in "
                + count(comparison.tests(), "test") + " (Holm, level " + percent(Correction.LEVEL) + "; changes below "
                + percent(comparison.least()) + " are negligible).";
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static String p(double p) {
        if (p < 1e-4) {
            return "< 0.0001";
        }
        return "= " + String.format(Locale.ROOT, p < 0.01 ? "%.4f" : p < 0.1 ? "%.3f" : "%.2f", p);
    }

    static String percent(double share) {
        double value = share * 100;
        return String.format(Locale.ROOT, value >= 9.95 || value == Math.rint(value) ? "%.0f %%" : "%.1f %%", value);
    }
}
