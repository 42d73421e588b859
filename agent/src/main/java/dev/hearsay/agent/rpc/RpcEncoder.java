package dev.hearsay.agent.rpc;

import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Writes msgpack as Serf's RPC does: the new dialect, byte strings as {@code bin}, the keys of a message in ascending
 * order. Values are {@code String}, {@code byte[]}, {@code Boolean}, {@code Number}, {@code double[]}, {@code Collection},
 * {@code Map} and null; a {@code Double} stays one, every other number becomes an integer.
 */
final class RpcEncoder {
    private RpcEncoder() {}

    /** The messages, back to back. */
    @SafeVarargs
    static byte[] encode(Map<String, ?>... messages) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            for (Map<String, ?> message : messages) {
                pack(packer, message);
            }
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /**
     * A message from names and values, in the order given.
     *
     * @param pairs name, value, name, value...
     */
    static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    /** Bytes as Go writes them: none at all as nil. */
    static byte @Nullable [] bytesOrNull(Bytes bytes) {
        return bytes.length() == 0 ? null : bytes.toArray();
    }

    private static void pack(MessageBufferPacker packer, @Nullable Object value) throws IOException {
        if (value == null) {
            packer.packNil();
        } else if (value instanceof String text) {
            packer.packString(text);
        } else if (value instanceof byte[] bytes) {
            packer.packBinaryHeader(bytes.length);
            packer.writePayload(bytes);
        } else if (value instanceof Boolean flag) {
            packer.packBoolean(flag);
        } else if (value instanceof Double number) {
            packer.packDouble(number);
        } else if (value instanceof Number number) {
            packer.packLong(number.longValue());
        } else if (value instanceof double[] numbers) {
            packer.packArrayHeader(numbers.length);
            for (double number : numbers) {
                packer.packDouble(number);
            }
        } else if (value instanceof Collection<?> items) {
            packer.packArrayHeader(items.size());
            for (Object item : items) {
                pack(packer, item);
            }
        } else if (value instanceof Map<?, ?> map) {
            packer.packMapHeader(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                packer.packString(String.valueOf(entry.getKey()));
                pack(packer, entry.getValue());
            }
        } else {
            throw new IllegalArgumentException(
                    "cannot encode a " + value.getClass().getName());
        }
    }
}
