package dev.hearsay.experiment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Figures that belong together.
 *
 * @param caption what they are figures of
 * @param reference what measured figures are held against: "published" or "theory" or "model"
 * @param cases what distinguishes the rows: headings of the first columns
 * @param figures headings of the others
 * @param rows each with as many cases and figures
 */
public record Table(String caption, String reference, List<String> cases, List<String> figures, List<Row> rows) {

    /**
     * One row.
     *
     * @param cases which case it is
     * @param figures what was measured
     */
    public record Row(List<String> cases, List<Figure> figures) {}

    /**
     * One figure.
     *
     * @param measured NaN if it could not be measured
     * @param reference what it is held against; NaN if there is nothing
     */
    public record Figure(double measured, double reference) {
        /** A figure that nothing is known about. */
        public static Figure of(double measured) {
            return new Figure(measured, Double.NaN);
        }

        /** Measured by reference; NaN if there is none. */
        public double ratio() {
            return measured / reference;
        }
    }

    /** Checks that all rows have as many columns as there are headings. */
    public Table {
        for (Row row : rows) {
            if (row.cases.size() != cases.size() || row.figures.size() != figures.size()) {
                throw new IllegalArgumentException("row " + row + " must have " + cases.size() + " cases and "
                        + figures.size() + " figures in '" + caption + "'");
            }
        }
    }

    /** The figure of that name in the row of these cases. */
    public Figure figure(String figure, String... of) {
        return rows.stream()
                .filter(row -> row.cases.equals(List.of(of)))
                .map(row -> row.figures.get(figures.indexOf(figure)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row " + List.of(of) + " in '" + caption + "'"));
    }

    /** As Markdown: what is known of a figure, if anything, stands before what was measured, and their ratio behind. */
    String markdown() {
        List<Boolean> known = IntStream.range(0, figures.size())
                .mapToObj(i -> rows.stream().anyMatch(row -> !Double.isNaN(row.figures.get(i).reference)))
                .toList();
        List<String> head = new ArrayList<>(cases);
        for (int i = 0; i < figures.size(); i++) {
            if (known.get(i)) {
                head.addAll(List.of(figures.get(i) + ", " + reference, "measured", "ratio"));
            } else {
                head.add(figures.get(i));
            }
        }
        StringBuilder text = new StringBuilder("**" + caption + "**\n\n");
        line(text, head);
        line(
                text,
                IntStream.range(0, head.size())
                        .mapToObj(i -> i < cases.size() ? "---" : "--:")
                        .toList());
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(row.cases);
            for (int i = 0; i < figures.size(); i++) {
                Figure figure = row.figures.get(i);
                if (known.get(i)) {
                    cells.add(number(figure.reference));
                }
                cells.add(number(figure.measured));
                if (known.get(i)) {
                    cells.add(Double.isNaN(figure.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio()));
                }
            }
            line(text, cells);
        }
        return text.append('\n').toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Three digits, or all before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "";
        }
        if (value == Math.rint(value) && size < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        if (size < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
