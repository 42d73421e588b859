package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Incident;
import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Verdict;
import dev.hearsay.experiment.scenario.ScenarioException;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of the page that are read: what was run, what came of it, and where plots will stand. */
final class PageSections {
    /** Most entries of a story or of a list of faults that the page shows; all are in the JSON. */
    private static final int MOST_LINES = 2_000;

    /** From so many rows on a table scrolls in a box of its own. */
    private static final int LONG = 14;

    private final RunResult result;
    private final Html html = new Html();
    private final List<Plot> infections;
    private final List<Plot> series;
    private final List<Plot> news;
    private final List<Plot> detection;
    private final List<Plot> state;

    PageSections(RunResult result) {
        this.result = result;
        infections = Plots.infections(result);
        news = Plots.distributions(result, "event", "How soon members hear of an event");
        detection = Plots.distributions(result, "detection", "How soon the end of a process is known");
        state = Plots.distributions(result, "state", "How soon a write is visible");
        series = Plots.series(result);
    }

    /** What is to be drawn into the figures. */
    List<Plot> plots() {
        List<Plot> all = new ArrayList<>(infections);
        List.of(news, detection, state, series).forEach(all::addAll);
        return all;
    }

    /** What was run, and whether it came out as expected. */
    String header() {
        Html top = new Html();
        top.open("header", "class", "top").open("div");
        top.element("p", "Hearsay simulation", "class", "brow").open("div", "class", "title");
        top.element("h1", result.scenario());
        top.element("span", badge(), "class", "badge " + (result.passed() ? "good" : "bad"));
        top.close("div").line();
        String about = about();
        if (!about.isEmpty()) {
            top.element("p", about, "class", "about").line();
        }
        top.open("dl", "class", "facts");
        fact(top, "Members", Unit.COUNT.show(result.members()), "");
        fact(top, "Virtual time", Unit.SECONDS.show(result.seconds()), "");
        fact(top, "Seed", String.valueOf(result.seed()), "");
        fact(top, "Trace hash", result.traceHash(), "hash");
        top.close("dl").line();
        top.open("nav", "class", "contents", "aria-label", "Contents");
        List.of(
                        "Expected",
                        "Figures",
                        "Faults",
                        "News",
                        "Failures",
                        "State",
                        "Course",
                        "Story",
                        "All figures",
                        "Scenario")
                .forEach(title -> top.element("a", title, "href", "#" + id(title)));
        return top.close("nav").close("div").close("header").toString();
    }

    /** What the scenario says of itself. */
    private String about() {
        try {
            return ScenarioFile.read(result.scenario(), result.text()).about();
        } catch (ScenarioException e) {
            // Written for another version: it is shown as it is.
            return "";
        }
    }

    private String badge() {
        if (result.violation().isPresent()) {
            return "✕ An invariant broke";
        }
        if (!result.passed()) {
            return "✕ Not as expected";
        }
        return result.verdicts().isEmpty() ? "✓ Ran to its end" : "✓ As expected";
    }

    private static void fact(Html top, String name, String value, String kind) {
        top.open("div").element("dt", name).element("dd", value, "class", kind).close("div");
    }

    private static String id(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** All below the header. */
    String sections() {
        violation();
        verdicts();
        keyFigures();
        faults();
        section("News", "How news spread", "User events: what was measured, and what is expected of push in rounds.");
        List<Plot> both = new ArrayList<>(infections);
        both.addAll(news);
        plots(both, noEvents());
        html.close("section").line();
        section(
                "Failures",
                "How failures were detected",
                "From the end of a process until the first member tells it failed, and until all others do.");
        plots(detection, noDetections());
        html.close("section").line();
        section("State", "Shared state", "From a write until others can read it.");
        plots(state, noState());
        html.close("section").line();
        section(
                "Course",
                "Over time",
                "Sampled once a virtual second. Flags mark what the scenario did, with the numbers of the list of faults. "
                        + "Point at a plot to see its values; a legend's entries switch lines off and on.");
        plots(series, "The run ended before its first second was over.");
        html.close("section").line();
        story();
        new PageTables(html, result).write();
        return html.toString();
    }

    private void section(String link, String title, String lead) {
        html.open("section", "id", id(link), "aria-labelledby", id(link) + "-title");
        html.element("h2", title, "id", id(link) + "-title");
        if (!lead.isEmpty()) {
            html.element("p", lead, "class", "lead");
        }
        html.line();
    }

    private void empty(String why) {
        html.element("p", why, "class", "empty");
    }

    private void violation() {
        result.violation()
                .ifPresent(text -> html.open("div", "class", "alert", "role", "alert")
                        .element("h2", "An invariant broke, and the run ended there")
                        .element("pre", text)
                        .close("div")
                        .line());
    }

    private void verdicts() {
        long failed = result.verdicts().stream().filter(v -> !v.met()).count();
        int all = result.verdicts().size();
        String lead = all == 0
                ? ""
                : failed == 0 ? "All " + all + " came true." : failed + " of " + all + " did not come true.";
        section("Expected", "What was expected", lead);
        if (all == 0) {
            empty("The scenario expects nothing in particular: add 'expect' to have runs judged.");
        } else {
            html.open("div", "class", "card scroll").open("table");
            head("Verdict", "", "Expected", "", "Measured", "number");
            html.open("tbody");
            for (Verdict verdict : result.verdicts()) {
                html.open("tr");
                html.element(
                        "td",
                        verdict.met() ? "✓ met" : "✕ not met",
                        "class",
                        "verdict " + (verdict.met() ? "good" : "bad"));
                html.open("td");
                html.element("a", verdict.expectation(), "class", "name", "href", "#line-" + verdict.line());
                html.close("td")
                        .element("td", verdict.seen(), "class", "number")
                        .close("tr")
                        .line();
            }
            html.close("tbody").close("table").close("div");
        }
        html.close("section").line();
    }

    /** The head of a table: titles, each followed by its class. */
    private void head(String... columns) {
        html.open("thead").open("tr");
        for (int i = 0; i < columns.length; i += 2) {
            html.element("th", columns[i], "scope", "col", "class", columns[i + 1]);
        }
        html.close("tr").close("thead").line();
    }

    private void keyFigures() {
        section("Figures", "Key figures", "");
        List<Figures.Single> key = Figures.key(result);
        if (key.isEmpty()) {
            empty("Nothing could be measured in this run.");
        } else {
            html.open("dl", "class", "figures");
            for (Figures.Single figure : key) {
                html.open("div").element("dt", figure.metric().name());
                String[] parts = figure.shown().split(" ", 2);
                html.open("dd", "class", "value").text(parts[0]);
                if (parts.length > 1) {
                    html.element("small", " " + parts[1]);
                }
                html.close("dd");
                html.element("dd", figure.metric().meaning(), "class", "meaning");
                expected(figure.metric().name());
                html.close("div").line();
            }
            html.close("dl");
        }
        html.close("section").line();
    }

    /** What was expected of a figure, if anything was. */
    private void expected(String name) {
        for (Verdict verdict : result.verdicts()) {
            if (verdict.expectation().startsWith(name + ":")) {
                String bound =
                        verdict.expectation().substring(name.length() + 1).strip();
                html.element(
                        "dd",
                        (verdict.met() ? "✓ " : "✕ ") + bound,
                        "class",
                        "verdict " + (verdict.met() ? "good" : "bad"));
            }
        }
    }

    private void faults() {
        int all = result.faults().size();
        section("Faults", "What the scenario did", all == 0 ? "" : "The numbers are those of the flags in the plots.");
        if (all == 0) {
            empty("Nothing: it has no faults, or none had begun when the run ended.");
        } else {
            html.open("div", "class", all > LONG ? "card scroll tall" : "card scroll")
                    .open("table");
            head("No.", "number narrow", "At", "number narrow", "What", "");
            html.open("tbody");
            int number = 0;
            for (Incident fault : result.faults().subList(0, Math.min(all, MOST_LINES))) {
                number++;
                html.open("tr").element("td", String.valueOf(number), "class", "number");
                html.element("td", moment(fault.seconds()), "class", "number");
                html.element("td", fault.text()).close("tr").line();
            }
            html.close("tbody").close("table").close("div");
            leftOut(all);
        }
        html.close("section").line();
    }

    /** A moment of virtual time, to the millisecond: what follows in the same second has another one. */
    private static String moment(double seconds) {
        return String.format(Locale.ROOT, "%.3f s", seconds);
    }

    private void leftOut(int all) {
        if (all > MOST_LINES) {
            html.element("p", (all - MOST_LINES) + " more are in result.json.", "class", "lead");
        }
    }

    /** Figures for plots, or one sentence that says why there are none. */
    private void plots(List<Plot> plots, String why) {
        if (plots.isEmpty()) {
            empty(why);
            return;
        }
        html.open("div", "class", "plots");
        for (Plot plot : plots) {
            html.open("figure", "class", plots.size() == 1 ? "plot wide" : "plot", "id", plot.id());
            html.open("figcaption").element("h3", plot.title());
            caption(plot);
            html.close("figcaption").open("div", "class", "canvas");
            html.element("noscript", "The plot is drawn by a script, and scripts are switched off.");
            html.close("div");
            if (plot.kind().equals("ecdf")) {
                quantiles(plot);
            }
            html.close("figure").line();
        }
        html.close("div").line();
    }

    /** What a plot's lines mean. */
    private void caption(Plot plot) {
        if (plot.logarithmic()) {
            html.element("p", "The axis of time is logarithmic, as a few values lie far beyond the others.");
        }
        List<Plot.Line> told = plot.lines().stream()
                .filter(line -> plot.kind().equals("time") && !line.meaning().isEmpty())
                .toList();
        if (told.isEmpty()) {
            return;
        }
        html.open("p");
        String separator = "";
        for (Plot.Line line : told) {
            html.text(separator);
            separator = "; ";
            if (plot.lines().size() > 1) {
                html.element("span", line.name() + ":", "class", "nobr").text(" ");
            }
            html.text(line.meaning());
        }
        html.close("p");
    }

    private void quantiles(Plot plot) {
        html.open("div", "class", "scroll").open("table");
        head(
                "Seconds", "", "Count", "number", "Mean", "number", "Median", "number", "p90", "number", "p99",
                "number", "Most", "number");
        html.open("tbody");
        for (Plot.Line line : plot.lines()) {
            var samples = result.samples().get(line.name());
            if (samples != null) {
                html.open("tr").element("th", line.name(), "scope", "row", "class", "name");
                html.element("td", Unit.COUNT.show(samples.size()), "class", "number");
                for (double value : new double[] {
                    samples.mean(),
                    samples.quantile(0.5),
                    samples.quantile(0.9),
                    samples.quantile(0.99),
                    samples.quantile(1)
                }) {
                    html.element("td", Unit.SECONDS.show(value), "class", "number");
                }
                html.close("tr").line();
            }
        }
        html.close("tbody").close("table").close("div");
    }

    private String noEvents() {
        return figure("events-sent") > 0
                ? "User events were sent, but no member heard one in time to be measured."
                : "The scenario sends no user events: add some to its workload to see how soon they are heard.";
    }

    private String noDetections() {
        return figure("undetected") > 0
                ? "Members ended, but nobody told them failed within the run."
                : "No process ended during the run, so that there was nothing to detect.";
    }

    private String noState() {
        return figure("state-writes") > 0
                ? "Shared state was written, but no write was seen elsewhere."
                : "The scenario writes no shared state: add writes to its workload to see how soon they are visible.";
    }

    private double figure(String name) {
        return result.metrics().getOrDefault(name, 0.0);
    }

    /** What the watched member went through, and between it, set off, what the scenario did. */
    private void story() {
        section("Story", "The story of " + (result.watched().isEmpty() ? "one member" : result.watched()), "");
        if (result.story().isEmpty()) {
            empty(
                    result.watched().isEmpty()
                            ? "No member was watched."
                            : "Nothing happened to " + result.watched() + ".");
        } else {
            List<Map.Entry<Incident, Boolean>> all = new ArrayList<>();
            result.faults().forEach(fault -> all.add(Map.entry(fault, true)));
            result.story().forEach(incident -> all.add(Map.entry(incident, false)));
            all.sort(Comparator.comparingDouble(each -> each.getKey().seconds()));
            html.open("div", "class", all.size() > 2 * LONG ? "card scroll tall" : "card")
                    .open("ol", "class", "story");
            for (Map.Entry<Incident, Boolean> each : all.subList(0, Math.min(all.size(), MOST_LINES))) {
                html.open("li", "class", each.getValue() ? "fault" : "");
                html.element("time", moment(each.getKey().seconds()));
                html.open("span", "class", "rail").close("span");
                html.element("span", each.getKey().text(), "class", "text")
                        .close("li")
                        .line();
            }
            html.close("ol").close("div");
            leftOut(all.size());
        }
        html.close("section").line();
    }
}
