package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something in the shared state is different now, as one member has come to know it. What expires makes no change of its own until it is
 * dropped.
 *
 * @param type of the collection
 * @param collection its name; of a fact, the member's
 * @param key in a map, or of a fact; the element of a set; empty for counters and registers
 * @param before the bytes that were there, under the same writer where each has a value of its own; null if nothing was
 * @param after the bytes that are there now; null if deleted. For a set, empty bytes mean that it is there
 * @param written when it was written, by the clock of whoever did
 * @param own whether this process has written it
 */
public record StateChange(
        StateType type,
        String collection,
        Bytes key,
        @Nullable Bytes before,
        @Nullable Bytes after,
        Instant written,
        boolean own) {}
