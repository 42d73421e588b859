package dev.hearsay.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run: a table for people, and the same as one line of JSON. */
final class Report {
    private final String bench;
    private final List<Figure> figures = new ArrayList<>();

    private record Figure(String name, Object value, String unit) {}

    Report(String bench) {
        this.bench = bench;
    }

    /** Adds a figure; the name is its key in JSON. */
    Report line(String name, Object value, String unit) {
        figures.add(new Figure(name, value, unit));
        return this;
    }

    /** Prints the table, then the JSON. */
    void print() {
        StringBuilder json = new StringBuilder("{\"bench\":\"" + bench + '"');
        for (Figure figure : figures) {
            String value = text(figure.value);
            System.out.printf("%-32s %14s %s%n", figure.name.replace('_', ' '), value, figure.unit);
            boolean number = figure.value instanceof Number n && Double.isFinite(n.doubleValue());
            json.append(",\"").append(figure.name).append("\":").append(number ? value : '"' + value + '"');
        }
        System.out.println(json.append('}'));
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.3f", number) : String.valueOf(value);
    }
}
