package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.Vectors.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Laws of the stream codec, for arbitrary messages and arbitrary bytes. */
class StreamPropertiesTest {
    private static final List<byte[]> GOLDEN =
            Vectors.streams().stream().map(Vector::bytes).toList();

    @Property(tries = 150)
    void a_message_written_and_read_is_the_same(@ForAll("messages") StreamMessage message) throws WireException {
        DropCounters drops = new DropCounters();
        assertEquals(message, GoldenStreamTest.decode(StreamCodec.encode(message), drops));
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 150)
    void the_size_foretold_is_the_size_written(@ForAll("messages") StreamMessage message) throws WireException {
        long size = new MemberlistSizes().of(message);
        // Room to spare: only what was really written can be read back.
        byte[] bytes = StreamCodec.encode(message, size + 50, SerfStateCodec.EVENT_PLACES);
        StreamDecoder decoder = new StreamDecoder(new DropCounters());
        decoder.feed(bytes, 0, (int) size - 1);
        assertNull(decoder.next(), "complete before the size foretold");
        decoder.feed(bytes, (int) size - 1, 1);
        assertEquals(message, decoder.next());
    }

    @Property(tries = 150)
    void however_a_stream_is_cut_it_means_the_same(@ForAll("messages") StreamMessage message, @ForAll long seed)
            throws WireException {
        byte[] bytes = StreamCodec.encode(message);
        assertEquals(message, inChunks(bytes, new Random(seed), new DropCounters()));
    }

    @Property(tries = 150)
    void what_follows_a_message_is_ignored(@ForAll("messages") StreamMessage message, @ForAll byte[] more)
            throws WireException {
        StreamDecoder decoder = new StreamDecoder(new DropCounters());
        byte[] bytes = StreamCodec.encode(message);
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        decoder.feed(all, 0, all.length);
        assertEquals(message, decoder.next());
        decoder.feed(more, 0, more.length);
        assertNull(decoder.next());
    }

    @Property(tries = 2000)
    void any_bytes_are_a_message_a_wait_or_a_counted_drop(@ForAll("streams") byte[] bytes, @ForAll long seed) {
        DropCounters drops = new DropCounters();
        try {
            inChunks(bytes, new Random(seed), drops);
        } catch (WireException e) {
            assertTrue(drops.get(e.reason()) > 0, e::getMessage);
        }
    }

    @Property(tries = 2000)
    void cutting_does_not_change_what_damaged_bytes_mean(@ForAll("damaged") byte[] bytes, @ForAll long seed) {
        DropCounters whole = new DropCounters();
        DropCounters cut = new DropCounters();
        StreamDecoder decoder = new StreamDecoder(whole);
        decoder.feed(bytes, 0, bytes.length);
        String expected = outcome(decoder::next);
        assertEquals(expected, outcome(() -> inChunks(bytes, new Random(seed), cut)));
        assertEquals(whole.toString(), cut.toString());
    }

    private interface Attempt {
        @Nullable StreamMessage run() throws WireException;
    }

    private static String outcome(Attempt attempt) {
        try {
            return String.valueOf(attempt.run());
        } catch (WireException e) {
            return e.reason().name();
        }
    }

    static @Nullable StreamMessage inChunks(byte[] bytes, Random random, DropCounters drops) throws WireException {
        return inChunks(new StreamDecoder(drops), bytes, random);
    }

    static @Nullable StreamMessage inChunks(StreamDecoder decoder, byte[] bytes, Random random) throws WireException {
        int at = 0;
        while (at < bytes.length) {
            int length = 1 + random.nextInt(Math.min(bytes.length - at, 1 + random.nextInt(2000)));
            decoder.feed(bytes, at, length);
            at += length;
            StreamMessage message = decoder.next();
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    @Provide
    Arbitrary<StreamMessage> messages() {
        return Samples.streamMessages();
    }

    /** Random bytes behind a kind that streams have. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(any, any.map(bytes -> {
            if (bytes.length > 2) {
                bytes[0] = new byte[] {Kind.PUSH_PULL, Kind.PING, Kind.ACK, Kind.REFUSAL}[bytes[0] & 3];
                bytes[1] = (byte) (0x80 | (bytes[1] & 0x0F));
            }
            return bytes;
        }));
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Arbitraries.of(GOLDEN)
                .flatMap(golden -> Arbitraries.integers()
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .map(seeds -> PacketPropertiesTest.damage(golden, seeds)));
    }
}
