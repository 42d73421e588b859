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
    private boolean limited;
    private boolean answered;

    /** A packet of that many bytes has arrived; {@link Node#ANY_LENGTH} if its sender is authenticated. */
    void refill(int packetBytes) {
        left = (long) packetBytes + HEADERS;
        limited = packetBytes != Node.ANY_LENGTH;
        answered = false;
    }

    /**
     * Sets all that is left aside for an answer that is sent later.
     *
     * @param least bytes of that answer
     * @return how long it may be then; 0 if there is no room for it
     */
    public int reserve(int least) {
        int later = left();
        if (!limited || least > later) {
            return limited ? 0 : Node.ANY_LENGTH;
        }
        spend(later);
        return later;
    }

    /** Longest packet that may still be sent; not positive if none. */
    public int left() {
        return (int) Math.min(left - HEADERS, Integer.MAX_VALUE);
    }

    /** A packet of that many bytes is sent in answer. */
    public void spend(int packetBytes) {
        answered = true;
        left -= (long) packetBytes + HEADERS;
    }

    /** Whether whoever sent the packet has a key of the cluster. */
    public boolean authenticated() {
        return !limited;
    }

    /** Whether nothing has been sent in answer to the packet yet. */
    public boolean whole() {
        return !answered;
    }
}
