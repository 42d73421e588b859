package dev.hearsay.agent;

import java.util.Map;

/**
 * How values are read that have no type of their own, in flags as in files. An exception's message is the rule that the text
 * breaks; where the text stands, the caller knows. So do {@link HostPort}, {@link GoDuration} and
 * {@link dev.hearsay.agent.log.LogLevel}.
 */
public final class Rules {
    private Rules() {}

    /**
     * A whole number within a range, both ends included.
     *
     * @throws IllegalArgumentException if it is none; the message is the rule
     */
    public static long number(String text, long least, long most) {
        if (!text.matches("-?[0-9]{1,18}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
        }
        return Long.parseLong(text);
    }

    /**
     * {@code key=value}; the key is not empty.
     *
     * @throws IllegalArgumentException if it is no such pair; the message is the rule
     */
    public static Map.Entry<String, String> pair(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("write key=value");
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }
}
