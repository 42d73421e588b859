package dev.hearsay.bench.lifeguard;

import dev.hearsay.experiment.lifeguard.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plot of false positives over latency, both in percent of plain SWIM's: to the left and below is better. */
final class Frontier {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 480;
    private static final int MARGIN = 70;
    private static final double MOST_LATENCY = 120;

    /** The scale is logarithmic; what is less, none included, stands on the lowest line. */
    private static final double LEAST = 0.01;

    private static final double MOST = 100;
    private static final Map<String, String> COLOURS =
            Map.of(Variant.SWIM, "#777777", Variant.LIFEGUARD, "#c0392b", Variant.HEARSAY, "#2471a3");

    /** One variant's result. */
    record Point(String system, String label, double latencyPercent, double falsePositivePercent) {}

    private Frontier() {}

    /** A picture that needs nothing beside itself. */
    static String svg(List<Point> points) {
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        axes(svg);
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (Point point : points) {
            String at = text("%.1f,%.1f ", x(point.latencyPercent), y(point.falsePositivePercent));
            lines.computeIfAbsent(point.system, any -> new StringBuilder()).append(at);
        }
        int row = 0;
        for (Map.Entry<String, StringBuilder> line : lines.entrySet()) {
            String colour = COLOURS.getOrDefault(line.getKey(), "black");
            svg.append(text(
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n",
                    line.getValue().toString().trim(), colour));
            svg.append(text(
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\" font-weight=\"bold\">%s</text>%n",
                    MARGIN + 12, MARGIN / 2 + 30 + 18 * row++, colour, line.getKey()));
        }
        for (Point point : points) {
            double x = x(point.latencyPercent);
            double y = y(point.falsePositivePercent);
            String colour = COLOURS.getOrDefault(point.system, "black");
            svg.append(text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n", x, y, colour));
            svg.append(text("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n", x + 7, y - 6, colour, point.label));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void axes(StringBuilder svg) {
        for (double percent = LEAST; percent <= MOST; percent *= 10) {
            double y = y(percent);
            svg.append(text(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                    MARGIN, y, WIDTH - 20, y));
            String label = percent == LEAST ? "0" : percent >= 1 ? text("%.0f", percent) : text("%.1f", percent);
            svg.append(text("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s %%</text>%n", MARGIN - 8, y + 4, label));
        }
        for (int percent = 0; percent <= MOST_LATENCY; percent += 20) {
            double x = x(percent);
            svg.append(text(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>%n",
                    x, MARGIN / 2, x, HEIGHT - MARGIN));
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d %%</text>%n",
                    x, HEIGHT - MARGIN + 20, percent));
        }
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">until all list a silent member as failed (median), in"
                        + " percent of SWIM's</text>%n",
                (WIDTH + MARGIN) / 2, HEIGHT - 20));
        svg.append(text(
                "<text x=\"18\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 18 %d)\">false positives, in"
                        + " percent of SWIM's</text>%n",
                HEIGHT / 2, HEIGHT / 2));
    }

    private static double x(double percent) {
        double share = Math.min(MOST_LATENCY, percent) / MOST_LATENCY;
        return MARGIN + share * (WIDTH - MARGIN - 20);
    }

    private static double y(double percent) {
        double decades = Math.log10(MOST / LEAST);
        double share = Math.log10(Math.max(LEAST, Math.min(MOST, percent)) / LEAST) / decades;
        return HEIGHT - MARGIN - share * (HEIGHT - MARGIN - MARGIN / 2.0);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
    }
}
