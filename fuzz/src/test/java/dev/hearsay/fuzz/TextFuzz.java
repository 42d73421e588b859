package dev.hearsay.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.core.Bytes;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Tags;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The small formats: tags in a member's metadata, and keys. */
class TextFuzz {
    /** Bytes allocated whatever the metadata or the key, and for each of its bytes. */
    private static final long FREE_BYTES = 4 << 10;

    private static final int BYTES_PER_BYTE = 100;

    static Stream<byte[]> tagged() {
        HexFormat hex = HexFormat.of();
        return Stream.of(
                hex.parseHex("ff82aa6461746163656e746572a465617374a4726f6c65a3776562"),
                hex.parseHex("ff81a4726f6c65da0003776562"),
                hex.parseHex("ff80010203"),
                "web".getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> keys() {
        return Stream.of(
                        Configs.KEY.toBase64(), "AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "short")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Any metadata has tags, perhaps none; and these can be announced, if there is room for them. */
    @MethodSource("tagged")
    @FuzzTest
    void tags(byte[] meta) {
        Bytes bytes = Bytes.of(meta);
        Map<?, ?>[] read = new Map<?, ?>[1];
        Allocation.atMost(FREE_BYTES + (long) BYTES_PER_BYTE * meta.length, () -> read[0] = Tags.decode(bytes));
        Map<String, String> tags = Tags.decode(bytes);
        assertEquals(read[0], tags);
        Bytes again;
        try {
            again = Tags.encode(tags);
        } catch (IllegalArgumentException e) {
            // Longer than 512 bytes: each byte that is no UTF-8 has become three.
            return;
        }
        assertEquals(tags, Tags.decode(again));
    }

    /** A text is a key, or is refused without being repeated. */
    @MethodSource("keys")
    @FuzzTest
    void key(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        GossipKey key;
        try {
            key = GossipKey.parse(text);
        } catch (IllegalArgumentException e) {
            String quoted = text.strip();
            assertFalse(quoted.length() > 8 && String.valueOf(e.getMessage()).contains(quoted), "repeats the key");
            return;
        }
        assertEquals(key, GossipKey.parse(key.toBase64()));
        assertEquals("a key of", key.toString().substring(0, 8));
        assertFalse(
                Arrays.asList(key.toString(), String.valueOf(key.hashCode())).contains(text));
    }
}
