package dev.hearsay.core;

/**
 * How much may be sent in answer to the packet at hand. Whoever forges the sender of a packet has the answer sent to a
 * victim; if answers could be longer than the packet, the cluster would multiply what an attacker can send. So all
 * answers to one packet together never exceed it, headers included, unless it was authenticated.
 */
public final class AnswerBudget {
    /** What IPv4 and UDP add to each packet: many small answers are no way around the rule. */
    private static final int HEADERS = 28;

    private long left;

    /** A packet of that many bytes has arrived; {@link Node#ANY_LENGTH} if its sender is authenticated. */
    void refill(int packetBytes) {
        left = (long) packetBytes + HEADERS;
    }

    /** Longest packet that may still be sent; not positive if none. */
    public int left() {
        return (int) Math.min(left - HEADERS, Integer.MAX_VALUE);
    }

    /** A packet of that many bytes is sent in answer. */
    public void spend(int packetBytes) {
        left -= (long) packetBytes + HEADERS;
    }
}
