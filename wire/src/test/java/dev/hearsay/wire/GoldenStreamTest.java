package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.Vectors.Vector;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured stream: bytes of real programs, read and written again. */
class GoldenStreamTest {
    /** As many places for user events as a Serf agent sends, nil where there is none. */
    static final int SERF_EVENT_PLACES = 512;

    /** Carry user events, which we skip; or numbers with a sign, as memberlist 0.5.1 writes them. */
    private static boolean writtenOtherwise(Vector vector) {
        boolean signed = vector.name().startsWith("v051-") || vector.name().startsWith("label-");
        return vector.name().contains("-with-events")
                || vector.name().equals("comp-tcp-pushpull-reply")
                || (signed && vector.name().contains("pushpull"));
    }

    static Stream<Vector> streams() {
        return Vectors.streams().stream();
    }

    static Stream<Vector> rewritten() {
        return streams().filter(v -> !writtenOtherwise(v));
    }

    static Stream<Vector> layered() {
        return streams().filter(v -> Vectors.messages().containsKey(v.name()));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_captured_stream_means_what_it_meant_to_its_sender(Vector vector) throws WireException {
        DropCounters drops = new DropCounters();
        assertEquals(vector.meaning(), Vectors.text(decode(vector, drops)));
        assertEquals("", drops.toString());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_arrives_byte_by_byte_means_the_same(Vector vector) throws WireException {
        StreamDecoder decoder = vector.decoder(new DropCounters());
        StreamMessage expected = decode(vector, new DropCounters());
        for (int i = 0; i < vector.bytes().length; i++) {
            assertNull(decoder.next(), "complete before its last byte");
            decoder.feed(vector.bytes(), i, 1);
        }
        assertEquals(expected, decoder.next());
        assertNull(decoder.next());
    }

    @ParameterizedTest
    @MethodSource("rewritten")
    void a_captured_stream_is_written_again_byte_for_byte_with_all_its_layers(Vector vector) throws WireException {
        StreamMessage message = decode(vector, new DropCounters());
        byte[] original = Vectors.messages().getOrDefault(vector.name(), vector.bytes());
        byte[] plain = StreamCodec.encode(message, original.length, SERF_EVENT_PLACES);
        byte[] again = vector.streamCodec(new DropCounters()).wrap(plain, vector.opener());
        if (vector.name().equals("tcp-pushpull-periodic-request")) {
            // Three status times, which Go writes in random order and we in the order of the names.
            int entries = 3 * (1 + "real1".length() + 1);
            int before = vector.bytes().length - entries;
            assertArrayEquals(Arrays.copyOf(vector.bytes(), before), Arrays.copyOf(again, before));
            assertEquals(Vectors.text(message), Vectors.text(decode(again, new DropCounters())));
        } else {
            assertArrayEquals(vector.bytes(), again);
        }
    }

    @ParameterizedTest
    @MethodSource("layered")
    void the_layers_of_a_captured_stream_are_put_on_again_byte_for_byte(Vector vector) throws WireException {
        byte[] message = Vectors.messages().get(vector.name());
        StreamCodec codec = vector.streamCodec(new DropCounters());
        assertArrayEquals(vector.bytes(), codec.wrap(message, vector.opener()));
        assertEquals(decode(plain(vector, new DropCounters()), message), decode(vector, new DropCounters()));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void what_we_write_without_places_for_events_reads_the_same(Vector vector) throws WireException {
        StreamMessage message = decode(vector, new DropCounters());
        DropCounters drops = new DropCounters();
        assertEquals(Vectors.text(message), Vectors.text(decode(plain(vector, drops), StreamCodec.encode(message))));
        assertEquals(0, drops.total(), drops::toString);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_plain_node_refuses_the_layers_that_it_has_not_and_says_which(Vector vector) throws WireException {
        DropCounters drops = new DropCounters();
        StreamDecoder decoder = plain(vector, drops);
        decoder.feed(vector.bytes(), 0, vector.bytes().length);
        if (vector.encrypted() || (vector.labelled() && vector.opener())) {
            WireException refusal = assertThrows(WireException.class, decoder::next);
            boolean header = vector.labelled() && vector.opener();
            assertEquals(header ? DropReason.WRONG_LABEL : DropReason.ENCRYPTED, refusal.reason());
            assertSame(refusal, assertThrows(WireException.class, decoder::next));
            assertEquals(1, drops.total(), "a failure is counted once");
        } else {
            assertEquals(vector.meaning(), Vectors.text(decoder.next()));
        }
    }

    @Test
    void an_ack_on_a_stream_is_a_serf_agent_s_bytes() {
        byte[] golden = Vectors.named("tcp-ack").bytes();
        assertArrayEquals(golden, StreamCodec.encode(new StreamMessage.StreamAck(555)));
    }

    private static StreamMessage decode(Vector vector, DropCounters drops) throws WireException {
        return decode(vector.decoder(drops), vector.bytes());
    }

    /** Of a node without any layer, with the same layer above as the sender. */
    private static StreamDecoder plain(Vector vector, DropCounters drops) {
        WireConfig config = WireConfig.PLAIN.toBuilder().serf(!vector.foreign()).build();
        return new StreamCodec(() -> config, drops).requestDecoder();
    }

    static StreamMessage decode(byte[] bytes, DropCounters drops) throws WireException {
        return decode(new StreamDecoder(drops), bytes);
    }

    static StreamMessage decode(StreamDecoder decoder, byte[] bytes) throws WireException {
        decoder.feed(bytes, 0, bytes.length);
        StreamMessage message = decoder.next();
        assertNotNull(message, decoder::progress);
        return message;
    }
}
