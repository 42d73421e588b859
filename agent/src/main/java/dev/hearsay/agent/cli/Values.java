package dev.hearsay.agent.cli;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.log.LogLevel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the values of flags as Go's flag package and Serf do; what is wrong is named with its flag. */
final class Values {
    private Values() {}

    /** A duration above zero in Go's notation. */
    static Duration duration(String flag, String text) throws UsageException {
        try {
            Duration duration = GoDuration.parse(text);
            if (!duration.isZero()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw UsageException.invalid(flag, text, String.valueOf(e.getMessage()));
        }
        throw UsageException.invalid(flag, text, GoDuration.RULE);
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
