package dev.hearsay.api;

import java.nio.charset.StandardCharsets;

/**
 * How an application's values become bytes and back. All members that use a collection must use codecs that understand each other.
 * Called on any thread; the arrays belong to whoever gets them.
 *
 * @param <V> the values
 */
public interface Codec<V> {
    /** Text in UTF-8. */
    Codec<String> TEXT = new Codec<>() {
        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    /** Bytes as they are. */
    Codec<byte[]> BYTES = new Codec<>() {
        @Override
        public byte[] encode(byte[] value) {
            return value.clone();
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }
    };

    /** The bytes of a value. Of elements of a set, equal ones must have equal bytes. */
    byte[] encode(V value);

    /**
     * The value of these bytes.
     *
     * @throws IllegalArgumentException if they are none: others may have written what this version does not understand
     */
    V decode(byte[] bytes);
}
