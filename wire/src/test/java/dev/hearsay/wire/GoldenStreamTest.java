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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured stream: bytes of real programs, read and written again. */
class GoldenStreamTest {
    /** As many places for user events as a Serf agent sends, nil where there is none. */
    static final int SERF_EVENT_PLACES = 512;

    /** Carry user events, which we skip; or the state of another program than Serf. */
    private static final Set<String> MORE_THAN_WE_KEEP = Set.of(
            "tcp-pushpull-reply-with-events",
            "tcp-pushpull-reply-ours-with-events",
            "label-tcp-pushpull-reply",
            "v051-tcp-pushpull-join-request",
            "v051-tcp-pushpull-reply");

    static Stream<Vector> understood() {
        return Vectors.streams().stream().filter(v -> !v.refused());
    }

    /** The compressed ones are written again in {@link CompressionTest}. */
    static Stream<Vector> rewritten() {
        return understood().filter(v -> !v.compressed() && !MORE_THAN_WE_KEEP.contains(v.name()));
    }

    static Stream<Vector> refused() {
        return Vectors.streams().stream().filter(Vector::refused);
    }

    @ParameterizedTest
    @MethodSource("understood")
    void a_captured_stream_means_what_it_meant_to_its_sender(Vector vector) throws WireException {
        DropCounters drops = new DropCounters();
        assertEquals(vector.expected(), Vectors.text(decode(vector.bytes(), drops)));
        boolean foreignState = Stream.of("v051", "label", "am")
                .anyMatch(program -> vector.name().startsWith(program));
        assertEquals(foreignState ? "UNKNOWN_STATE=1" : "", drops.toString());
    }

    @ParameterizedTest
    @MethodSource("understood")
    void a_stream_that_arrives_byte_by_byte_means_the_same(Vector vector) throws WireException {
        StreamDecoder decoder = new StreamDecoder(new DropCounters());
        StreamMessage expected = decode(vector.bytes(), new DropCounters());
        for (int i = 0; i < vector.bytes().length; i++) {
            assertNull(decoder.next(), "complete before its last byte");
            decoder.feed(vector.bytes(), i, 1);
        }
        assertEquals(expected, decoder.next());
        assertNull(decoder.next());
    }

    @ParameterizedTest
    @MethodSource("rewritten")
    void a_captured_stream_is_written_again_byte_for_byte(Vector vector) throws WireException {
        StreamMessage message = decode(vector.bytes(), new DropCounters());
        byte[] again = StreamCodec.encode(message, vector.bytes().length, SERF_EVENT_PLACES);
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
    @MethodSource("understood")
    void what_we_write_without_places_for_events_reads_the_same(Vector vector) throws WireException {
        StreamMessage message = decode(vector.bytes(), new DropCounters());
        DropCounters drops = new DropCounters();
        assertEquals(Vectors.text(message), Vectors.text(decode(StreamCodec.encode(message), drops)));
        assertEquals(0, drops.total(), drops::toString);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_stream_of_a_later_layer_is_refused_for_that_reason(Vector vector) {
        DropCounters drops = new DropCounters();
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(vector.bytes(), 0, vector.bytes().length);
        WireException refusal = assertThrows(WireException.class, decoder::next);
        assertEquals(vector.reason(), refusal.reason(), refusal.getMessage());
        assertSame(refusal, assertThrows(WireException.class, decoder::next));
        assertEquals(1, drops.total(), "a failure is counted once");
    }

    @Test
    void an_ack_on_a_stream_is_a_serf_agent_s_bytes() {
        byte[] golden = Vectors.named("tcp-ack").bytes();
        assertArrayEquals(golden, StreamCodec.encode(new StreamMessage.StreamAck(555)));
    }

    static StreamMessage decode(byte[] bytes, DropCounters drops) throws WireException {
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        StreamMessage message = decoder.next();
        assertNotNull(message, decoder::progress);
        return message;
    }
}
