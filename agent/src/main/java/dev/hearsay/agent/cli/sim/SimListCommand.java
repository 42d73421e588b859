package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.agent.cli.Json;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.scenario.ReadyScenarios;
import dev.hearsay.experiment.scenario.Scenario;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim list}. */
@Command(
        name = "sim list",
        sortOptions = false,
        customSynopsis = "hearsay sim list [options]",
        description = {
            "",
            "Lists the scenarios that come with Hearsay: how many members, how long, and what they show.",
            ""
        },
        footer = {"", "Examples:", "  hearsay sim list"})
final class SimListCommand extends SimTask {
    private static final int WIDTH = 100;

    @Option(names = "-format", order = 1, paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    SimListCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException {
        boolean json = Values.json(format);
        List<Scenario> all =
                ReadyScenarios.names().stream().map(ReadyScenarios::scenario).toList();
        if (json) {
            out.println(Json.show(all.stream().map(SimListCommand::fields).toList()));
        } else {
            int width =
                    all.stream().mapToInt(each -> each.name().length()).max().orElse(0);
            all.forEach(each -> print(each, width));
        }
        return PASSED;
    }

    private static Map<String, Object> fields(Scenario scenario) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", scenario.name());
        fields.put("members", scenario.members().count());
        fields.put("seconds", scenario.duration().toSeconds());
        fields.put("about", scenario.about());
        return fields;
    }

    private void print(Scenario scenario, int width) {
        String head = String.format(
                "%-" + width + "s  %6d members  %6s  ",
                scenario.name(),
                scenario.members().count(),
                GoDuration.text(scenario.duration()));
        // What a scenario is about is told in its first sentence.
        List<String> lines = wrap(scenario.about().replaceFirst("(?s)(?<=[.:])\\s.*", ""), WIDTH - head.length());
        out.println(head + lines.get(0));
        lines.stream().skip(1).forEach(line -> out.println(" ".repeat(head.length()) + line));
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
