package dev.hearsay.examples.alertmanager;

import java.util.List;

/**
 * One condition of a silence: what a label of an alert must be.
 *
 * @param type a number of Alertmanager's: 0 equal, 1 matches the expression, 2 not equal, 3 does not match
 * @param name of the label
 * @param pattern the value or the regular expression
 */
record Matcher(int type, String name, String pattern) {
    private static final List<String> OPERATORS = List.of("=", "=~", "!=", "!~");

    /** In Alertmanager's notation, as {@code job=~"web.*"}; the operator is {@code ?} if it is of a later release. */
    @Override
    public String toString() {
        String operator = type >= 0 && type < OPERATORS.size() ? OPERATORS.get(type) : "?";
        return Text.plain(name) + operator + Text.quote(pattern);
    }
}
