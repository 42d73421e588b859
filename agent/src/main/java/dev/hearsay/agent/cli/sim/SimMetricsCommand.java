package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.Columns;
import dev.hearsay.agent.cli.Json;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.run.Metric;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim metrics}. */
@Command(
        name = "sim metrics",
        sortOptions = false,
        customSynopsis = "hearsay sim metrics [options]",
        description = {
            "",
            "Lists every figure that a run may have: its name as scenarios and results have it, its unit, which direction is the better "
                    + "one, and what it means. Behind a dot stands a quantile of a distribution.",
            ""
        },
        footer = {"", "Examples:", "  hearsay sim metrics | grep event"})
final class SimMetricsCommand extends SimTask {
    @Option(names = "-format", order = 1, paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    SimMetricsCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException {
        if (Values.json(format)) {
            out.println(Json.show(
                    Metric.ALL.values().stream().map(SimMetricsCommand::fields).toList()));
            return PASSED;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "UNIT", "BETTER", "MEANING"));
        for (Metric metric : Metric.ALL.values()) {
            String unit = metric.unit().sign();
            rows.add(List.of(metric.name(), unit.isEmpty() ? "-" : unit, better(metric), metric.meaning()));
        }
        out.println(Columns.align(rows));
        return PASSED;
    }

    private static String better(Metric metric) {
        return metric.better().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> fields(Metric metric) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", metric.name());
        fields.put("unit", metric.unit().sign());
        fields.put("better", better(metric));
        fields.put("meaning", metric.meaning());
        return fields;
    }
}
