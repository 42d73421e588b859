package dev.hearsay.core.detector;

import dev.hearsay.core.Address;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pings sent on behalf of others. memberlist's ack carries nothing but the number of its ping, so the helper must
 * remember for whom it asked.
 */
final class Relays {
    /** Most pings on behalf of others in flight; a further request is dropped, and its sender counts us as silent. */
    static final int MAX_IN_FLIGHT = 1024;

    private final Map<Integer, Relay> inFlight = new HashMap<>();
    private final Counters counters;

    /** Whom to tell, under which number, and how long the answer may be. */
    record Relay(Address requester, int sequence, boolean nack, int answerBytes) {}

    Relays(Counters counters) {
        this.counters = counters;
    }

    /** Remembers the request under the number of our own ping. False if there is no room. */
    boolean begin(int ownSequence, Address requester, Message.IndirectPing request, int answerBytes) {
        if (inFlight.size() >= MAX_IN_FLIGHT) {
            counters.count(Counter.RELAYS_DROPPED);
            return false;
        }
        inFlight.put(ownSequence, new Relay(requester, request.sequence(), request.nack(), answerBytes));
        return true;
    }

    /** Takes the request out, whose ping had that number; null if there is none. */
    @Nullable Relay end(int ownSequence) {
        return inFlight.remove(ownSequence);
    }
}
