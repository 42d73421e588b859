package dev.hearsay.experiment.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.run.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds docs/scenarios.md against the code. */
class ScenariosPageTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "scenarios.md"));
    }

    @Test
    void every_action_every_metric_and_every_ready_scenario_is_on_the_page() throws IOException {
        String page = page();
        List<String> missing = new ArrayList<>();
        for (String action : Faults.keys()) {
            if (!page.contains("| `" + action + ":")) {
                missing.add(action);
            }
        }
        for (String metric : Metric.ALL.keySet()) {
            if (!page.contains("`" + metric.replaceAll("\\..*", "") + "`")) {
                missing.add(metric);
            }
        }
        for (String name : ReadyScenarios.names()) {
            if (!page.contains("| `" + name + "` |")) {
                missing.add(name);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void the_example_on_the_page_can_be_run() throws IOException {
        String page = page();
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        Scenario scenario = ScenarioFile.read("page", page.substring(begin, page.indexOf("```", begin)));
        assertTrue(scenario.expectations().size() == 3, scenario::toString);
    }
}
