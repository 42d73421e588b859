package dev.hearsay.agent.rpc;

import com.google.re2j.Pattern;
import dev.hearsay.wire.QueryFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What {@code members-filtered} asks for: regular expressions on name, status and tags, each of which must match the whole
 * value. An empty expression for name or status matches everything; one for a tag matches only an empty value, as which a
 * missing tag reads.
 *
 * <p>The expressions are RE2's, as in Go, and bounded as those of queries are ({@link QueryFilters#pattern}).
 */
final class MemberFilter {
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
        try {
            rules.add(new Rule(QueryFilters.pattern(expression), value));
        } catch (IllegalArgumentException e) {
            throw new RpcException("Failed to compile regex: " + e.getMessage());
        }
    }

    private record Rule(Pattern pattern, Function<WireMember, String> value) {}
}
