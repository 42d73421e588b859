package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold whichever layers there are. */
class LayersPropertiesTest {
    private final DropCounters drops = new DropCounters();

    @Property(tries = 400)
    void a_packet_written_and_read_is_the_same(
            @ForAll("configs") WireConfig config, @ForAll("messages") Message message) throws WireException {
        PacketCodec codec = new PacketCodec(() -> config, drops);
        byte[] packet = codec.encode(message);
        assertEquals(message, codec.decode(packet, 0, packet.length));
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 400)
    void a_packet_takes_no_more_than_the_core_is_told(
            @ForAll("configs") WireConfig config, @ForAll("messages") Message message) {
        MemberlistSizes sizes = new MemberlistSizes(() -> config);
        int most = sizes.of(message) + sizes.packetOverhead();
        byte[] target = new byte[3 + most];
        int written = new PacketCodec(() -> config, drops).encode(message, target, 3);
        assertTrue(written <= most);
        int sealed = new PacketCodec(() -> config, drops).encode(message, true).length;
        assertTrue(config.compress() ? sealed <= most : sealed == most, sealed + " of " + most);
    }

    @Property(tries = 200)
    void a_packet_written_into_a_larger_buffer_leaves_the_rest_alone(
            @ForAll("configs") WireConfig config, @ForAll("messages") Message message) throws WireException {
        MemberlistSizes sizes = new MemberlistSizes(() -> config);
        byte[] target = new byte[sizes.of(message) + sizes.packetOverhead() + 10];
        Arrays.fill(target, (byte) 0x55);
        PacketCodec codec = new PacketCodec(() -> config, drops);
        int written = codec.encode(message, target, 5);
        byte[] mark = {0x55, 0x55, 0x55, 0x55, 0x55};
        assertArrayEquals(mark, Arrays.copyOf(target, 5));
        assertArrayEquals(mark, Arrays.copyOfRange(target, target.length - 5, target.length));
        assertEquals(message, codec.decode(target, 5, written));
    }

    @Property(tries = 300)
    void a_stream_written_and_read_is_the_same_however_it_is_cut(
            @ForAll("configs") WireConfig config, @ForAll("streamMessages") StreamMessage message, @ForAll long seed)
            throws WireException {
        StreamCodec codec = new StreamCodec(() -> config, drops);
        Random random = new Random(seed);
        assertEquals(message, StreamPropertiesTest.inChunks(codec.requestDecoder(), codec.request(message), random));
        assertEquals(message, StreamPropertiesTest.inChunks(codec.replyDecoder(), codec.reply(message), random));
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 3000)
    void any_bytes_are_a_message_or_a_counted_drop(
            @ForAll("configs") WireConfig config, @ForAll("bytes") byte[] bytes) {
        try {
            new PacketCodec(() -> config, drops).decode(bytes, 0, bytes.length);
        } catch (WireException e) {
            assertTrue(drops.get(e.reason()) > 0, e::getMessage);
        }
        StreamCodec codec = new StreamCodec(() -> config, drops);
        for (StreamDecoder decoder : List.of(codec.requestDecoder(), codec.replyDecoder())) {
            decoder.feed(bytes, 0, bytes.length);
            try {
                decoder.next();
            } catch (WireException e) {
                assertTrue(drops.get(e.reason()) > 0, e::getMessage);
            }
        }
    }

    @Property(tries = 1000)
    void damage_is_a_message_or_a_counted_drop(
            @ForAll("configs") WireConfig config,
            @ForAll("messages") Message message,
            @ForAll("streamMessages") StreamMessage streamMessage,
            @ForAll List<Integer> damage) {
        PacketCodec codec = new PacketCodec(() -> config, drops);
        any_bytes_are_a_message_or_a_counted_drop(config, PacketPropertiesTest.damage(codec.encode(message), damage));
        StreamCodec streams = new StreamCodec(() -> config, drops);
        any_bytes_are_a_message_or_a_counted_drop(
                config, PacketPropertiesTest.damage(streams.request(streamMessage), damage));
    }

    @Provide
    Arbitrary<WireConfig> configs() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Keyring> keyrings = Arbitraries.of(
                Keyring.of(Vectors.KEY),
                Keyring.of(Vectors.OTHER_KEY, Vectors.KEY),
                Keyring.of(GossipKey.of(new byte[16])));
        return Combinators.combine(
                        Arbitraries.of("", "a", "my-cluster", "é".repeat(127)),
                        keyrings.injectNull(0.4),
                        flags,
                        flags,
                        flags)
                .as((label, keyring, verify, outgoing, compress) -> new WireConfig.Builder()
                        .label(label)
                        .keyring(keyring)
                        .verifyIncoming(verify && outgoing)
                        .verifyOutgoing(outgoing)
                        .compress(compress)
                        .build());
    }

    @Provide
    Arbitrary<Message> messages() {
        return Samples.messages();
    }

    @Provide
    Arbitrary<StreamMessage> streamMessages() {
        return Samples.streamMessages();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(bytes -> {
            if (bytes.length > 2 && bytes[1] % 2 == 0) {
                bytes[0] =
                        new byte[] {0, 1, Kind.ENCRYPT, Kind.COMPRESS, (byte) Kind.LABEL}[Math.floorMod(bytes[0], 5)];
            }
            return bytes;
        });
    }
}
