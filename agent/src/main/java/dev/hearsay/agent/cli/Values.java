package dev.hearsay.agent.cli;

import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.log.LogLevel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of flags as Go's flag package and Serf do; what is wrong is named with its flag. */
final class Values {
    private static final Pattern DURATION_PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private Values() {}

    /** A duration above zero in Go's notation. */
    static Duration duration(String flag, String text) throws UsageException {
        Matcher parts = DURATION_PART.matcher(text);
        double nanos = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            nanos += Double.parseDouble(parts.group(1)) * NANOS.getOrDefault(parts.group(2), 0L);
            end = parts.end();
        }
        if (end == 0 || end != text.length() || nanos < 1) {
            throw UsageException.invalid(flag, text, "write numbers with units, as 500ms, 30s or 1m30s; above zero");
        }
        return Duration.ofNanos((long) nanos);
    }

    /** A duration in Go's notation, or zero, of which the unit may be left out. */
    static Duration durationOrZero(String flag, String text) throws UsageException {
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
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw UsageException.invalid(flag, text, "write key=value");
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }

    /** An address; the host is not looked up. */
    static HostPort hostPort(String flag, String text, int defaultPort) throws UsageException {
        try {
            return HostPort.parse(text, defaultPort);
        } catch (IllegalArgumentException e) {
            throw UsageException.invalid(flag, text, e.getMessage() + "; write host:port");
        }
    }

    /** An address whose host is looked up; without a host, loopback. */
    static InetSocketAddress resolved(String flag, String text, int defaultPort) throws UsageException {
        HostPort address = hostPort(flag, text, defaultPort);
        InetSocketAddress resolved =
                new InetSocketAddress(address.host().isEmpty() ? "127.0.0.1" : address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw UsageException.invalid(flag, text, "the name '" + address.host() + "' cannot be resolved");
        }
        return resolved;
    }

    /** Addresses separated by commas or given by several flags. */
    static List<String> addresses(List<String> texts) {
        List<String> addresses = new ArrayList<>();
        for (String text : texts) {
            for (String each : text.split(",", -1)) {
                if (!each.isBlank()) {
                    addresses.add(each.trim());
                }
            }
        }
        return addresses;
    }

    /** A log level. */
    static LogLevel level(String flag, String text) throws UsageException {
        LogLevel level = LogLevel.find(text);
        if (level == null) {
            throw UsageException.invalid(flag, text, "must be trace, debug, info, warn or err");
        }
        return level;
    }

    /** A whole number within a range. */
    static int number(String flag, String text, int least, int most) throws UsageException {
        if (!text.matches("-?[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw UsageException.invalid(flag, text, "must be a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
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
    static boolean json(String text) throws UsageException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "json" -> true;
            case "text" -> false;
            default -> throw UsageException.invalid("-format", text, "must be text or json");
        };
    }
}
