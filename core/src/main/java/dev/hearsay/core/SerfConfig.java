package dev.hearsay.core;

/**
 * What Serf's layer does: limits and coordinates. Immutable; {@link #DEFAULTS} are Serf's.
 *
 * @param userEventBytes longest user event: its name and payload together, and again the encoded message; 1 to
 *     {@value #MAX_USER_EVENT_BYTES} bytes, default 512. Each event is sent by each member up to the transmit limit; above
 *     what fits into a packet it is refused, whatever stands here
 * @param queryBytes longest encoded query: 1 to {@value #MAX_USER_EVENT_BYTES} bytes, default 1,024
 * @param answerBytes longest encoded answer to a query: 1 to {@value #MAX_USER_EVENT_BYTES} bytes, default 1,024
 * @param coordinates whether this node takes part in network coordinates. Without, its acks are 130 bytes shorter, and nobody
 *     can estimate its round trips
 */
public record SerfConfig(int userEventBytes, int queryBytes, int answerBytes, boolean coordinates) {
    /** The hard limit of an event (Serf {@code UserEventSizeLimit}). */
    public static final int MAX_USER_EVENT_BYTES = 9 * 1024;

    /** Serf's defaults. */
    public static final SerfConfig DEFAULTS = new SerfConfig(512, 1024, 1024, true);

    /** Checks the limits. */
    public SerfConfig {
        check("userEventBytes", userEventBytes);
        check("queryBytes", queryBytes);
        check("answerBytes", answerBytes);
    }

    /** The same with that limit for user events. */
    public SerfConfig withUserEventBytes(int value) {
        return new SerfConfig(value, queryBytes, answerBytes, coordinates);
    }

    /** The same with that limit for queries. */
    public SerfConfig withQueryBytes(int value) {
        return new SerfConfig(userEventBytes, value, answerBytes, coordinates);
    }

    /** The same with that limit for answers. */
    public SerfConfig withAnswerBytes(int value) {
        return new SerfConfig(userEventBytes, queryBytes, value, coordinates);
    }

    /** The same with or without coordinates. */
    public SerfConfig withCoordinates(boolean value) {
        return new SerfConfig(userEventBytes, queryBytes, answerBytes, value);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MAX_USER_EVENT_BYTES) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": must be 1 to " + MAX_USER_EVENT_BYTES + " bytes");
        }
    }
}
