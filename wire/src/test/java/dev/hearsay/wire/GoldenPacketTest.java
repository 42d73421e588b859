package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Message;
import dev.hearsay.wire.Vectors.Vector;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured datagram: bytes of real programs, read and written again. */
class GoldenPacketTest {
    /** Vectors that we read but write in another form, which every receiver takes as well (wire specification, 2.1). */
    private static final Map<String, String> OTHER_FORM = Map.of(
            "am-udp-ack", "an empty payload where we send nil",
            "am-udp-gossip-alive", "nil metadata where we send an empty string");

    /** Encryption version 0, which we read and do not write: {@link EncryptionTest} has it. */
    private static final String OLD_ENCRYPTION = "enc-udp-ping-v0-ours";

    static Stream<Vector> packets() {
        return Vectors.packets().stream();
    }

    static Stream<Vector> rewritten() {
        return packets().filter(v -> !v.name().equals(OLD_ENCRYPTION));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void a_captured_packet_means_what_it_meant_to_its_sender(Vector vector) throws WireException {
        DropCounters drops = new DropCounters();
        Message message = vector.packetCodec(drops).decode(vector.bytes(), 0, vector.bytes().length);
        assertEquals(vector.meaning(), Vectors.text(message));
        assertEquals(0, drops.total(), drops::toString);
    }

    @ParameterizedTest
    @MethodSource("rewritten")
    void a_captured_packet_is_written_again_byte_for_byte_with_all_its_layers(Vector vector) throws WireException {
        PacketCodec codec = vector.packetCodec(new DropCounters());
        Message message = codec.decode(vector.bytes(), 0, vector.bytes().length);
        byte[] again = codec.encode(message, vector.sealed());
        if (OTHER_FORM.containsKey(vector.name())) {
            assertEquals(vector.bytes().length, again.length, OTHER_FORM.get(vector.name()));
            assertEquals(message, codec.decode(again, 0, again.length));
        } else {
            assertArrayEquals(vector.bytes(), again);
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void a_plain_node_refuses_the_layers_that_it_has_not_and_says_which(Vector vector) {
        DropCounters drops = new DropCounters();
        String outcome;
        try {
            outcome = Vectors.text(new PacketCodec(drops).decode(vector.bytes(), 0, vector.bytes().length));
        } catch (WireException e) {
            outcome = e.reason().name();
            assertEquals(e.reason() + "=1", drops.toString());
        }
        assertEquals(vector.labelled() ? "WRONG_LABEL" : vector.encrypted() ? "ENCRYPTED" : vector.meaning(), outcome);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void a_packet_is_read_where_it_stands_in_a_larger_buffer(Vector vector) throws WireException {
        PacketCodec codec = vector.packetCodec(new DropCounters());
        byte[] larger = new byte[vector.bytes().length + 20];
        System.arraycopy(vector.bytes(), 0, larger, 7, vector.bytes().length);
        Message expected = codec.decode(vector.bytes(), 0, vector.bytes().length);
        assertEquals(expected, codec.decode(larger, 7, vector.bytes().length));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void every_truncation_of_a_captured_packet_is_refused_or_understood_in_part(Vector vector) {
        PacketCodec codec = vector.packetCodec(new DropCounters());
        for (int length = 0; length < vector.bytes().length; length++) {
            try {
                Message message = codec.decode(vector.bytes(), 0, length);
                // A user message has no length of its own, and a compound keeps the parts that fit.
                boolean open = message instanceof Message.User || message instanceof Message.Compound;
                boolean checked = vector.sealed() || vector.encrypted();
                assertEquals(true, open && !checked, vector + " cut to " + length + " became " + message);
            } catch (WireException e) {
                assertEquals(true, e.getMessage().length() > 0);
            }
        }
    }

    @Test
    void there_are_vectors_of_every_kind() {
        List<String> all = packets().map(Vector::expected).toList();
        for (String kind : List.of(
                "ping{",
                "indirectPing{",
                "ack{",
                "nack{",
                "crc suspect{",
                "crc alive{",
                "crc dead{",
                "crc compound[",
                "crc leave{",
                "join{",
                "crc user{")) {
            assertEquals(true, all.stream().anyMatch(text -> text.startsWith(kind)), kind);
        }
    }
}
