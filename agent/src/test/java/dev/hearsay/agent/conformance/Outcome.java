package dev.hearsay.agent.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a command printed, first what went to the standard output and then what went to the standard error, and its exit code;
 * or what was seen of its effect.
 *
 * @param text without what differs from run to run
 * @param code the exit code; 0 for an effect
 */
record Outcome(String text, int code) {
    static Outcome of(String text, int code) {
        return new Outcome(text, code);
    }

    static Outcome effect(Object seen) {
        return new Outcome(seen + "\n", 0);
    }

    /** With another text in place of whatever the expression matches. */
    Outcome with(String expression, String replacement) {
        return new Outcome(text.replaceAll(expression, replacement), code);
    }

    /** The lines in order of the alphabet, without the commas of JSON: for what comes in no order. */
    Outcome unordered() {
        String sorted = text.lines()
                .map(line -> line.replaceFirst(",$", ""))
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Outcome(sorted, code);
    }

    /**
     * With the tags at the end of a member's line in order: Go's maps have none. Without blanks at the end of a line: the last
     * line has none, and which line is the last is random.
     */
    Outcome tagsInOrder() {
        String ordered = text.lines()
                .map(line -> tagsInOrder(line).stripTrailing() + "\n")
                .collect(Collectors.joining());
        return new Outcome(ordered, code);
    }

    private static String tagsInOrder(String line) {
        String[] columns = line.split("  +", -1);
        for (int i = 3; i < columns.length; i++) {
            List<String> tags = Arrays.asList(columns[i].split(",", -1));
            columns[i] = tags.stream().allMatch(tag -> tag.matches("\\w+=.*"))
                    ? tags.stream().sorted().collect(Collectors.joining(","))
                    : columns[i];
        }
        return String.join("  ", columns);
    }
}
