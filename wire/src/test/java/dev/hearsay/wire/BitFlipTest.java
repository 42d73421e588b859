package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.wire.Vectors.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bit of every golden vector, flipped: it is refused, or gives a message, and {@code bitflips.txt} has what came of
 * how many. With {@code -Dbitflips.rewrite=true} that file is written anew: review the diff.
 */
class BitFlipTest {
    private static final Path GOLDEN = Path.of("src/test/resources/bitflips.txt");

    static Stream<Vector> vectors() {
        return Vectors.all().stream();
    }

    static Stream<Vector> protectedVectors() {
        return vectors().filter(v -> v.sealed() || v.encrypted());
    }

    @Test
    void whatComesOfEachFlippedBitIsWrittenDown() throws IOException {
        String now = vectors().map(vector -> Flips.of(vector).toString()).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("bitflips.rewrite")) {
            Files.writeString(GOLDEN, now);
        }
        assertEquals(Files.readString(GOLDEN), now, "rewrite: -Dbitflips.rewrite=true");
    }

    @ParameterizedTest
    @MethodSource("protectedVectors")
    void aChecksumOrEncryptionLetsNothingElseThroughThanAChecksumThatReadsAsAUserMessage(Vector vector) {
        List<String> places = Flips.of(vector).places();
        // 12 and 8, the kinds of a checksum and of a user message, differ in one bit; the label comes before. What
        // follows may also read as one of Serf's own messages, and is then malformed.
        int kind = vector.labelled() ? 2 + Vectors.LABEL.length() : 0;
        for (String place : places) {
            assertEquals("byte " + kind + " bit 2", place.substring(0, place.indexOf(':')));
        }
        assertTrue(places.size() <= (vector.encrypted() ? 0 : 1), places::toString);
    }

    @Test
    void aFlippedEncryptionVersionCanCutAUserMessageThatHasNoChecksum() throws WireException {
        WireConfig config = new WireConfig.Builder()
                .keyring(Keyring.of(Vectors.KEY))
                .serf(false)
                .build();
        PacketCodec codec = new PacketCodec(() -> config, new DropCounters(), Vectors.foreseen());
        // Version 0, which nobody authenticates, pads the plaintext: the last byte reads as the length of a padding.
        byte[] packet = codec.encode(new Message.User(Bytes.of((byte) 20, (byte) 21, (byte) 22, (byte) 2)), false);
        packet[0] ^= 1;
        assertEquals(new Message.User(Bytes.of((byte) 20, (byte) 21)), codec.decode(packet, 0, packet.length));
        byte[] sealed = codec.encode(new Message.User(Bytes.of((byte) 20, (byte) 21, (byte) 22, (byte) 2)));
        sealed[0] ^= 1;
        WireException refused = assertThrows(WireException.class, () -> codec.decode(sealed, 0, sealed.length));
        assertEquals(DropReason.CHECKSUM, refused.reason());
    }
}
