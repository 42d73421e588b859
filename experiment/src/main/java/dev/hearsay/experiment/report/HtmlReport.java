package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.Incident;
import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A result as one page that needs nothing besides itself: opened from a disk or sent by mail, it asks no server for anything,
 * and its policy (CSP) forbids that, and every script but its own two. What is to be read stands in the page; scripts only draw.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes the page. */
    public static void write(RunResult result, Appendable out) throws IOException {
        PageSections page = new PageSections(result);
        String sections = page.sections();
        Page.write(
                out,
                result.scenario() + ", seed " + result.seed() + " – Hearsay",
                new PageHeader(result).write(),
                sections,
                data(result, page.plots()),
                "data.js",
                "plots.js",
                "page.js");
    }

    /** What the script draws. */
    private static Map<String, Object> data(RunResult result, List<Plot> plots) {
        List<Map<String, Object>> faults = result.faults().stream()
                .filter(fault -> Double.isFinite(fault.seconds()))
                .map(HtmlReport::fault)
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("plots", plots);
        data.put("faults", faults);
        return data;
    }

    private static Map<String, Object> fault(Incident fault) {
        return Map.of("at", fault.seconds(), "text", fault.text());
    }
}
