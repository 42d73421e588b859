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
