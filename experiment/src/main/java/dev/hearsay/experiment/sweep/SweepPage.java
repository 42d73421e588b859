package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.report.Html;
import dev.hearsay.experiment.report.Page;
import dev.hearsay.experiment.run.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a sweep as one page: a table, and each metric over each parameter. */
final class SweepPage {
    /** Most lines of one plot; of more points only these are drawn, and the page says so. */
    static final int MOST_LINES = 6;

    /** Most points that the table shows. */
    static final int MOST_POINTS = 1_000;

    private final Results results;
    private final List<String> metrics;
    private final Html html = new Html();
    private final List<Map<String, Object>> plots = new ArrayList<>();
    private final Map<Map<String, String>, List<Row>> rows = new LinkedHashMap<>();

    private SweepPage(Results results, List<String> metrics) {
        this.results = results;
        this.metrics = metrics;
        results.byPoint().forEach((point, runs) -> rows.put(point.parameters(), runs));
    }

    /** Writes the page, with those metrics. */
    static void write(Results results, List<String> metrics, Appendable out) throws IOException {
        SweepPage page = new SweepPage(results, metrics);
        page.plots();
        page.table();
        page.scenario();
        Plan plan = results.plan();
        Page.write(
                out,
                plan.scenario() + ", a sweep – Hearsay",
                page.header(),
                page.html.toString(),
                Map.of("plots", page.plots),
                "data.js",
                "sweep.js");
    }

    private String header() {
        Html top = new Html();
        int failed = results.failed();
        int missing = results.missing().size();
        top.open("header", "class", "top").open("div").element("p", "Hearsay sweep", "class", "brow");
        top.open("div", "class", "title").element("h1", results.plan().scenario());
        top.element(
                "span",
                failed == 0 ? "All as expected" : failed + " failed",
                "class",
                "badge " + (failed == 0 ? "good" : "bad"));
        top.close("div").open("dl", "class", "facts");
        fact(top, "Points", String.valueOf(rows.size()));
        fact(top, "Seeds", results.plan().seeds().show());
        fact(top, "Runs", results.rows().size() + (missing == 0 ? "" : " (" + missing + " missing)"));
        return top.close("dl").close("div").close("header").toString();
    }

    private static void fact(Html top, String name, String value) {
        top.open("div").element("dt", name).element("dd", value).close("div");
    }

    private void plots() {
        if (results.plan().axes().isEmpty() || metrics.isEmpty()) {
            return;
        }
        html.open("section").element("h2", "Over the parameters");
        html.element("p", "Means over the seeds, with their 95 % intervals.", "class", "lead");
        html.open("div", "class", "plots");
        for (String metric : metrics) {
            for (Axis axis : results.plan().axes()) {
                plot(metric, axis);
            }
        }
        html.close("div").close("section").line();
    }

    private void plot(String metric, Axis axis) {
        String title = metric + " over " + axis.path();
        String id = "plot-" + plots.size();
        List<Map<String, String>> others = others(axis);
        List<Map<String, Object>> lines = new ArrayList<>();
        others.stream().limit(MOST_LINES).forEach(other -> lines.add(line(metric, axis, other)));
        html.open("figure", "class", "plot", "id", id).open("figcaption").element("h3", title);
        Metric known = Metric.find(metric);
        String shown =
                others.size() > MOST_LINES ? " The first " + MOST_LINES + " of " + others.size() + " lines." : "";
        html.element("p", (known == null ? "" : known.meaning() + ".") + shown).close("figcaption");
        html.open("div", "class", "canvas").close("div").close("figure").line();
        Map<String, Object> plot = new LinkedHashMap<>();
        plot.put("id", id);
        plot.put("title", title);
        plot.put("unit", Results.unit(metric).name());
        plot.put("values", axis.values());
        plot.put("lines", lines);
        plots.add(plot);
    }

    /** All combinations of the other axes. */
    private List<Map<String, String>> others(Axis axis) {
        return rows.keySet().stream()
                .map(parameters -> {
                    Map<String, String> rest = new LinkedHashMap<>(parameters);
                    rest.remove(axis.path());
                    return rest;
                })
                .distinct()
                .toList();
    }

    private Map<String, Object> line(String metric, Axis axis, Map<String, String> other) {
        List<@Nullable Double> mean = new ArrayList<>();
        List<@Nullable Double> low = new ArrayList<>();
        List<@Nullable Double> high = new ArrayList<>();
        for (String value : axis.values()) {
            Map<String, String> parameters = new LinkedHashMap<>(other);
            parameters.put(axis.path(), value);
            Optional<Summary> summary = Summary.of(metric, rows.getOrDefault(parameters, List.of()));
            mean.add(summary.isPresent() ? summary.get().mean() : null);
            low.add(summary.isPresent() ? summary.get().low() : null);
            high.add(summary.isPresent() ? summary.get().high() : null);
        }
        return Map.of("name", Point.show(other, " "), "mean", mean, "low", low, "high", high);
    }

    private void table() {
        html.open("section")
                .element("h2", "All points")
                .open("div", "class", "card scroll")
                .open("table")
                .open("thead")
                .open("tr");
        results.plan().axes().forEach(axis -> html.element("th", axis.path(), "class", "name"));
        html.element("th", "runs", "class", "number").element("th", "failed", "class", "number");
        metrics.forEach(metric -> html.element("th", metric, "class", "number"));
        html.close("tr").close("thead").open("tbody").line();
        rows.entrySet().stream().limit(MOST_POINTS).forEach(point -> {
            html.open("tr");
            point.getKey().values().forEach(value -> html.element("td", value));
            List<Row> runs = point.getValue();
            html.element("td", String.valueOf(runs.size()), "class", "number");
            html.element(
                    "td",
                    String.valueOf(runs.stream().filter(row -> !row.passed()).count()),
                    "class",
                    "number");
            metrics.forEach(metric -> html.element("td", SweepTable.cell(metric, runs), "class", "number"));
            html.close("tr").line();
        });
        html.close("tbody").close("table").close("div");
        if (rows.size() > MOST_POINTS) {
            html.element("p", "And " + (rows.size() - MOST_POINTS) + " more points: summary.csv has all.");
        }
        html.close("section").line();
    }

    private void scenario() {
        html.open("section").element("h2", "Scenario");
        html.element("pre", results.plan().text(), "class", "command")
                .close("section")
                .line();
    }
}
