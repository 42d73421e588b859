package dev.hearsay.agent.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code members-filtered} asks for: regular expressions on name, status and tags, each of which must match the whole
 * value (Serf anchors them as {@code ^(expr)$}). An empty expression matches everything; a missing tag reads as empty.
 *
 * <p>The expressions come from outside, so their cost is bounded: by their length, and by the steps that matching may take,
 * since Java's engine backtracks where Go's does not.
 */
final class MemberFilter {
    /** Longest expression accepted, in characters. */
    static final int MAX_LENGTH = 1024;
    /** Most characters that matching may look at for one request. */
    static final int MAX_STEPS = 5_000_000;

    private final List<Rule> rules = new ArrayList<>();
    private int steps;

    /**
     * A filter from the request's fields.
     *
     * @throws RpcException if an expression is not valid or too long; it names the expression
     */
    MemberFilter(String name, String status, Map<String, String> tags) throws RpcException {
        add(name, WireMember::name);
        add(status, WireMember::status);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            add(tag.getValue(), m -> m.tags().getOrDefault(tag.getKey(), ""));
        }
    }

    /**
     * Whether every expression matches.
     *
     * @throws RpcException if matching takes more than {@value #MAX_STEPS} steps altogether
     */
    boolean matches(WireMember member) throws RpcException {
        for (Rule rule : rules) {
            try {
                if (!rule.pattern.matcher(new Counted(rule.value.apply(member))).matches()) {
                    return false;
                }
            } catch (TooManySteps | StackOverflowError e) {
                throw new RpcException("Regular expression takes too long: " + rule.pattern);
            }
        }
        return true;
    }

    private void add(String expression, Function<WireMember, String> value) throws RpcException {
        if (expression.isEmpty()) {
            return;
        }
        if (expression.length() > MAX_LENGTH) {
            throw new RpcException(
                    "Regular expression has " + expression.length() + " characters: at most " + MAX_LENGTH);
        }
        try {
            rules.add(new Rule(Pattern.compile(expression), value));
        } catch (PatternSyntaxException e) {
            throw new RpcException("Failed to compile regex: " + e.getDescription() + " in '" + expression + "'");
        } catch (StackOverflowError e) {
            throw new RpcException("Failed to compile regex: nested too deeply");
        }
    }

    private record Rule(Pattern pattern, Function<WireMember, String> value) {}

    /** Matching looked at more characters than it may. */
    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("", null, false, false);
        }
    }

    /** A text that counts how often it is looked at: the only hook that Java's engine offers. */
    private final class Counted implements CharSequence {
        private final String text;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
