package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The tags of a Serf member in its metadata (wire specification, 3.2). */
class TagsTest {
    @Test
    void tags_are_a_serf_agent_s_bytes() {
        assertEquals(
                "ff81a4726f6c65a3776562", Tags.encode(Map.of("role", "web")).toString());
        assertEquals("ff80", Tags.encode(Map.of()).toString());
        assertEquals(Map.of("role", "web", "color", "red"), tags("ff82a4726f6c65a3776562a5636f6c6f72a3726564"));
    }

    @Test
    void equal_tags_are_equal_bytes_in_the_order_of_their_keys() {
        assertEquals(
                "ff82a161a131a162a132", Tags.encode(Map.of("b", "2", "a", "1")).toString());
        assertEquals(List.of("a", "b"), List.copyOf(tags("ff82a162a132a161a131").keySet()));
    }

    @Test
    void metadata_without_the_magic_byte_is_the_role() {
        Bytes meta = Bytes.of("web".getBytes(StandardCharsets.UTF_8));
        assertEquals(Map.of("role", "web"), Tags.decode(meta));
        assertEquals(Map.of("role", ""), Tags.decode(Bytes.EMPTY));
    }

    @Test
    void bytes_behind_the_map_are_left_alone() {
        assertEquals(Map.of("role", "web"), tags("ff81a4726f6c65a3776562" + "480102ff"));
    }

    @Test
    void unreadable_metadata_has_no_tags() {
        for (String meta :
                List.of("ff", "ff81", "ff81a161", "ff8101a161", "ff81a16101", "ffdfffffffff", "ff90", "ffc1")) {
            assertEquals(Map.of(), tags(meta), meta);
        }
        assertEquals(Map.of(), tags("ffc0"));
        assertEquals(Map.of("a", ""), tags("ff81a161c0"));
    }

    @Test
    void newer_forms_of_text_are_read() {
        assertEquals(Map.of("a", "b"), tags("ff81d90161c40162"));
    }

    @Test
    void tags_fill_512_bytes_and_one_more_is_an_error_that_names_both_numbers() {
        // One byte of magic, one of map, two of key, three of the value's header.
        Map<String, String> full = Map.of("a", "x".repeat(512 - 7));
        assertEquals(512, Tags.encode(full).length());
        assertEquals(full, Tags.decode(Tags.encode(full)));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Tags.encode(Map.of("a", "x".repeat(512 - 6))));
        assertTrue(refusal.getMessage().contains("513") && refusal.getMessage().contains("512"), refusal.getMessage());
    }

    @Property(tries = 300)
    void tags_written_and_read_are_the_same(@ForAll("tags") Map<String, String> tags) {
        Bytes meta;
        try {
            meta = Tags.encode(tags);
        } catch (IllegalArgumentException e) {
            Assume.that(false);
            return;
        }
        assertEquals(new TreeMap<>(tags), Tags.decode(meta));
    }

    @Property(tries = 2000)
    void any_metadata_has_some_tags(@ForAll byte[] meta, @ForAll boolean magic) {
        if (magic && meta.length > 0) {
            meta[0] = (byte) 0xFF;
        }
        Map<String, String> tags = Tags.decode(Bytes.of(meta));
        assertEquals(new TreeMap<>(tags), tags);
    }

    @Provide
    Arbitrary<Map<String, String>> tags() {
        return Arbitraries.maps(Samples.texts(20), Samples.texts(40)).ofMaxSize(20);
    }

    private static Map<String, String> tags(String hex) {
        return Tags.decode(Bytes.of(HexFormat.of().parseHex(hex)));
    }
}
