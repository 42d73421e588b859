package dev.hearsay.experiment.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seeds that every point of a sweep is run with.
 *
 * @param values ascending, each once
 */
public record Seeds(List<Long> values) {
    private static final Pattern PART = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

    /** Sorts. */
    public Seeds {
        values = values.stream().sorted().toList();
    }

    /**
     * Reads {@code 20} (from 1 to 20), {@code 5..9}, {@code 3,7,9}, or ranges and numbers with commas between.
     *
     * @throws SweepException if it has no such form, or there are more than a sweep may have runs; names the text and the rule
     */
    public static Seeds parse(String text) throws SweepException {
        String[] parts = text.strip().split("\\s*,\\s*", -1);
        boolean count = parts.length == 1 && !text.contains("..");
        Set<Long> seeds = new LinkedHashSet<>();
        for (String part : parts) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw invalid(
                        text, "must be a number of seeds such as 20, a range such as 1..20, or a list such as 3,7,9");
            }
            long from = count ? 1 : Long.parseLong(matcher.group(1));
            long to = Long.parseLong(matcher.group(2) == null ? matcher.group(1) : matcher.group(2));
            if (to < from) {
                throw invalid(text, count ? "must be at least 1" : "must go upwards: " + to + " is less than " + from);
            }
            if (to - from >= Plan.MOST_RUNS) {
                throw invalid(
                        text, "are " + (to - from + 1) + " seeds; a sweep has at most " + Plan.MOST_RUNS + " runs");
            }
            for (long seed = from; seed <= to; seed++) {
                if (!seeds.add(seed)) {
                    throw invalid(text, "has the seed " + seed + " twice");
                }
            }
        }
        return new Seeds(List.copyOf(seeds));
    }

    private static SweepException invalid(String text, String rule) {
        return new SweepException("--seeds " + text + " " + rule);
    }

    /** Whether it is one of them. */
    boolean contains(long seed) {
        return Collections.binarySearch(values, seed) >= 0;
    }

    /** In the shortest form that {@link #parse} reads as the same, other than a mere count. */
    public String show() {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < values.size(); i++) {
            boolean last = i == values.size() - 1 || values.get(i + 1) != values.get(i) + 1;
            if (last) {
                boolean alone = from == i && values.size() > 1;
                parts.add(alone ? values.get(i).toString() : values.get(from) + ".." + values.get(i));
                from = i + 1;
            }
        }
        return String.join(",", parts);
    }
}
