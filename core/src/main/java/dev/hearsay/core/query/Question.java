package dev.hearsay.core.query;

import dev.hearsay.core.Bytes;
import java.util.List;

/**
 * What a node asks the members.
 *
 * @param name what is asked
 * @param payload what there is to know about it
 * @param filters who is meant, in Serf's encoding: everybody if there are none
 * @param ack whether whoever is meant says at once that it has the query
 * @param timeoutNanos how long to wait for answers; 0 for {@link Queries#defaultTimeoutNanos}
 * @param relayFactor through how many others each answer goes a second time: 0 to 255
 */
public record Question(
        String name, Bytes payload, List<Bytes> filters, boolean ack, long timeoutNanos, int relayFactor) {}
