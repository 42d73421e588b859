package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Capabilities behind the tags in a member's metadata. */
class TrailerTest {
    private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);
    private static final String WEB = "ff81a4726f6c65a3776562";
    private static final String FRAMES = "485301011f";

    @Test
    void the_capabilities_are_these_bytes_behind_the_tags() {
        assertEquals(WEB + FRAMES, Tags.encode(Map.of("role", "web"), ALL).toString());
        assertEquals("ff80" + FRAMES, Tags.encode(Map.of(), ALL).toString());
        assertEquals("ff80", Tags.encode(Map.of(), Set.of()).toString());
        assertEquals(new Trailer(ALL, 0), decode(WEB + FRAMES));
        assertEquals(Map.of("role", "web"), Tags.decode(bytes(WEB + FRAMES)));
    }

    @Test
    void metadata_without_a_trailer_announces_nothing() {
        for (String meta : List.of("", "ff", "ff80", "ffc0", WEB, "ff81a161", "776562", "4853010101", "ffdfffffffff")) {
            assertEquals(new Trailer(Set.of(), 0), decode(meta), meta);
        }
    }

    @Test
    void longer_sets_and_bits_without_a_meaning_here_are_ignored() {
        assertEquals(new Trailer(ALL, 0), decode(WEB + "48530104" + "ffffffff"));
        assertEquals(new Trailer(Set.of(), 0), decode(WEB + "48530102" + "e001"));
        assertEquals(new Trailer(Set.of(), 0), decode(WEB + "48530100"));
    }

    @Test
    void records_of_other_versions_are_skipped_and_counted_wherever_they_stand() {
        assertEquals(new Trailer(ALL, 1), decode(WEB + "48530203aabbcc" + FRAMES));
        assertEquals(new Trailer(ALL, 2), decode(WEB + FRAMES + "48530200" + "4853ff01ff"));
        assertEquals(new Trailer(Set.of(), 1), decode(WEB + "48530001ff"));
    }

    @Test
    void bytes_that_are_no_record_are_skipped_and_counted_once() {
        assertEquals(new Trailer(Set.of(), 1), decode(WEB + "00112233445566"));
        assertEquals(new Trailer(ALL, 1), decode(WEB + FRAMES + "5348010101"));
        assertEquals(new Trailer(ALL, 2), decode(WEB + FRAMES + "48530200" + "00"));
    }

    @Test
    void a_record_that_is_cut_is_skipped_and_counted() {
        String record = "48530103010000";
        for (int cut = 2; cut < record.length(); cut += 2) {
            assertEquals(
                    new Trailer(ALL, 1), decode(WEB + FRAMES + record.substring(0, cut)), record.substring(0, cut));
        }
        assertEquals(new Trailer(ALL, 0), decode(WEB + FRAMES + record));
    }

    @Test
    void capabilities_count_in_the_512_bytes_and_the_error_names_them() {
        // One byte of magic, one of map, two of key, three of the value's header, five of the trailer.
        Map<String, String> full = Map.of("a", "x".repeat(512 - 12));
        assertEquals(512, Tags.encode(full, ALL).length());
        assertEquals(new Trailer(ALL, 0), Trailer.decode(Tags.encode(full, ALL)));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Tags.encode(Map.of("a", "x".repeat(512 - 11)), ALL));
        assertEquals(
                "the tags take 508 bytes encoded, and the capabilities behind them 5: must be at most 512"
                        + " (memberlist's limit for metadata)",
                refusal.getMessage());
    }

    @Property(tries = 500)
    void known_records_survive_among_any_others(
            @ForAll("tags") Map<String, String> tags, @ForAll("others") List<byte[]> before, @ForAll byte[] junk) {
        String meta = Tags.encode(tags).toString()
                + hex(before)
                + FRAMES
                + HexFormat.of().formatHex(junk);
        Trailer trailer = decode(meta);
        assertTrue(trailer.capabilities().containsAll(ALL), trailer::toString);
        assertTrue(trailer.skipped() >= before.size(), trailer::toString);
        assertEquals(new TreeMap<>(tags), Tags.decode(bytes(meta)));
    }

    @Property(tries = 2000)
    void any_bytes_behind_the_tags_leave_the_tags_alone_and_throw_nothing(@ForAll byte[] junk) {
        Bytes meta = bytes(WEB + HexFormat.of().formatHex(junk));
        Trailer trailer = Trailer.decode(meta);
        assertTrue(trailer.skipped() <= 1 + junk.length / 4, trailer::toString);
        assertEquals(Map.of("role", "web"), Tags.decode(meta));
    }

    @Property(tries = 2000)
    void any_metadata_has_some_trailer(@ForAll byte[] meta, @ForAll boolean magic) {
        if (magic && meta.length > 0) {
            meta[0] = (byte) 0xFF;
        }
        Trailer trailer = Trailer.decode(Bytes.of(meta));
        assertTrue(ALL.containsAll(trailer.capabilities()), trailer::toString);
    }

    @Provide
    Arbitrary<Map<String, String>> tags() {
        return Arbitraries.maps(Samples.texts(20), Samples.texts(20)).ofMaxSize(3);
    }

    /** Records of later versions. */
    @Provide
    Arbitrary<List<byte[]>> others() {
        Arbitrary<Integer> versions = Arbitraries.integers().between(2, 255);
        Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(30);
        return Combinators.combine(versions, bodies)
                .as((version, body) -> {
                    byte[] record = new byte[4 + body.length];
                    record[0] = 'H';
                    record[1] = 'S';
                    record[2] = (byte) (int) version;
                    record[3] = (byte) body.length;
                    System.arraycopy(body, 0, record, 4, body.length);
                    return record;
                })
                .list()
                .ofMaxSize(4);
    }

    private static String hex(List<byte[]> records) {
        StringBuilder text = new StringBuilder();
        records.forEach(record -> text.append(HexFormat.of().formatHex(record)));
        return text.toString();
    }

    private static Trailer decode(String hex) {
        return Trailer.decode(bytes(hex));
    }

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex));
    }
}
