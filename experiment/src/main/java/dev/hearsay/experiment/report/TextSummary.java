package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Infection.Curve;
import dev.hearsay.experiment.run.Metric;
import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A result as lines for a terminal of 100 columns. */
public final class TextSummary {
    /** Longest line, but for names that are longer. */
    static final int WIDTH = 100;

    /** Columns of a curve. */
    private static final int CURVE = 64;

    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

    private final RunResult result;
    private final ScenarioLines scenario;
    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    private TextSummary(RunResult result, boolean colours) {
        this.result = result;
        scenario = new ScenarioLines(result);
        this.colours = colours;
    }

    /**
     * The lines.
     *
     * @param colours whether they go to a terminal that shows colours
     */
    public static List<String> lines(RunResult result, boolean colours) {
        TextSummary summary = new TextSummary(result, colours);
        summary.head();
        summary.verdicts();
        summary.curve();
        Figures.byTopic(result).forEach(summary::topic);
        return summary.lines;
    }

    private void head() {
        lines.add(bold(result.scenario()) + ": " + count(result.members(), "member") + ", "
                + Unit.SECONDS.show(result.seconds()) + " of virtual time, seed " + result.seed());
        lines.add(
                dim("trace " + result.traceHash() + ", " + count(result.faults().size(), "fault")));
    }

    private static String count(int number, String thing) {
        return Unit.COUNT.show(number) + " " + thing + (number == 1 ? "" : "s");
    }

    private void verdicts() {
        lines.add("");
        result.violation().ifPresent(text -> {
            lines.add(bad("FAIL") + "  an invariant broke, and the run ended there:");
            text.lines().forEach(line -> lines.add("        " + line));
        });
        int width = longest(result.verdicts().stream().map(Verdict::expectation));
        for (Verdict verdict : result.verdicts()) {
            String word = verdict.met() ? good("PASS") : bad("FAIL");
            lines.add(word + "  " + left(verdict.expectation(), Math.min(width, 50)) + "  measured " + verdict.seen()
                    + (verdict.met() ? "" : dim("  (line " + scenario.of(verdict) + ")")));
        }
        long failed =
                result.verdicts().stream().filter(verdict -> !verdict.met()).count();
        if (result.verdicts().isEmpty() && result.passed()) {
            lines.add("The scenario expects nothing in particular; no invariant broke.");
        } else if (result.passed()) {
            lines.add(good("As expected."));
        } else {
            lines.add(bad("NOT as expected")
                    + (failed == 0
                            ? "."
                            : ": " + failed + " of " + result.verdicts().size() + "."));
        }
    }

    /** The first watched event: how many had heard of it, beside theory. */
    private void curve() {
        if (result.infections().isEmpty()
                || result.infections().get(0).seconds().isEmpty()) {
            return;
        }
        Curve curve = result.infections().get(0);
        double end = curve.seconds().get(curve.seconds().size() - 1);
        int most = curve.informed().get(curve.informed().size() - 1);
        lines.add("");
        lines.add(bold("How event '" + curve.name() + "' from " + curve.origin() + " spread") + ": "
                + Unit.COUNT.show(most) + " of " + count(result.members(), "member") + " within "
                + Unit.SECONDS.show(end));
        List<Double> informed =
                curve.informed().stream().map(Integer::doubleValue).toList();
        lines.add("  measured  " + spark(curve.seconds(), informed, end));
        if (!curve.theory().isEmpty()) {
            lines.add("  theory    " + spark(curve.seconds(), curve.theory(), end));
        }
        String last = Unit.SECONDS.show(end);
        lines.add(dim("            0" + " ".repeat(Math.max(1, CURVE - 1 - last.length())) + last));
    }

    private String spark(List<Double> seconds, List<Double> values, double end) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int column = 0; column < CURVE; column++) {
            double until = end * (column + 1) / CURVE;
            while (at + 1 < Math.min(values.size(), seconds.size()) && seconds.get(at + 1) <= until) {
                at++;
            }
            double value = values.isEmpty() || seconds.get(at) > until ? 1 : values.get(at);
            double share = Math.min(1, Math.max(0, value / Math.max(1, result.members())));
            // The lowest block is one eighth: whoever fired the event has heard it.
            line.append(BLOCKS.charAt(1 + (int) Math.floor(share * (BLOCKS.length() - 2))));
        }
        return line.toString();
    }

    private void topic(Figures.Topic topic) {
        lines.add("");
        lines.add(bold(topic.title()));
        int names =
                longest(topic.singles().stream().map(figure -> figure.metric().name()));
        int values = longest(topic.singles().stream().map(Figures.Single::shown));
        for (Figures.Single figure : topic.singles()) {
            lines.add("  " + left(figure.metric().name(), names) + right(figure.shown(), values + 2) + "  "
                    + dim(figure.metric().meaning()));
        }
        if (!topic.spreads().isEmpty()) {
            StringBuilder head = new StringBuilder("  " + left("", 19));
            Metric.QUANTILES.forEach(quantile -> head.append(right(quantile, 11)));
            lines.add(dim(head.toString()));
        }
        for (Figures.Spread spread : topic.spreads()) {
            StringBuilder line = new StringBuilder("  " + left(spread.name(), 19));
            Metric.QUANTILES.forEach(quantile -> line.append(right(spread.shown(quantile), 11)));
            lines.add(line.toString());
        }
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private String good(String text) {
        return in("32;1", text);
    }

    private String bad(String text) {
        return in("31;1", text);
    }

    private String bold(String text) {
        return in("1", text);
    }

    private String dim(String text) {
        return in("2", text);
    }

    private String in(String style, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}
