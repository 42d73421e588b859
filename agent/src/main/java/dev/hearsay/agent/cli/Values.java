package dev.hearsay.agent.cli;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.Rules;
import dev.hearsay.agent.log.LogLevel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the values of flags as Go's flag package and Serf do; what is wrong is named with its flag. */
public final class Values {
    private Values() {}

    /** Reads a value, and names the flag with the rule that it breaks: the message of an {@link IllegalArgumentException}. */
    private static <T> T read(String flag, String text, Function<String, T> reader) throws UsageException {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw UsageException.invalid(flag, text, String.valueOf(e.getMessage()));
        }
    }

    /** A duration above zero in Go's notation. */
    public static Duration duration(String flag, String text) throws UsageException {
        return read(flag, text, GoDuration::parse);
    }

    /** A duration in Go's notation, or zero, of which the unit may be left out. */
    public static Duration durationOrZero(String flag, String text) throws UsageException {
        return text.matches("0+(ns|us|µs|ms|s|m|h)?") ? Duration.ZERO : duration(flag, text);
    }

    /** Refuses what is not a name, or a name and a payload. */
    static void nameAndPayload(String of, List<String> words) throws UsageException {
        if (words.isEmpty()) {
            throw new UsageException("the " + of + "'s name must be given");
        }
        if (words.size() > 2) {
            throw new UsageException("only a name and a payload can be given, not " + words.size()
                    + " words; quote a payload that has spaces");
        }
    }

    /** {@code key=value} pairs; a later one replaces an earlier one of the same key. */
    static Map<String, String> pairs(String flag, List<String> texts) throws UsageException {
        Map<String, String> pairs = new TreeMap<>();
        for (String text : texts) {
            Map.Entry<String, String> pair = read(flag, text, Rules::pair);
            pairs.put(pair.getKey(), pair.getValue());
        }
        return pairs;
    }

    /** An address; the host is not looked up. */
    static HostPort hostPort(String flag, String text, int defaultPort) throws UsageException {
        return read(flag, text, address -> HostPort.parse(address, defaultPort));
    }

    /** An address whose host is looked up; without a host, loopback. */
    static InetSocketAddress resolved(String flag, String text, int defaultPort) throws UsageException {
        return read(flag, text, address -> HostPort.parse(address, defaultPort).resolved());
    }

    /** A log level. */
    static LogLevel level(String flag, String text) throws UsageException {
        return read(flag, text, LogLevel::parse);
    }

    /** A whole number within a range. */
    public static int number(String flag, String text, int least, int most) throws UsageException {
        return (int) (long) read(flag, text, number -> Rules.number(number, least, most));
    }

    /** Any whole number of 64 bits. */
    public static long seed(String flag, String text) throws UsageException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw UsageException.invalid(flag, text, "must be a whole number of 64 bits");
        }
    }

    /** {@code true} or {@code false}. */
    static boolean bool(String flag, String text) throws UsageException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw UsageException.invalid(flag, text, "must be true or false");
        };
    }

    /** {@code text} or {@code json}; returns whether it is json. */
    public static boolean json(String text) throws UsageException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "json" -> true;
            case "text" -> false;
            default -> throw UsageException.invalid("-format", text, "must be text or json");
        };
    }
}
