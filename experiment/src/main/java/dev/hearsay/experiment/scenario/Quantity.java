package dev.hearsay.experiment.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A form of values in a scenario file.
 *
 * @param rule what they must be, for a person
 * @param reader throws an {@link IllegalArgumentException} for what is not of that form; without a message, the rule says enough
 */
record Quantity<T>(String rule, Function<String, T> reader) {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|µs|ms|s|min|m|h|d)");
    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(bit|kbit|Mbit|Gbit|B|kB|MB|GB)/s");
    private static final Pattern SHARE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(%?)");
    private static final Pattern PPM = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)\\s*(ppm|%)");
    private static final Pattern COUNT = Pattern.compile("[0-9][0-9_]*");
    private static final BigDecimal LONGEST =
            BigDecimal.valueOf(Duration.ofDays(365).toNanos());

    static final Quantity<String> TEXT = new Quantity<>("must be a text", text -> text);

    static final Quantity<Duration> DURATION =
            new Quantity<>("must be a duration such as 500ms, 30s, 2m or 1m30s", Quantity::duration);

    static final Quantity<Duration> SOME_TIME = DURATION.where("must be above 0", time -> !time.isZero());

    static final Quantity<Double> SHARE_OF =
            new Quantity<>("must be a share, 0 % to 100 %, or 0 to 1", Quantity::share);

    static final Quantity<Double> BYTES_PER_SECOND =
            new Quantity<>("must be a rate such as 10 Mbit/s or 500 kB/s, or 'unlimited'", Quantity::bytesPerSecond);

    static final Quantity<Double> PARTS_PER_MILLION =
            new Quantity<>("must be a deviation such as 200 ppm, -50 ppm or 1 %", Quantity::ppm);

    static final Quantity<Boolean> YES_NO = oneOf(List.of(true, false), value -> value ? "true" : "false");

    T read(String text) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }

    /** The same form with a stricter rule. */
    Quantity<T> where(String stricter, java.util.function.Predicate<T> holds) {
        return new Quantity<>(stricter, text -> {
            T value = read(text);
            if (!holds.test(value)) {
                throw new IllegalArgumentException(stricter);
            }
            return value;
        });
    }

    /** The same form, of which something else is made. */
    <U> Quantity<U> then(Function<T, U> made) {
        return new Quantity<>(rule, text -> made.apply(read(text)));
    }

    /** Also -1, which some settings have for "as it fits". */
    static Quantity<Integer> orMinusOne(Quantity<Integer> form) {
        return new Quantity<>(form.rule, text -> text.equals("-1") ? Integer.valueOf(-1) : form.read(text));
    }

    /** Whole numbers from one to another, both included. */
    static Quantity<Integer> count(int least, int most) {
        String rule = "must be a whole number, " + least + " to " + most;
        return new Quantity<>(rule, text -> {
            if (!COUNT.matcher(text).matches()) {
                throw new IllegalArgumentException(rule);
            }
            BigDecimal value = new BigDecimal(text.replace("_", ""));
            if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new IllegalArgumentException(rule);
            }
            return value.intValueExact();
        });
    }

    /** Any whole number of 64 bits. */
    static final Quantity<Long> SEED = new Quantity<>("must be a whole number", Long::parseLong);

    /** One of these, by its name in lower case with hyphens. */
    static <T> Quantity<T> oneOf(List<T> choices, Function<T, String> name) {
        String rule = "must be " + choices.stream().map(name).collect(Collectors.joining(" or "));
        return new Quantity<>(
                rule,
                text -> choices.stream()
                        .filter(choice -> name.apply(choice).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(rule)));
    }

    /** The constants of an enum. */
    static <E extends Enum<E>> Quantity<E> oneOf(Class<E> type) {
        return oneOf(Arrays.asList(type.getEnumConstants()), Quantity::nameOf);
    }

    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration duration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = AMOUNT.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit(matcher.group(2)))));
            end = matcher.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException(DURATION.rule);
        }
        if (nanos.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most 365d");
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static long unit(String sign) {
        return switch (sign) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }

    private static double share(String text) {
        Matcher matcher = SHARE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(SHARE_OF.rule);
        }
        double value = Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
        if (value > 1) {
            throw new IllegalArgumentException(SHARE_OF.rule);
        }
        return value;
    }

    private static double bytesPerSecond(String text) {
        if (text.equals("unlimited")) {
            return 0;
        }
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(BYTES_PER_SECOND.rule);
        }
        String sign = matcher.group(2);
        double scale = switch (sign.charAt(0)) {
            case 'k' -> 1e3;
            case 'M' -> 1e6;
            case 'G' -> 1e9;
            default -> 1;
        };
        double rate = Double.parseDouble(matcher.group(1)) * scale / (sign.endsWith("bit") ? 8 : 1);
        if (rate < 1) {
            throw new IllegalArgumentException("must be at least 1 B/s");
        }
        return rate;
    }

    private static double ppm(String text) {
        Matcher matcher = PPM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(PARTS_PER_MILLION.rule);
        }
        return Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("%") ? 10_000 : 1);
    }
}
