package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A question to the members (Serf's query). Immutable: the {@code with...} methods return another.
 *
 * @param name what is asked, as {@code load}; must not begin with {@code _serf_}
 * @param payload what there is to know about it; may be empty
 * @param nodes who shall answer, by name; empty for everybody
 * @param tags who shall answer, by tag: expressions (RE2) that must be found in the value; all must match, and a missing tag
 *     is an empty one
 * @param ack whether whoever hears the query says so at once
 * @param timeout how long to wait for answers; zero for the default: 16 gossip intervals times the decimal digits of the
 *     number of members, 3.2 s for nine members in a LAN
 * @param relayFactor through how many other members each answer comes a second time, in case the way back is broken: 0 to 255
 */
public record QueryRequest(
        String name,
        Bytes payload,
        List<String> nodes,
        SortedMap<String, String> tags,
        boolean ack,
        Duration timeout,
        int relayFactor) {
    /** Greatest number of relays. */
    public static final int MAX_RELAYS = 255;

    /** Checks and copies. */
    public QueryRequest {
        nodes = List.copyOf(nodes);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": must be zero or more");
        }
        if (relayFactor < 0 || relayFactor > MAX_RELAYS) {
            throw new IllegalArgumentException("relayFactor is " + relayFactor + ": must be 0 to " + MAX_RELAYS);
        }
    }

    /** Asks everybody, without a payload or acks. */
    public static QueryRequest named(String name) {
        return new QueryRequest(name, Bytes.EMPTY, List.of(), new TreeMap<>(), false, Duration.ZERO, 0);
    }

    /** The same with that payload. */
    public QueryRequest withPayload(byte[] content) {
        return new QueryRequest(name, Bytes.of(content), nodes, tags, ack, timeout, relayFactor);
    }

    /** The same to these members only. */
    public QueryRequest withNodes(String... names) {
        return new QueryRequest(name, payload, List.of(names), tags, ack, timeout, relayFactor);
    }

    /** The same to members only in whose tag the expression is found. */
    public QueryRequest withTag(String tag, String expression) {
        SortedMap<String, String> all = new TreeMap<>(tags);
        all.put(tag, expression);
        return new QueryRequest(name, payload, nodes, all, ack, timeout, relayFactor);
    }

    /** The same with acks. */
    public QueryRequest withAcks() {
        return new QueryRequest(name, payload, nodes, tags, true, timeout, relayFactor);
    }

    /** The same with that timeout; zero for the default. */
    public QueryRequest withTimeout(Duration limit) {
        return new QueryRequest(name, payload, nodes, tags, ack, limit, relayFactor);
    }

    /** The same with answers coming through so many other members, too. */
    public QueryRequest withRelays(int factor) {
        return new QueryRequest(name, payload, nodes, tags, ack, timeout, factor);
    }
}
