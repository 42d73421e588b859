package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.scenario.ScenarioException;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.util.List;
import java.util.Locale;

/** The head of the page: what was run, whether it came out as expected, and the way to the sections. */
final class PageHeader {
    private final RunResult result;

    PageHeader(RunResult result) {
        this.result = result;
    }

    /** What was run, and whether it came out as expected. */
    String write() {
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

    /** By what a link in the header finds the section of that title. */
    static String id(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
