package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.Vectors.Vector;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption of packets and streams, and how it is turned on and rotated (wire specification, 2.7 and 2.9). */
class EncryptionTest {
    private static final Message PING = new Message.Ping(4300, "real1", "", null);
    private static final StreamMessage ACK = new StreamMessage.StreamAck(7);

    private static final WireConfig ENCRYPTED = encrypted(Vectors.KEY);

    private final DropCounters drops = new DropCounters();

    static Stream<Vector> packets() {
        return Vectors.packets().stream().filter(Vector::encrypted);
    }

    static Stream<Vector> streams() {
        return Vectors.streams().stream().filter(Vector::encrypted);
    }

    @Test
    void version_0_which_old_senders_pad_is_read() throws WireException {
        Vector old = Vectors.named("enc-udp-ping-v0-ours");
        assertEquals(PING, packets(ENCRYPTED).decode(old.bytes(), 0, old.bytes().length));
        // The writer of version 1, given the padded plaintext, makes the same bytes but for the version.
        byte[] plain = packets(WireConfig.PLAIN).encode(PING);
        int padding = 16 - plain.length % 16;
        byte[] padded = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        byte[] again = seal(old.encryption(), padded);
        again[0] = 0;
        assertArrayEquals(old.bytes(), again);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16})
    void the_padding_of_version_0_is_no_part_of_the_message(int padding) throws WireException {
        byte[] plain = new byte[32];
        plain[0] = Kind.USER;
        plain[1] = 'x';
        Arrays.fill(plain, plain.length - padding, plain.length, (byte) padding);
        byte[] packet = seal(Vectors.foreseen(), plain);
        packet[0] = 0;
        Message.User message = (Message.User) packets(ENCRYPTED).decode(packet, 0, packet.length);
        assertEquals(plain.length - 1 - padding, message.content().length());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 33, -1})
    void a_padding_that_cannot_be_is_malformed(int last) {
        byte[] plain = new byte[32];
        plain[0] = Kind.USER;
        plain[1] = 'x';
        plain[31] = (byte) last;
        byte[] packet = seal(Vectors.foreseen(), plain);
        packet[0] = 0;
        assertEquals(DropReason.MALFORMED, refusal(ENCRYPTED, packet).reason());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void every_flipped_bit_of_an_encrypted_packet_is_noticed(Vector vector) {
        PacketCodec codec = vector.packetCodec(drops);
        byte[] packet = vector.bytes();
        for (int bit = 0; bit < 8 * packet.length; bit++) {
            packet[bit / 8] ^= (byte) (1 << bit % 8);
            // The version is not authenticated: read as version 0, a packet of version 1 has no padding, or by chance
            // one.
            boolean version = bit / 8 == (vector.labelled() ? 2 + Vectors.LABEL.length() : 0);
            try {
                codec.decode(packet, 0, packet.length);
                assertTrue(version, "accepted with bit " + bit + " flipped");
            } catch (WireException e) {
                assertTrue(drops.get(e.reason()) > 0);
            }
            packet[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void every_flipped_bit_of_an_encrypted_stream_is_noticed_or_waited_for(Vector vector) throws WireException {
        byte[] bytes = vector.bytes();
        int version =
                (vector.labelled() && vector.opener() ? 2 + Vectors.LABEL.length() : 0) + StreamCodec.FRAME_HEADER;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            if (bit / 8 == version) {
                continue;
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            StreamDecoder decoder = vector.decoder(drops);
            decoder.feed(bytes, 0, bytes.length);
            try {
                // A larger length waits for bytes that do not come.
                assertNull(decoder.next(), "accepted with bit " + bit + " flipped");
            } catch (WireException e) {
                assertTrue(drops.get(e.reason()) > 0);
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void any_key_of_the_ring_decrypts_and_the_primary_one_encrypts() throws WireException {
        WireConfig both = new WireConfig.Builder()
                .keyring(Keyring.of(Vectors.OTHER_KEY, Vectors.KEY))
                .build();
        byte[] packet = packets(ENCRYPTED).encode(PING);
        assertEquals(PING, packets(both).decode(packet, 0, packet.length));
        byte[] answer = packets(both).encode(PING);
        assertEquals(DropReason.NOT_DECRYPTED, refusal(ENCRYPTED, answer).reason());
        assertEquals(PING, packets(encrypted(Vectors.OTHER_KEY)).decode(answer, 0, answer.length));
        byte[] request = streams(both).request(ACK);
        assertEquals(
                ACK,
                GoldenStreamTest.decode(streams(encrypted(Vectors.OTHER_KEY)).requestDecoder(), request));
        assertEquals(
                ACK,
                GoldenStreamTest.decode(
                        streams(both).requestDecoder(), streams(ENCRYPTED).request(ACK)));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void a_key_of_each_length_encrypts_and_decrypts(int length) throws WireException {
        WireConfig config = encrypted(GossipKey.of(new byte[length]));
        byte[] packet = packets(config).encode(PING);
        assertEquals(PING, packets(config).decode(packet, 0, packet.length));
    }

    @Test
    void keys_change_while_a_codec_is_in_use() throws WireException {
        AtomicReference<WireConfig> config = new AtomicReference<>(ENCRYPTED);
        PacketCodec codec = new PacketCodec(config::get, drops);
        byte[] old = codec.encode(PING);
        config.set(encrypted(Vectors.OTHER_KEY));
        byte[] packet = codec.encode(PING);
        assertEquals(PING, packets(encrypted(Vectors.OTHER_KEY)).decode(packet, 0, packet.length));
        assertThrows(WireException.class, () -> codec.decode(old, 0, old.length));
        config.set(config.get().toBuilder()
                .keyring(config.get().keyring().install(Vectors.KEY))
                .build());
        assertEquals(PING, codec.decode(old, 0, old.length));
    }

    @Test
    void no_nonce_comes_twice() {
        PacketCodec codec = new PacketCodec(() -> ENCRYPTED, drops);
        byte[] first = codec.encode(PING);
        byte[] second = codec.encode(PING);
        assertNotEquals(Bytes.of(Arrays.copyOfRange(first, 1, 13)), Bytes.of(Arrays.copyOfRange(second, 1, 13)));
    }

    @Test
    void what_is_not_encrypted_is_refused_where_encryption_is_required() {
        for (Vector vector : Vectors.packets()) {
            if (!vector.labelled() && !vector.encrypted()) {
                assertEquals(
                        DropReason.NOT_ENCRYPTED,
                        refusal(ENCRYPTED, vector.bytes()).reason(),
                        vector::name);
            }
        }
        WireException refusal = streamRefusal(ENCRYPTED, StreamCodec.encode(ACK));
        assertEquals(DropReason.NOT_ENCRYPTED, refusal.reason());
        assertEquals("Encryption is configured but remote state is not encrypted", refusal.getMessage());
    }

    @Test
    void what_is_encrypted_is_refused_where_there_are_no_keys() {
        assertEquals(
                DropReason.ENCRYPTED,
                refusal(WireConfig.PLAIN, new byte[] {
                            1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5
                        })
                        .reason());
        WireException refusal =
                streamRefusal(WireConfig.PLAIN, streams(ENCRYPTED).request(ACK));
        assertEquals(DropReason.ENCRYPTED, refusal.reason());
        assertEquals("Remote state is encrypted and encryption is not configured", refusal.getMessage());
    }

    @Test
    void what_no_key_fits_is_refused_in_memberlist_s_words() {
        WireException refusal =
                streamRefusal(ENCRYPTED, streams(encrypted(Vectors.OTHER_KEY)).request(ACK));
        assertEquals(DropReason.NOT_DECRYPTED, refusal.reason());
        assertEquals("No installed keys could decrypt the message", refusal.getMessage());
        assertEquals(1, drops.total());
    }

    /** memberlist's three steps; the settings are changed on one node after the other. */
    @Test
    void encryption_is_turned_on_node_by_node_and_at_no_time_two_nodes_misunderstand_each_other() throws WireException {
        WireConfig.Builder step = new WireConfig.Builder();
        WireConfig before = step.build();
        WireConfig keys = step.keyring(Keyring.of(Vectors.KEY))
                .verifyIncoming(false)
                .verifyOutgoing(false)
                .build();
        WireConfig outgoing = step.verifyOutgoing(true).build();
        WireConfig all = step.verifyIncoming(true).build();
        WireConfig[] steps = {before, keys, outgoing, all};
        for (int i = 0; i + 1 < steps.length; i++) {
            understands(steps[i], steps[i + 1]);
            understands(steps[i + 1], steps[i]);
        }
        assertEquals(0, drops.total(), drops::toString);
        // Skipping a step is what does not work.
        assertThrows(WireException.class, () -> understands(before, all));
        assertThrows(WireException.class, () -> understands(keys, all));
    }

    private void understands(WireConfig sender, WireConfig receiver) throws WireException {
        for (Vector vector : Vectors.packets()) {
            if (!vector.labelled() && !vector.encrypted()) {
                Message message = packets(WireConfig.PLAIN).decode(vector.bytes(), 0, vector.bytes().length);
                byte[] packet = packets(sender).encode(message);
                assertEquals(message, packets(receiver).decode(packet, 0, packet.length));
            }
        }
        assertEquals(
                ACK,
                GoldenStreamTest.decode(
                        streams(receiver).requestDecoder(), streams(sender).request(ACK)));
        assertEquals(
                ACK,
                GoldenStreamTest.decode(
                        streams(receiver).replyDecoder(), streams(sender).reply(ACK)));
    }

    @Test
    void while_encryption_is_introduced_a_wrong_key_is_not_mistaken_for_plaintext() {
        WireConfig lenient = ENCRYPTED.toBuilder().verifyIncoming(false).build();
        byte[] packet = new byte[40];
        packet[0] = 1;
        assertEquals(DropReason.NOT_DECRYPTED, refusal(lenient, packet).reason());
    }

    @Test
    void an_encrypted_nothing_is_a_drop() {
        assertEquals(
                DropReason.EMPTY,
                refusal(ENCRYPTED, seal(Vectors.foreseen(), new byte[0])).reason());
        StreamCodec codec = streams(ENCRYPTED);
        assertEquals(
                DropReason.TRUNCATED,
                streamRefusal(ENCRYPTED, codec.wrap(new byte[0], true)).reason());
    }

    @Test
    void an_encrypted_message_that_is_not_whole_is_refused_and_not_waited_for() {
        byte[] plain = Vectors.messages().get("enc-tcp-pushpull-join-request");
        StreamCodec codec = streams(ENCRYPTED);
        byte[] cut = codec.wrap(Arrays.copyOf(plain, plain.length - 1), true);
        assertEquals(DropReason.TRUNCATED, streamRefusal(ENCRYPTED, cut).reason());
    }

    @Test
    void encrypted_bytes_in_a_stream_are_bounded_before_they_arrive() throws WireException {
        byte[] header = {Kind.ENCRYPT, 0, 0, 0, 0};
        ByteBuffer.wrap(header).putInt(1, Limits.ENCRYPTED_BYTES + 1);
        assertEquals(DropReason.TOO_LONG, streamRefusal(ENCRYPTED, header).reason());
        ByteBuffer.wrap(header).putInt(1, -1);
        assertEquals(DropReason.TOO_LONG, streamRefusal(ENCRYPTED, header).reason());
        ByteBuffer.wrap(header).putInt(1, 0);
        assertEquals(DropReason.NOT_DECRYPTED, streamRefusal(ENCRYPTED, header).reason());
        // 200 announcements of 20 MiB: room made in advance would not fit into the 1 GiB the tests have.
        ByteBuffer.wrap(header).putInt(1, Limits.ENCRYPTED_BYTES);
        StreamDecoder[] waiting = new StreamDecoder[200];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = streams(ENCRYPTED).requestDecoder();
            waiting[i].feed(header, 0, header.length);
            assertNull(waiting[i].next());
        }
        assertEquals("in an encrypted message, after 5 bytes", waiting[0].progress());
    }

    @Test
    void encryption_inside_encryption_does_not_belong_there() {
        StreamCodec codec = streams(ENCRYPTED);
        byte[] twice = codec.wrap(codec.request(ACK), true);
        assertEquals(DropReason.MISPLACED_KIND, streamRefusal(ENCRYPTED, twice).reason());
    }

    @Test
    void a_bomb_inside_encryption_is_one_all_the_same() {
        byte[] bomb = new byte[1 + (4 << 20)];
        bomb[0] = Kind.USER;
        byte[] packet = seal(Vectors.foreseen(), CompressionTest.compressed(bomb));
        assertEquals(DropReason.BOMB, refusal(ENCRYPTED, packet).reason());
    }

    private static WireConfig encrypted(GossipKey key) {
        return new WireConfig.Builder().keyring(Keyring.of(key)).build();
    }

    private PacketCodec packets(WireConfig config) {
        return new PacketCodec(() -> config, drops, Vectors.foreseen());
    }

    private StreamCodec streams(WireConfig config) {
        return new StreamCodec(() -> config, drops, Vectors.foreseen());
    }

    /** The encrypted packet of any plaintext. */
    private static byte[] seal(Encryption encryption, byte[] plain) {
        byte[] packet = new byte[plain.length + Encryption.OVERHEAD];
        System.arraycopy(plain, 0, packet, Encryption.HEAD, plain.length);
        int end =
                encryption.encrypt(Keyring.of(Vectors.KEY), packet, 0, Encryption.HEAD + plain.length, 0, new byte[0]);
        assertEquals(packet.length, end);
        return packet;
    }

    private WireException refusal(WireConfig config, byte[] packet) {
        return assertThrows(WireException.class, () -> packets(config).decode(packet, 0, packet.length));
    }

    private WireException streamRefusal(WireConfig config, byte[] bytes) {
        StreamDecoder decoder = streams(config).requestDecoder();
        decoder.feed(bytes, 0, bytes.length);
        return assertThrows(WireException.class, decoder::next);
    }
}
