package dev.hearsay.experiment.fuzz;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that say less than others: shorter, or as long and smaller. Taking simpler ones comes to an end. */
final class Simpler {
    private static final Pattern AMOUNT = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(\\s*)(us|ms|s|%|ppm|kB/s|)");
    private static final Pattern SOME =
            Pattern.compile("(?:random .*|[0-9.]+ *%)(?: of .*)?|zone .*|n[0-9]+\\.\\.n[0-9]+");
    private static final Pattern RANGE = Pattern.compile("(n[0-9]+)\\.\\.n[0-9]+");
    private static final int MILLIS = 1_000;

    private Simpler() {}

    /** Simpler values than that one, the simplest first. */
    static List<String> than(String text) {
        List<String> found = new ArrayList<>();
        Matcher amount = AMOUNT.matcher(text);
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            found.add(range.group(1));
        }
        if (SOME.matcher(text).matches()) {
            found.addAll(List.of("n0", "n1", "random 1"));
        }
        if (amount.matches()) {
            amounts(new BigDecimal(amount.group(1)), amount.group(2), amount.group(3), found);
        }
        return found.stream()
                .distinct()
                .filter(each -> order().compare(each, text) < 0)
                .sorted(order())
                .toList();
    }

    private static void amounts(BigDecimal value, String space, String unit, List<String> found) {
        if (unit.equals("ms") && value.compareTo(BigDecimal.valueOf(MILLIS)) >= 0) {
            BigDecimal seconds = value.divide(BigDecimal.valueOf(MILLIS), 3, RoundingMode.HALF_UP);
            found.add(seconds.setScale(0, RoundingMode.UP).toPlainString() + "s");
            amounts(seconds, space, "s", found);
            return;
        }
        BigDecimal half = value.divide(BigDecimal.valueOf(2), 0, RoundingMode.UP);
        for (BigDecimal each : List.of(
                value.setScale(0, RoundingMode.UP),
                half,
                half.round(new java.math.MathContext(1, RoundingMode.UP)),
                BigDecimal.ONE,
                BigDecimal.valueOf(2),
                BigDecimal.TEN)) {
            found.add(each.toPlainString() + space + unit);
        }
    }

    private static Comparator<String> order() {
        return Comparator.comparingInt(String::length)
                .thenComparing(Simpler::size)
                .thenComparing(Comparator.naturalOrder());
    }

    private static BigDecimal size(String text) {
        Matcher amount = AMOUNT.matcher(text);
        return amount.matches() ? new BigDecimal(amount.group(1)) : BigDecimal.ZERO;
    }
}
