package dev.hearsay.experiment.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of the scenario that a sweep varies.
 *
 * @param path keys of the scenario file from the top, with dots: {@code network.loss}
 * @param values what stands there instead, in the order they were given
 */
public record Axis(String path, List<String> values) {
    /** Most values that one axis takes. */
    public static final int MOST_VALUES = 1_000;

    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");

    /** Copies. */
    public Axis {
        values = List.copyOf(values);
    }

    /**
     * Reads {@code network.loss=0%,5%,10%} or {@code config.gossipFanout=2..4}: values with commas between, or whole numbers from one to
     * another. A comma within brackets belongs to its value.
     *
     * @throws SweepException if it has no such form; names the text and the rule
     */
    public static Axis parse(String text) throws SweepException {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw invalid(text, "must be key=value,value,... such as network.loss=0%,5%");
        }
        String path = text.substring(0, equals).strip();
        String list = text.substring(equals + 1).strip();
        Matcher range = RANGE.matcher(list);
        List<String> values = range.matches()
                ? range(text, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                : split(list);
        Set<String> seen = new HashSet<>();
        for (String value : values) {
            if (value.isEmpty()) {
                throw invalid(text, "has an empty value");
            }
            if (!seen.add(value)) {
                throw invalid(text, "has the value " + value + " twice");
            }
        }
        if (values.size() > MOST_VALUES) {
            throw invalid(text, "has " + values.size() + " values; at most " + MOST_VALUES + " are allowed");
        }
        return new Axis(path, values);
    }

    private static List<String> range(String text, int from, int to) throws SweepException {
        if (to < from) {
            throw invalid(text, "must go upwards: " + to + " is less than " + from);
        }
        if (to - (long) from >= MOST_VALUES) {
            throw invalid(text, "has " + (to - (long) from + 1) + " values; at most " + MOST_VALUES + " are allowed");
        }
        List<String> values = new ArrayList<>();
        for (int value = from; value <= to; value++) {
            values.add(Integer.toString(value));
        }
        return values;
    }

    private static List<String> split(String list) {
        List<String> values = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                values.add(list.substring(start, i).strip());
                start = i + 1;
            }
        }
        values.add(list.substring(start).strip());
        return values;
    }

    private static SweepException invalid(String text, String rule) {
        return new SweepException("--vary " + text + " " + rule);
    }

    /** As it could have been given. */
    public String show() {
        return path + "=" + String.join(",", values);
    }
}
