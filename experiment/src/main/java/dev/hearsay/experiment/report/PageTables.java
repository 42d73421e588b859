package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Metric;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Verdict;
import java.util.List;

/** The last sections of the page: all figures, and how to run it again. */
final class PageTables {
    private final Html html;
    private final RunResult result;
    private final ScenarioLines lines;

    PageTables(Html html, RunResult result) {
        this.html = html;
        this.result = result;
        lines = new ScenarioLines(result);
    }

    void write() {
        figures();
        scenario();
    }

    private void figures() {
        html.open("section", "id", "all-figures", "aria-labelledby", "all-figures-title");
        html.element("h2", "All figures", "id", "all-figures-title").line();
        if (result.metrics().isEmpty()) {
            html.element("p", "Nothing could be measured in this run.", "class", "empty")
                    .close("section")
                    .line();
            return;
        }
        html.open("div", "class", "card scroll").open("table").open("thead").open("tr");
        html.element("th", "Figure", "scope", "col");
        html.element("th", "Value", "scope", "col", "class", "number", "colspan", "4");
        html.element("th", "Meaning", "scope", "col").close("tr").close("thead").line();
        html.open("tbody");
        for (Figures.Topic topic : Figures.byTopic(result)) {
            html.open("tr", "class", "topic")
                    .element("th", topic.title(), "scope", "colgroup", "colspan", "6")
                    .close("tr");
            for (Figures.Single figure : topic.singles()) {
                html.open("tr").element("th", figure.metric().name(), "scope", "row", "class", "name");
                html.element("td", figure.shown(), "class", "number", "colspan", "4");
                html.element("td", figure.metric().meaning(), "class", "meaning")
                        .close("tr")
                        .line();
            }
            if (!topic.spreads().isEmpty()) {
                spreads(topic.spreads());
            }
        }
        html.close("tbody").close("table").close("div").close("section").line();
    }

    private void spreads(List<Figures.Spread> spreads) {
        html.open("tr").open("td").close("td");
        Metric.QUANTILES.forEach(quantile -> html.element("th", quantile, "scope", "col", "class", "number"));
        html.open("td").close("td").close("tr").line();
        for (Figures.Spread spread : spreads) {
            html.open("tr").element("th", spread.name(), "scope", "row", "class", "name");
            Metric.QUANTILES.forEach(quantile -> html.element("td", spread.shown(quantile), "class", "number"));
            html.element("td", spread.meaning(), "class", "meaning").close("tr").line();
        }
    }

    private void scenario() {
        html.open("section", "id", "scenario", "aria-labelledby", "scenario-title");
        html.element("h2", "The scenario, and how to run it again", "id", "scenario-title");
        html.element(
                "p",
                "The same scenario and seed give the same result, with the same trace hash. From the folder of this page:",
                "class",
                "lead");
        html.element(
                "pre", "hearsay sim run " + ResultFolder.SCENARIO + " --seed " + result.seed(), "class", "command");
        String node = result.watched().isEmpty() ? "" : " --node " + result.watched();
        html.element("pre", "hearsay sim replay " + ResultFolder.RESULT + node + " | less", "class", "command");
        if (result.text().isBlank()) {
            html.element("p", "This result does not hold the scenario it was run from.", "class", "empty");
        } else {
            html.open("pre", "class", "source", "tabindex", "0", "aria-label", "Scenario");
            int number = 0;
            for (String line : lines.all()) {
                number++;
                html.open("span", "class", "l" + verdict(number), "id", "line-" + number);
                int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
                if (comment >= 0) {
                    html.text(line.substring(0, comment)).element("span", line.substring(comment), "class", "comment");
                } else {
                    html.text(line);
                }
                html.close("span");
            }
            html.close("pre");
        }
        html.close("section").line();
    }

    /** Lines of what was expected have the colour of their verdict. */
    private String verdict(int line) {
        List<Verdict> here = result.verdicts().stream()
                .filter(verdict -> lines.of(verdict) == line)
                .toList();
        if (here.isEmpty()) {
            return "";
        }
        return here.stream().allMatch(Verdict::met) ? " good" : " bad";
    }
}
