package dev.hearsay.wire;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hearsay.core.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Serf's filters of queries: a list of names, or an expression that must be found in a tag. Expressions are RE2's, as in Go:
 * looking for one takes time in proportion to the text, whatever it is.
 *
 * <p>Not thread-safe: it remembers the filters it has looked at last, as they are mostly asked about many members.
 */
public final class QueryFilters {
    /** Longest expression, in bytes of UTF-8. */
    public static final int MAX_EXPRESSION_BYTES = 1024;

    /**
     * The product of all numbers of repetitions in an expression must not be greater: each is expanded when it is read, so
     * that {@code ((a{100}){100}){100}} would take seconds and 100 MB.
     */
    public static final int MAX_REPETITIONS = 1000;

    private static final int NAMES = 0;
    private static final int TAG = 1;

    private List<Bytes> last = List.of();
    private List<Filter> understood = List.of();

    /** What one filter says. */
    private interface Filter {
        boolean matches(String name, Map<String, String> tags);
    }

    /**
     * Serf's encoding of these filters; none for everybody.
     *
     * @param names who is meant; empty for everybody
     * @param tags expressions by tag; all must be found
     * @throws IllegalArgumentException if an expression is not valid or too large; the message names it
     */
    public static List<Bytes> encode(List<String> names, Map<String, String> tags) {
        List<Bytes> filters = new ArrayList<>();
        if (!names.isEmpty()) {
            long size = 1L + MemberlistSizes.container(names.size());
            for (String name : names) {
                size += MemberlistSizes.text(name);
            }
            RawBytes out = new RawBytes((int) size);
            out.writer.octet(NAMES);
            out.writer.array(names.size());
            names.forEach(out.writer::text);
            filters.add(out.bytes());
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            pattern(tag.getValue());
            RawBytes out = new RawBytes(2
                    + Field.EXPRESSION.size()
                    + MemberlistSizes.text(tag.getValue())
                    + Field.TAG.size()
                    + MemberlistSizes.text(tag.getKey()));
            out.writer.octet(TAG);
            out.writer.map(2);
            out.writer.key(Field.EXPRESSION);
            out.writer.text(tag.getValue());
            out.writer.key(Field.TAG);
            out.writer.text(tag.getKey());
            filters.add(out.bytes());
        }
        return List.copyOf(filters);
    }

    /** Whether all filters let that member pass. One that cannot be understood lets nobody pass. Never throws. */
    public boolean match(List<Bytes> filters, String name, Map<String, String> tags) {
        if (!filters.equals(last)) {
            last = filters;
            understood = new ArrayList<>(filters.size());
            for (Bytes filter : filters) {
                understood.add(read(filter));
            }
        }
        for (Filter filter : understood) {
            if (!filter.matches(name, tags)) {
                return false;
            }
        }
        return true;
    }

    private static Filter read(Bytes filter) {
        byte[] bytes = filter.toArray();
        RawReader in = new RawReader();
        in.reset(bytes, 1, bytes.length);
        try {
            if (bytes.length > 0 && bytes[0] == NAMES) {
                Set<String> names = new HashSet<>();
                for (int left = in.array(); left > 0; left--) {
                    names.add(text(in));
                }
                return (name, tags) -> names.contains(name);
            }
            if (bytes.length > 0 && bytes[0] == TAG) {
                Fields fields = new Fields(in);
                fields.read(Field.EXPRESSION.bit() | Field.TAG.bit());
                Pattern pattern = pattern(fields.text(Field.EXPRESSION, MAX_EXPRESSION_BYTES));
                String tag = fields.text(Field.TAG, Limits.META_BYTES);
                return (name, tags) ->
                        pattern.matcher(tags.getOrDefault(tag, "")).find();
            }
        } catch (WireException | IllegalArgumentException e) {
            return (name, tags) -> false;
        }
        return (name, tags) -> false;
    }

    private static String text(RawReader in) throws WireException {
        int length = in.raw();
        int start = in.position();
        in.position(start + length);
        String text = Utf8.strict(in.source(), start, length);
        return text == null ? "" : text;
    }

    /**
     * An expression that somebody else wrote, ready to be looked for. Its size is bounded, written as it is and with all
     * repetitions expanded.
     *
     * @throws IllegalArgumentException if it is not valid or too large; the message names it
     */
    public static Pattern pattern(String expression) {
        if (Utf8.length(expression) > MAX_EXPRESSION_BYTES) {
            throw new IllegalArgumentException("regular expression has " + Utf8.length(expression)
                    + " bytes: must be at most " + MAX_EXPRESSION_BYTES);
        }
        if (repetitions(expression) > MAX_REPETITIONS) {
            throw new IllegalArgumentException("regular expression '" + expression + "' repeats parts too often: the "
                    + "product of all repetitions must be at most " + MAX_REPETITIONS);
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("regular expression '" + expression + "' is nested too deeply", e);
        }
    }

    /** The product of the greatest number in each pair of braces. */
    private static long repetitions(String expression) {
        long product = 1;
        long number = 0;
        long greatest = 0;
        boolean inside = false;
        for (int i = 0; i < expression.length() && product <= MAX_REPETITIONS; i++) {
            char c = expression.charAt(i);
            if (c == '{') {
                inside = true;
                number = 0;
                greatest = 0;
            } else if (inside && c >= '0' && c <= '9') {
                number = Math.min(number * 10 + c - '0', MAX_REPETITIONS + 1);
                greatest = Math.max(greatest, number);
            } else if (inside && c == ',') {
                number = 0;
            } else if (inside) {
                product *= c == '}' ? Math.max(1, greatest) : 1;
                inside = false;
            }
        }
        return product;
    }
}
