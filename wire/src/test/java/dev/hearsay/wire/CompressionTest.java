package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.Vectors.Vector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** Compression as a layer of packets and streams (wire specification, 2.4 to 2.6 and 2.9). */
class CompressionTest {
    private static final WireConfig COMPRESSING =
            new WireConfig.Builder().compress(true).build();

    private final DropCounters drops = new DropCounters();
    private final PacketCodec codec = new PacketCodec(drops);

    @Test
    void a_compressed_stream_and_what_it_expands_to_mean_the_same() throws WireException {
        for (String name : List.of("comp-tcp-pushpull-join-request", "comp-tcp-pushpull-reply")) {
            assertEquals(
                    GoldenStreamTest.decode(Vectors.resource(name + ".decompressed.bin"), drops),
                    GoldenStreamTest.decode(Vectors.named(name).bytes(), drops));
        }
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 200)
    void a_packet_is_sent_compressed_if_that_makes_it_shorter(@ForAll("messages") Message message)
            throws WireException {
        PacketCodec compressing = new PacketCodec(() -> COMPRESSING, drops);
        byte[] plain = codec.encode(message, false);
        byte[] packet = compressing.encode(message, false);
        byte[] compressed = compressed(plain);
        assertArrayEquals(compressed.length < plain.length ? compressed : plain, packet);
        assertEquals(message, codec.decode(packet, 0, packet.length));
    }

    @Property(tries = 100)
    void a_stream_is_sent_compressed_even_if_that_makes_it_longer(@ForAll("streamMessages") StreamMessage message) {
        byte[] expected = compressed(StreamCodec.encode(message));
        assertArrayEquals(expected, new StreamCodec(() -> COMPRESSING, drops).request(message));
        assertArrayEquals(expected, new StreamCodec(() -> COMPRESSING, drops).reply(message));
    }

    @Property(tries = 200)
    void a_compressed_packet_means_what_the_plain_one_means(@ForAll("messages") Message message) throws WireException {
        byte[] packet = CompoundTest.seal(compressed(codec.encode(message, false)));
        assertEquals(message, codec.decode(packet, 0, packet.length));
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 150)
    void a_compressed_stream_means_what_the_plain_one_means_however_it_is_cut(
            @ForAll("streamMessages") StreamMessage message, @ForAll long seed) throws WireException {
        byte[] bytes = compressed(StreamCodec.encode(message));
        assertEquals(message, StreamPropertiesTest.inChunks(bytes, new Random(seed), drops));
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 2000)
    void a_damaged_compressed_packet_is_a_message_or_a_counted_drop(
            @ForAll("messages") Message message, @ForAll List<Integer> damage) {
        byte[] packet = PacketPropertiesTest.damage(compressed(codec.encode(message, false)), damage);
        try {
            codec.decode(packet, 0, packet.length);
        } catch (WireException e) {
            assertTrue(drops.get(e.reason()) > 0, e::getMessage);
        }
    }

    @Property(tries = 1000)
    void a_damaged_compressed_stream_is_a_message_a_wait_or_a_counted_drop(
            @ForAll("streamMessages") StreamMessage message, @ForAll List<Integer> damage) {
        byte[] bytes = PacketPropertiesTest.damage(compressed(StreamCodec.encode(message)), damage);
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        try {
            decoder.next();
        } catch (WireException e) {
            assertTrue(drops.get(e.reason()) > 0, e::getMessage);
        }
    }

    @Test
    void a_single_part_of_a_compound_may_be_compressed() throws WireException {
        byte[] inner = CompoundTest.compound(nack(1), nack(2));
        byte[] packet = CompoundTest.compound(nack(3), compressed(inner), compressed(nack(4)), nack(5));
        Message.Compound expected = new Message.Compound(List.of(
                new Message.Nack(3),
                new Message.Compound(List.of(new Message.Nack(1), new Message.Nack(2))),
                new Message.Nack(4),
                new Message.Nack(5)));
        assertEquals(expected, codec.decode(packet, 0, packet.length));
        assertEquals(0, drops.total());
    }

    @Test
    void what_is_compressed_twice_is_refused_in_every_form() throws WireException {
        byte[] twice = compressed(compressed(nack(1)));
        assertEquals(DropReason.NESTED, refusal(twice).reason());
        assertEquals(DropReason.NESTED, streamRefusal(twice).reason());
        byte[] inside = compressed(CompoundTest.compound(compressed(nack(1)), nack(2)));
        assertEquals(new Message.Compound(List.of(new Message.Nack(2))), codec.decode(inside, 0, inside.length));
        assertEquals("NESTED=3", drops.toString());
    }

    @Test
    void a_checksum_inside_compression_is_refused() {
        assertEquals(
                DropReason.NESTED,
                refusal(compressed(CompoundTest.seal(nack(1)))).reason());
    }

    @Test
    void layers_that_stand_further_out_do_not_stand_inside_compression() {
        for (int kind : new int[] {Kind.ENCRYPT, Kind.LABEL, Kind.CHECKSUM}) {
            byte[] bytes = compressed(new byte[] {(byte) kind, 1, 2, 3, 4, 5});
            assertEquals(DropReason.MISPLACED_KIND, streamRefusal(bytes).reason());
        }
    }

    @Test
    void another_algorithm_is_refused_by_its_number() {
        byte[] packet = object(1, LzwTest.compress(nack(1)));
        assertEquals(DropReason.UNKNOWN_COMPRESSION, refusal(packet).reason());
        WireException refusal = streamRefusal(packet);
        assertEquals(DropReason.UNKNOWN_COMPRESSION, refusal.reason());
        assertTrue(refusal.getMessage().contains("algorithm 1 "), refusal.getMessage());
        assertEquals("UNKNOWN_COMPRESSION=2", drops.toString());
    }

    @Test
    void compressed_bytes_that_break_off_or_make_no_sense_are_refused() {
        byte[] whole = LzwTest.compress(nack(1));
        byte[] cut = object(0, Arrays.copyOf(whole, whole.length - 1));
        assertEquals(DropReason.TRUNCATED, refusal(cut).reason());
        assertEquals(DropReason.TRUNCATED, streamRefusal(cut).reason());
        byte[] senseless = object(0, new byte[] {(byte) 0xFF, (byte) 0xFF});
        assertEquals(DropReason.MALFORMED, refusal(senseless).reason());
        assertEquals(DropReason.MALFORMED, streamRefusal(senseless).reason());
        assertEquals(DropReason.EMPTY, refusal(compressed(new byte[0])).reason());
        assertEquals(DropReason.TRUNCATED, refusal(object(0, new byte[0])).reason());
    }

    @Test
    void a_stream_whose_compressed_message_is_not_complete_is_refused_and_not_waited_for() {
        byte[] plain = Vectors.resource("comp-tcp-pushpull-reply.decompressed.bin");
        WireException refusal = streamRefusal(compressed(Arrays.copyOf(plain, plain.length - 1)));
        assertEquals(DropReason.TRUNCATED, refusal.reason());
        assertTrue(refusal.getMessage().contains("in a compressed message, in the user state"), refusal.getMessage());
    }

    @Test
    void a_packet_may_expand_up_to_the_bound_and_a_bomb_may_not() throws WireException {
        byte[] largest = user(Limits.PACKET_EXPANDED_BYTES);
        byte[] packet = compressed(largest);
        Message expected = new Message.User(Bytes.of(Arrays.copyOfRange(largest, 1, largest.length)));
        assertEquals(expected, codec.decode(packet, 0, packet.length));
        byte[] bomb = compressed(user(Limits.PACKET_EXPANDED_BYTES + 1));
        assertTrue(bomb.length < 2000, () -> "a bomb of " + bomb.length + " bytes");
        assertEquals(DropReason.BOMB, refusal(bomb).reason());
        assertEquals(expected, codec.decode(packet, 0, packet.length), "the next packet has a bound of its own");
    }

    @Test
    void the_parts_of_a_packet_share_one_bound() throws WireException {
        byte[] quarter = compressed(user(Limits.PACKET_EXPANDED_BYTES / 4));
        byte[] packet = CompoundTest.compound(quarter, quarter, quarter, quarter, compressed(nack(1)), nack(2));
        Message.Compound read = (Message.Compound) codec.decode(packet, 0, packet.length);
        assertEquals(5, read.parts().size());
        assertEquals(new Message.Nack(2), read.parts().get(4));
        assertEquals("BOMB=1", drops.toString());
    }

    @Test
    void a_part_that_breaks_has_used_up_its_share_of_the_bound() throws WireException {
        byte[] whole = LzwTest.compress(user(Limits.PACKET_EXPANDED_BYTES - 1000));
        byte[] broken = object(0, Arrays.copyOf(whole, whole.length - 1));
        byte[] packet = CompoundTest.compound(broken, compressed(user(10_000)), nack(2));
        assertEquals(new Message.Compound(List.of(new Message.Nack(2))), codec.decode(packet, 0, packet.length));
        assertEquals("TRUNCATED=1 BOMB=1", drops.toString());
    }

    @Test
    void a_stream_may_expand_freely_up_to_a_bound_and_beyond_in_proportion() throws WireException {
        StreamMessage.PushPull free = (StreamMessage.PushPull)
                GoldenStreamTest.decode(compressed(pushPull(Limits.STREAM_EXPANDED_FREELY - 100, true)), drops);
        assertNull(free.upper());
        byte[] bomb = compressed(pushPull(Limits.USER_STATE_BYTES, true));
        assertTrue(bomb.length < 20_000, () -> "a bomb of " + bomb.length + " bytes");
        WireException refusal = streamRefusal(bomb);
        assertEquals(DropReason.BOMB, refusal.reason());
        assertTrue(refusal.getMessage().contains("in a compressed message, in the user state"), refusal.getMessage());
        // As large, but of a kind that a sender may have had: noise in four letters.
        GoldenStreamTest.decode(compressed(pushPull(3 * Limits.STREAM_EXPANDED_FREELY, false)), drops);
        assertEquals("UNKNOWN_STATE=2 BOMB=1", drops.toString());
    }

    @Test
    void a_compressed_object_that_is_announced_and_not_sent_is_waited_for_without_room_being_made()
            throws WireException {
        byte[] start = object(0, new byte[70_000]);
        start[start.length - 70_004] = 0x03; // 50 MiB more than there will be
        StreamDecoder[] waiting = new StreamDecoder[200];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new StreamDecoder(drops);
            waiting[i].feed(start, 0, start.length);
            assertNull(waiting[i].next());
        }
        assertTrue(waiting[0].progress().startsWith("in a compressed message, "), waiting[0]::progress);
    }

    @Test
    void what_follows_a_compressed_message_is_ignored() throws WireException {
        byte[] bytes = compressed(CompoundTest.compound());
        byte[] ack = {Kind.ACK, (byte) 0x80, 1, 2, 3};
        StreamMessage message = GoldenStreamTest.decode(compressed(ack), drops);
        assertEquals(new StreamMessage.StreamAck(0), message);
        assertEquals(DropReason.MISPLACED_KIND, streamRefusal(bytes).reason());
    }

    private WireException refusal(byte[] packet) {
        return assertThrows(WireException.class, () -> codec.decode(packet, 0, packet.length));
    }

    private WireException streamRefusal(byte[] bytes) {
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        return assertThrows(WireException.class, decoder::next);
    }

    private byte[] nack(int sequence) {
        return codec.encode(new Message.Nack(sequence));
    }

    /** A user message that takes so many bytes with its kind. */
    private static byte[] user(int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) 'x');
        message[0] = Kind.USER;
        return message;
    }

    /** A push/pull without members and with a state of that length, which is not Serf's. */
    private static byte[] pushPull(int stateLength, boolean run) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.writePayload(new byte[] {Kind.PUSH_PULL});
            out.packMapHeader(1).packString("UserStateLen").packInt(stateLength);
            byte[] state = new byte[stateLength];
            Random random = new Random(5);
            for (int i = 0; i < stateLength; i++) {
                state[i] = run ? (byte) 'x' : (byte) ('a' + random.nextInt(4));
            }
            out.writePayload(state);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The compressed bytes in a vector, found by msgpack-core. */
    static byte[] content(Vector vector) {
        byte[] bytes = vector.bytes();
        int from = 1 + (bytes[0] == Kind.CHECKSUM ? 5 : 0);
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes, from, bytes.length - from)) {
            in.unpackMapHeader();
            in.unpackString();
            in.unpackInt();
            in.unpackString();
            return in.readPayload(in.unpackRawStringHeader());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] compressed(byte[] content) {
        return object(0, LzwTest.compress(content));
    }

    private static byte[] object(int algorithm, byte[] content) {
        byte[] bytes = new byte[content.length + 20];
        RawWriter out = new RawWriter(bytes, 0);
        out.octet(Kind.COMPRESS);
        out.map(2);
        out.key(Field.ALGORITHM);
        out.number(algorithm);
        out.key(Field.BUFFER);
        out.bytes(Bytes.of(content));
        return Arrays.copyOf(bytes, out.position());
    }

    @Provide
    Arbitrary<Message> messages() {
        return Samples.messages();
    }

    @Provide
    Arbitrary<StreamMessage> streamMessages() {
        return Samples.streamMessages();
    }
}
