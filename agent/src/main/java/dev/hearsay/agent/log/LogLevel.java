package dev.hearsay.agent.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much a log line matters, least first, in Serf's words. */
public enum LogLevel {
    /** Every message. */
    TRACE,
    /** What the protocol does. */
    DEBUG,
    /** What changed. */
    INFO,
    /** What an operator should look at. */
    WARN,
    /** What went wrong. */
    ERR;

    /**
     * The level of that name in either case.
     *
     * @throws IllegalArgumentException if there is none; the message is the rule
     */
    public static LogLevel parse(String name) {
        LogLevel level = find(name);
        if (level == null) {
            throw new IllegalArgumentException("must be trace, debug, info, warn or err");
        }
        return level;
    }

    /** The level of that name in either case, or null if there is none. */
    public static @Nullable LogLevel find(String name) {
        for (LogLevel level : values()) {
            if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        return null;
    }
}
