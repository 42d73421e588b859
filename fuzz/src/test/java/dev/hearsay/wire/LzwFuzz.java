package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.fuzz.Allocation;
import dev.hearsay.fuzz.Input;
import dev.hearsay.fuzz.Seeds;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Compression: any bytes expand, or are refused, without allocation; what we compress expands to what it was. */
class LzwFuzz {
    private static final int MOST = 1 << 17;

    private final LzwReader reader = new LzwReader();
    private final LzwWriter writer = new LzwWriter();
    private final byte[] whole = new byte[MOST];
    private final byte[] pieces = new byte[MOST];

    static Stream<byte[]> compressed() {
        LzwWriter writer = new LzwWriter();
        return plain().map(bytes -> {
            int length = writer.compress(bytes, 0, bytes.length, Integer.MAX_VALUE);
            return Seeds.with(Arrays.copyOf(writer.bytes(), length), 100);
        });
    }

    static Stream<byte[]> plain() {
        return Stream.concat(Seeds.messages().stream(), Stream.of(new byte[4000]));
    }

    /** The first byte chooses the size of the pieces that it is read in. */
    @MethodSource("compressed")
    @FuzzTest
    void expand(byte[] bytes) {
        Input input = new Input(bytes);
        int piece = 1 + input.octet();
        byte[] source = input.rest();
        String[] first = new String[1];
        Allocation.atMost(1024, () -> first[0] = read(source, whole, MOST));
        String second = read(source, pieces, piece);
        assertEquals(first[0], second, "in pieces of " + piece + " bytes");
        assertArrayEquals(whole, pieces);
    }

    /** How many bytes came out, and why no more. */
    private String read(byte[] source, byte[] target, int piece) {
        Arrays.fill(target, (byte) 0);
        reader.reset(source, 0, source.length);
        int total = 0;
        try {
            int length;
            do {
                length = reader.read(target, total, Math.min(MOST, total + piece));
                total += length;
            } while (length > 0);
        } catch (WireException e) {
            // What came before in the same piece was written, and is not counted.
            Arrays.fill(target, (byte) 0);
            return e.reason().name();
        }
        return String.valueOf(total);
    }

    /** Any bytes. */
    @MethodSource("plain")
    @FuzzTest
    void roundTrip(byte[] bytes) throws WireException {
        int length = writer.compress(bytes, 0, bytes.length, Integer.MAX_VALUE);
        reader.reset(writer.bytes(), 0, length);
        byte[] again = new byte[bytes.length + 1];
        assertEquals(bytes.length, reader.read(again, 0, again.length));
        assertArrayEquals(bytes, Arrays.copyOf(again, bytes.length));
        assertEquals(-1, writer.compress(bytes, 0, bytes.length, length - 1), "shorter than it can be");
    }
}
