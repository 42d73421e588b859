package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What came of a query.
 *
 * @param acks who heard it, if acks were asked for; ordered by name, immutable
 * @param answers who answered what; ordered by name, immutable
 * @param silent live members that were to answer, as far as this node can tell, and did not; ordered by name, immutable
 * @param took from the question to the last answer, or to the timeout
 */
public record QueryResult(Set<String> acks, Map<String, Bytes> answers, Set<String> silent, Duration took) {
    /** Whether everybody who was to answer did. */
    public boolean complete() {
        return silent.isEmpty();
    }
}
