package dev.hearsay.agent.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws a {@link DemoView} as a table: a row for each observer, a column for each member. */
final class DemoTable {
    private static final int WIDE = 9;
    private static final Map<String, String> COLORS = Map.of(
            "alive", "\u001b[32m",
            "suspect", "\u001b[33;1m",
            "failed", "\u001b[31;1m",
            "left", "\u001b[2m",
            "leaving", "\u001b[2m");
    private static final String PLAIN = "\u001b[0m";

    private final List<String> names;
    private final DemoView view;
    private final boolean colors;

    DemoTable(List<String> names, DemoView view, boolean colors) {
        this.names = names;
        this.view = view;
        this.colors = colors;
    }

    /** The table's lines, with an empty one before and after. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        StringBuilder head = new StringBuilder("             ");
        names.forEach(name -> head.append(pad(name)));
        lines.add(head.toString().stripTrailing());
        for (String observer : names) {
            lines.add(row(observer));
        }
        lines.add("");
        return lines;
    }

    private String row(String observer) {
        String label = String.format("  %-4s sees  ", observer);
        if (!view.present(observer)) {
            return String.format("  %-4s (not running)", observer);
        }
        StringBuilder row = new StringBuilder(label);
        for (String member : names) {
            row.append(cell(view.belief(observer, member)));
        }
        return row.toString().stripTrailing();
    }

    private String cell(String status) {
        String word = pad(status.isEmpty() ? "-" : status);
        String color = colors ? COLORS.getOrDefault(status, "") : "";
        return color.isEmpty() ? word : color + word + PLAIN;
    }

    /** Words in columns; in a large cluster, only their first letters. */
    private String pad(String word) {
        boolean narrow = names.size() > 8;
        int width = narrow ? 4 : WIDE;
        String shown = narrow && !names.contains(word) ? word.substring(0, 1) : word;
        return shown + " ".repeat(Math.max(1, width - shown.length()));
    }
}
