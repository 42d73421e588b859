package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What an application does to the shared state. Times to live are in milliseconds; 0 for none. Names of collections have 1 to {@value
 * EntryId#MAX_COLLECTION_BYTES} bytes of UTF-8, keys up to {@value EntryId#MAX_KEY_BYTES}, values up to {@link StateConfig#maxValueBytes}.
 */
public sealed interface Write {

    /** This node says something of itself; null takes it back. The key is not empty. */
    record Fact(Bytes key, @Nullable Bytes value) implements Write {}

    /** Gives a key of a map a value. */
    record MapPut(String map, Bytes key, Bytes value, long ttlMillis) implements Write {}

    /** Takes a key out of a map. */
    record MapRemove(String map, Bytes key) implements Write {}

    /** Adds an element to a set. */
    record SetAdd(String set, Bytes element, long ttlMillis) implements Write {}

    /** Takes an element out of a set, as far as this node knows who added it: who adds it at the same time elsewhere, wins. */
    record SetRemove(String set, Bytes element) implements Write {}

    /** Adds to a counter, or takes off it. If there is a time to live, what this node has counted in all ends with it. */
    record CounterAdd(String counter, long amount, long ttlMillis) implements Write {}

    /** Gives a register a value, in place of all that this node knows of. */
    record RegisterSet(String register, Bytes value, long ttlMillis) implements Write {}

    /** Empties a register of all values that this node knows of. */
    record RegisterClear(String register) implements Write {}
}
