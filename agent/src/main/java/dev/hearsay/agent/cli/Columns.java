package dev.hearsay.agent.cli;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Aligns rows of text in columns two spaces apart, the last one ragged. Rows may differ in length. As where Serf does it, an
 * empty last cell leaves blanks behind it, but not at the end of all.
 */
public final class Columns {
    private Columns() {}

    /** The rows as lines. */
    public static String align(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> line(row, widths))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(i == 0 ? "" : "  ").append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - cell.length()));
            }
        }
        return line.toString();
    }
}
