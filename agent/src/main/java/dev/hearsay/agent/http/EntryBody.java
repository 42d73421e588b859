package dev.hearsay.agent.http;

import dev.hearsay.core.Bytes;
import org.jspecify.annotations.Nullable;

/** A key of a map with its value, or a fact. */
record EntryBody(
        @Doc(value = "The key, if it is UTF-8", optional = true) @Nullable String key,

        @Doc("The key in Base64") String keyBase64,

        @Doc(value = "The value, if it is UTF-8", optional = true) @Nullable String value,

        @Doc("The value in Base64") String valueBase64) {
    static EntryBody of(Bytes key, Bytes value) {
        return new EntryBody(Payload.text(key), Payload.base64(key), Payload.text(value), Payload.base64(value));
    }
}
