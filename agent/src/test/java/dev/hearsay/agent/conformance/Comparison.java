package dev.hearsay.agent.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came out of the steps in each way, beside what came out of Serf's command line with Serf's agent. What differs is an
 * error unless {@link Differences} lists it; and what is listed but does not differ is one, too.
 */
final class Comparison {
    private static final int STEP_WIDTH = 46;

    private final Map<Way, Map<String, Outcome>> outcomes;
    private final List<String> errors = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();
    private final List<String> rows = new ArrayList<>();

    Comparison(Map<Way, Map<String, Outcome>> outcomes) {
        this.outcomes = outcomes;
        Map<String, Outcome> reference = outcomes.getOrDefault(Way.SERF_SERF, Map.of());
        reference.forEach(this::compare);
        for (Difference each : Differences.ALL) {
            if (!seen.contains(each.id())) {
                errors.add(each.id() + " is listed as a difference, but nothing differs");
            }
        }
    }

    private void compare(String step, Outcome expected) {
        Map<Way, String> cells = new LinkedHashMap<>();
        outcomes.forEach((way, all) -> {
            Outcome actual = all.get(step);
            if (way == Way.SERF_SERF) {
                cells.put(way, "exit " + expected.code());
            } else if (expected.equals(actual)) {
                cells.put(way, "same");
            } else {
                cells.put(way, judge(way, step, expected, actual));
            }
        });
        StringBuilder row = new StringBuilder(pad(step, STEP_WIDTH));
        cells.forEach((way, cell) -> row.append(pad(cell, way.text().length())).append("  "));
        rows.add(row.toString().stripTrailing());
    }

    private String judge(Way way, String step, Outcome expected, Outcome actual) {
        List<String> ids = new ArrayList<>();
        for (Difference each : Differences.ALL) {
            if (each.allows(way, step, actual)) {
                seen.add(each.id());
                ids.add(each.id());
            }
        }
        if (ids.isEmpty()) {
            errors.add("'" + step + "' with " + way.text() + ":\n" + indent(actual) + "\n  where Serf has:\n"
                    + indent(expected));
            return "DIFFERS";
        }
        return String.join("+", ids);
    }

    /** What differs and is not listed, and what is listed and does not differ; one text each. */
    List<String> errors() {
        return errors;
    }

    /** Prints the steps with what came of them. */
    void print(PrintStream out) {
        StringBuilder head = new StringBuilder(pad("step", STEP_WIDTH));
        outcomes.keySet().forEach(way -> head.append(way.text()).append("  "));
        out.println(head.toString().stripTrailing());
        rows.forEach(out::println);
        out.printf("%n%d steps, %d listed differences, %d errors%n", rows.size(), seen.size(), errors.size());
        errors.forEach(error -> out.println("\n" + error));
    }

    private static String pad(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    private static String indent(Outcome outcome) {
        return "    exit " + outcome.code() + "\n"
                + outcome.text().lines().map(line -> "    " + line + "\n").reduce("", String::concat);
    }
}
