package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.time.Instant;

/**
 * An entry of shared state that could not be right: it is not used and not passed on. Whatever it says of itself may be wrong.
 *
 * @param type the word for its type; of a later version's type a number
 * @param collection where it belongs; of a fact, the member
 * @param key in the collection
 * @param written when, by the clock of whoever did
 * @param reason what is wrong with it, in a few words
 */
public record QuarantinedEntry(String type, String collection, Bytes key, Instant written, String reason) {}
