package dev.hearsay.api.node.state;

import dev.hearsay.api.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of which others may have written some in a way that this version does not understand. */
final class Decoding {
    private Decoding() {}

    static <V> @Nullable V orNull(Codec<V> codec, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (IllegalArgumentException notUnderstood) {
            return null;
        }
    }

    /** Those that are understood. */
    static <V> List<V> all(Codec<V> codec, Collection<byte[]> values) {
        List<V> all = new ArrayList<>(values.size());
        for (byte[] value : values) {
            V decoded = orNull(codec, value);
            if (decoded != null) {
                all.add(decoded);
            }
        }
        return all;
    }
}
