package dev.hearsay.agent.config;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.Rules;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One setting as somebody wrote it, and where. The methods read the value as what it should be, and say what is wrong in one
 * line that names the place, the setting and the rule.
 *
 * @param setting which one
 * @param name what it was called there: a flag as {@code -bind}, a key as {@code bind}
 * @param where the file and the line, as {@code "agent.json, line 3"}; empty for the command line
 * @param texts the value: one text, or a list
 * @param pairs the value of one with names; empty for others
 */
record Given(Setting setting, String name, String where, List<String> texts, Map<String, String> pairs) {
    /** How much of a wrong value an error repeats. */
    private static final int SHOWN = 100;

    /** A flag of the command line. */
    static Given flag(Setting setting, List<String> texts) {
        return new Given(setting, setting.flag(), "", texts, Map.of());
    }

    /** The value that the setting has when nobody says anything. */
    static Given initial(Setting setting) {
        return new Given(setting, setting.key(), "", List.of(setting.initial()), Map.of());
    }

    /** Whether a flag gave it. */
    boolean byFlag() {
        return where.isEmpty();
    }

    /** What to call it in a line about two settings: {@code -encrypt}, or {@code encrypt_key (agent.json, line 3)}. */
    String origin() {
        return byFlag() ? name : name + " (" + where + ")";
    }

    /** The text; the last if there are several, as with a flag that is repeated. */
    String text() {
        return texts.get(texts.size() - 1);
    }

    /** All texts. */
    List<String> list() {
        return texts;
    }

    /** What stands between commas in all texts, without blanks around it; what is blank does not count. */
    List<String> items() {
        List<String> items = new ArrayList<>();
        for (String text : texts) {
            for (String each : text.split(",", -1)) {
                if (!each.isBlank()) {
                    items.add(each.trim());
                }
            }
        }
        return items;
    }

    /** Addresses, also several in one text with commas between. */
    List<String> addresses(int defaultPort) throws ConfigException {
        List<String> addresses = items();
        for (String each : addresses) {
            read(each, address -> HostPort.parse(address, defaultPort));
        }
        return addresses;
    }

    /** An address; the host is not looked up. */
    HostPort hostPort(int defaultPort) throws ConfigException {
        return read(text(), address -> HostPort.parse(address, defaultPort));
    }

    /** A whole number within a range. */
    int number(int least, int most) throws ConfigException {
        return (int) longNumber(least, most);
    }

    /** A whole number within a range. */
    long longNumber(long least, long most) throws ConfigException {
        return read(text(), number -> Rules.number(number, least, most));
    }

    /** A duration above zero. */
    Duration time() throws ConfigException {
        return read(text(), GoDuration::parse);
    }

    /** A file; that it exists is not checked. */
    Path path() throws ConfigException {
        try {
            return Path.of(text());
        } catch (InvalidPathException e) {
            throw invalid("is no name of a file: " + e.getReason());
        }
    }

    /** On or off. */
    boolean on() {
        return texts.isEmpty() || Boolean.parseBoolean(text());
    }

    /** Texts by name, in the order given. */
    Map<String, String> named() throws ConfigException {
        if (!byFlag()) {
            return pairs;
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (String text : texts) {
            Map.Entry<String, String> pair = read(text, Rules::pair);
            named.put(pair.getKey(), pair.getValue());
        }
        return named;
    }

    /** Reads the value, or a part of it; the message of an {@link IllegalArgumentException} is the rule that it breaks. */
    <T> T read(String part, Function<String, T> reader) throws ConfigException {
        try {
            return reader.apply(part);
        } catch (IllegalArgumentException e) {
            throw invalid(part, String.valueOf(e.getMessage()));
        }
    }

    /** Says that the value breaks that rule. */
    ConfigException invalid(String rule) {
        return invalid(texts.isEmpty() ? "" : text(), rule);
    }

    /** Says that a part of the value breaks that rule. A secret is not repeated. */
    ConfigException invalid(String part, String rule) {
        String shown = part.length() > SHOWN ? part.substring(0, SHOWN) + "..." : part;
        String what = setting.secret() ? "invalid value" : "invalid value '" + shown + "'";
        return new ConfigException((byFlag() ? "" : where + ": ") + what + " for " + name + ": " + rule);
    }
}
