package dev.hearsay.agent.rpc;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What {@code members-filtered} asks for: regular expressions on name, status and tags, each of which must match the whole
 * value. An empty expression for name or status matches everything; one for a tag matches only an empty value, as which a
 * missing tag reads.
 *
 * <p>The expressions are Go's (RE2): matching takes time in proportion to the value. The cost of an expression itself is
 * bounded by its length and its repetitions, which are written out before matching.
 */
final class MemberFilter {
    /** Longest expression accepted, in characters. */
    static final int MAX_LENGTH = 1024;
    /** Largest expression accepted once its repetitions are written out: its length times all its counts. */
    static final long MAX_WRITTEN_OUT = 200_000;

    private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

    private final List<Rule> rules = new ArrayList<>();

    /**
     * A filter from the request's fields.
     *
     * @throws RpcException if an expression is not valid or too long; it names the expression
     */
    MemberFilter(String name, String status, Map<String, String> tags) throws RpcException {
        if (!name.isEmpty()) {
            add(name, WireMember::name);
        }
        if (!status.isEmpty()) {
            add(status, WireMember::status);
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            add(tag.getValue(), m -> m.tags().getOrDefault(tag.getKey(), ""));
        }
    }

    /** Whether every expression matches. */
    boolean matches(WireMember member) {
        for (Rule rule : rules) {
            if (!rule.pattern.matches(rule.value.apply(member))) {
                return false;
            }
        }
        return true;
    }

    private void add(String expression, Function<WireMember, String> value) throws RpcException {
        if (expression.length() > MAX_LENGTH) {
            throw new RpcException(
                    "Regular expression has " + expression.length() + " characters: at most " + MAX_LENGTH);
        }
        if (writtenOut(expression) > MAX_WRITTEN_OUT) {
            throw new RpcException("Regular expression repeats too much: '" + expression + "'");
        }
        try {
            rules.add(new Rule(Pattern.compile(expression), value));
        } catch (PatternSyntaxException e) {
            throw new RpcException("Failed to compile regex: " + e.getMessage());
        }
    }

    /** No less than the size of the expression when {@code x{3}} is written {@code xxx}. */
    private static long writtenOut(String expression) {
        double size = expression.length();
        Matcher counts = COUNT.matcher(expression);
        while (counts.find()) {
            String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            size *= Math.max(1, Double.parseDouble(most));
        }
        return (long) size;
    }

    private record Rule(Pattern pattern, Function<WireMember, String> value) {}
}
