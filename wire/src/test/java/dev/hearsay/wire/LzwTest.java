package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.wire.Vectors.Vector;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LZW in Go's form (wire specification, 2.6). */
class LzwTest {
    /** "Would be more than this": far above everything the properties make. */
    private static final int BOUND = 1 << 20;

    static Stream<Vector> compressed() {
        return Vectors.all().stream().filter(Vector::compressed);
    }

    static Stream<Vector> compressedWithSolution() {
        return compressed()
                .filter(v -> v.name().startsWith("comp-") && !v.name().endsWith("-ours"));
    }

    @ParameterizedTest
    @MethodSource("compressedWithSolution")
    void what_serf_compressed_expands_to_what_another_decoder_found(Vector vector) throws WireException {
        assertArrayEquals(
                Vectors.resource(vector.name() + ".decompressed.bin"), expand(CompressionTest.content(vector)));
    }

    @ParameterizedTest
    @MethodSource("compressed")
    void what_a_real_program_compressed_is_compressed_again_to_the_same_bytes(Vector vector) throws WireException {
        byte[] compressed = CompressionTest.content(vector);
        assertArrayEquals(compressed, compress(expand(compressed)));
    }

    @Test
    void there_are_compressed_vectors() {
        assertEquals(7, compressed().count());
        assertEquals(4, compressedWithSolution().count());
    }

    @Property(tries = 300)
    void what_is_compressed_expands_to_the_same(@ForAll("contents") byte[] content) throws WireException {
        assertArrayEquals(content, expand(compress(content)));
    }

    @Property(tries = 100)
    void the_writer_agrees_with_the_plain_one(@ForAll("contents") byte[] content) {
        assertArrayEquals(ReferenceLzwWriter.compress(content), compress(content));
    }

    @Property(tries = 100)
    void a_writer_that_may_not_take_that_much_gives_up(@ForAll("contents") byte[] content, @ForAll int bound) {
        int length = compress(content).length;
        int most = Math.floorMod(bound, 2 * length);
        int expected = length <= most ? length : -1;
        assertEquals(expected, new LzwWriter().compress(content, 0, content.length, most));
    }

    @Property(tries = 100)
    void a_full_table_that_nobody_clears_stays_and_so_does_width_12(@ForAll("contents") byte[] content)
            throws WireException {
        assertArrayEquals(content, expand(ReferenceLzwWriter.compressWithoutClearing(content)));
    }

    @Test
    void the_table_was_full_and_cleared_in_these_tests() throws WireException {
        byte[] content = noise(20_000);
        byte[] cleared = compress(content);
        byte[] kept = ReferenceLzwWriter.compressWithoutClearing(content);
        assertTrue(!Arrays.equals(cleared, kept));
        assertArrayEquals(content, expand(cleared));
        assertArrayEquals(content, expand(kept));
    }

    @Test
    void strings_as_long_as_the_table_allows_expand() throws WireException {
        // A run of one byte defines strings of 2, 3, 4 ... bytes: 8 million bytes use up all codes.
        byte[] run = new byte[8_000_000];
        byte[] compressed = compress(run);
        assertTrue(compressed.length < 8000, () -> "compressed to " + compressed.length);
        assertArrayEquals(run, expand(compressed, run.length + 1, 64 << 10));
    }

    @Property(tries = 200)
    void it_does_not_matter_in_which_pieces_one_reads(@ForAll("contents") byte[] content, @ForAll long seed)
            throws WireException {
        LzwReader reader = new LzwReader();
        byte[] compressed = compress(content);
        reader.reset(compressed, 0, compressed.length);
        byte[] target = new byte[content.length + 10];
        Random random = new Random(seed);
        int at = 0;
        for (int length = 1; length > 0; at += length) {
            length = reader.read(target, at, Math.min(target.length, at + 1 + random.nextInt(300)));
        }
        assertArrayEquals(content, Arrays.copyOf(target, at));
        assertEquals(0, reader.read(target, 0, 1), "the end stays the end");
    }

    @Property(tries = 200)
    void whatever_is_cut_off_is_missed(@ForAll("contents") byte[] content, @ForAll int where) {
        byte[] compressed = compress(content);
        byte[] cut = Arrays.copyOf(compressed, Math.floorMod(where, compressed.length));
        assertEquals(
                DropReason.TRUNCATED,
                assertThrows(WireException.class, () -> expand(cut)).reason());
    }

    @Property(tries = 3000)
    void any_bytes_expand_within_the_bound_or_are_refused(@ForAll byte[] bytes) {
        try {
            assertTrue(expand(bytes).length <= BOUND);
        } catch (WireException e) {
            assertTrue(e.reason() == DropReason.TRUNCATED || e.reason() == DropReason.MALFORMED, e::getMessage);
        }
    }

    @Property(tries = 1000)
    void damaged_bytes_expand_or_are_refused(@ForAll("contents") byte[] content, @ForAll List<Integer> damage) {
        any_bytes_expand_within_the_bound_or_are_refused(PacketPropertiesTest.damage(compress(content), damage));
    }

    @Test
    void a_code_without_a_meaning_is_malformed() {
        // Nine bits each, lowest first: clear and then 258, which nothing has defined.
        assertMalformed(codes(256, 258));
        assertMalformed(codes(258));
        assertMalformed(codes('a', 259));
        assertMalformed(codes('a', 'b', 256, 258));
    }

    @Test
    void the_code_that_is_just_being_defined_may_be_used_at_once() throws WireException {
        assertArrayEquals(new byte[] {'a', 'a', 'a', 'a', 'a', 'a'}, expand(codes(256, 'a', 258, 259, 257)));
        // No clear in front: Go's reader needs none.
        assertArrayEquals(new byte[] {'a', 'b', 'a', 'b'}, expand(codes('a', 'b', 258, 257)));
    }

    @Test
    void what_stands_behind_the_end_is_ignored() throws WireException {
        byte[] compressed = compress(new byte[] {1, 2, 3});
        byte[] more = Arrays.copyOf(compressed, compressed.length + 5);
        Arrays.fill(more, compressed.length, more.length, (byte) 0xFF);
        assertArrayEquals(new byte[] {1, 2, 3}, expand(more));
    }

    @Test
    void nothing_expands_to_nothing() throws WireException {
        assertArrayEquals(new byte[0], expand(compress(new byte[0])));
        assertArrayEquals(new byte[0], expand(codes(257)));
    }

    private static void assertMalformed(byte[] compressed) {
        assertEquals(
                DropReason.MALFORMED,
                assertThrows(WireException.class, () -> expand(compressed)).reason());
    }

    /** Codes of nine bits, for less than 255 of them. */
    private static byte[] codes(int... codes) {
        byte[] bytes = new byte[(9 * codes.length + 7) / 8];
        for (int i = 0; i < 9 * codes.length; i++) {
            bytes[i / 8] |= (byte) ((codes[i / 9] >> i % 9 & 1) << i % 8);
        }
        return bytes;
    }

    static byte[] compress(byte[] content) {
        LzwWriter writer = new LzwWriter();
        int length = writer.compress(content, 0, content.length, Integer.MAX_VALUE);
        return Arrays.copyOf(writer.bytes(), length);
    }

    static byte[] expand(byte[] compressed) throws WireException {
        return expand(compressed, BOUND, 4096);
    }

    private static byte[] expand(byte[] compressed, int most, int piece) throws WireException {
        LzwReader reader = new LzwReader();
        reader.reset(compressed, 0, compressed.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[piece];
        int length = 1;
        while (length > 0 && out.size() < most) {
            length = reader.read(buffer, 0, Math.min(piece, most - out.size()));
            out.write(buffer, 0, length);
        }
        return out.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        return content;
    }

    /** Noise fills the table fastest, runs make the longest strings, few letters are what messages look like. */
    @Provide
    Arbitrary<byte[]> contents() {
        Arbitrary<byte[]> short_ = Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
        return Arbitraries.oneOf(short_, Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            byte[] content = new byte[random.nextInt(30_000)];
            int letters = 1 + random.nextInt(256);
            int most = 1 + random.nextInt(100);
            for (int i = 0; i < content.length; ) {
                byte letter = (byte) random.nextInt(letters);
                for (int run = 1 + random.nextInt(most); run > 0 && i < content.length; run--) {
                    content[i++] = letter;
                }
            }
            return content;
        }));
    }
}
