package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels around packets and streams (wire specification, 2.8). */
class LabelTest {
    private static final Message NACK = new Message.Nack(1);
    private static final StreamMessage ACK = new StreamMessage.StreamAck(7);

    private final DropCounters drops = new DropCounters();

    @ParameterizedTest(name = "from \"{0}\" to \"{1}\"")
    @CsvSource({"q7,b", "q7,''", "'',q7", "q,q7", "q7,q"})
    void what_belongs_to_another_cluster_is_refused_and_neither_label_is_told(String theirs, String ours) {
        byte[] packet = packets(label(theirs)).encode(NACK);
        byte[] request = streams(label(theirs)).request(ACK);
        for (WireException refusal :
                new WireException[] {refusal(label(ours), packet), streamRefusal(label(ours), request)}) {
            assertEquals(DropReason.WRONG_LABEL, refusal.reason());
            assertFalse(refusal.getMessage().contains("q"), refusal.getMessage());
        }
        assertEquals("WRONG_LABEL=2", drops.toString());
    }

    @Test
    void a_reply_has_no_label_header_but_its_label_is_authenticated() throws WireException {
        WireConfig a = encrypted("a");
        assertEquals(Kind.LABEL, streams(a).request(ACK)[0] & 0xFF);
        byte[] reply = streams(a).reply(ACK);
        assertEquals(Kind.ENCRYPT, reply[0]);
        assertEquals(ACK, GoldenStreamTest.decode(streams(a).replyDecoder(), reply));
        StreamDecoder stranger = streams(encrypted("b")).replyDecoder();
        stranger.feed(reply, 0, reply.length);
        assertEquals(
                DropReason.NOT_DECRYPTED,
                assertThrows(WireException.class, stranger::next).reason());
    }

    @Test
    void a_label_header_in_front_of_a_reply_does_not_belong_there() {
        byte[] request = streams(label("a")).request(ACK);
        StreamDecoder decoder = streams(label("a")).replyDecoder();
        decoder.feed(request, 0, request.length);
        assertEquals(
                DropReason.MISPLACED_KIND,
                assertThrows(WireException.class, decoder::next).reason());
    }

    @Test
    void another_label_put_in_front_of_an_encrypted_packet_does_not_decrypt() {
        byte[] packet = packets(encrypted("a")).encode(NACK);
        packet[2] = 'b';
        assertEquals(DropReason.NOT_DECRYPTED, refusal(encrypted("b"), packet).reason());
        byte[] request = streams(encrypted("a")).request(ACK);
        request[2] = 'b';
        assertEquals(
                DropReason.NOT_DECRYPTED, streamRefusal(encrypted("b"), request).reason());
    }

    @Test
    void without_the_check_what_has_no_header_is_taken_as_if_it_had_ours_and_what_has_one_is_not()
            throws WireException {
        for (WireConfig sender : new WireConfig[] {label("a"), encrypted("a")}) {
            WireConfig receiver = sender.toBuilder().skipInboundLabelCheck(true).build();
            byte[] packet = packets(sender).encode(NACK);
            byte[] stripped = Arrays.copyOfRange(packet, 3, packet.length);
            assertEquals(NACK, packets(receiver).decode(stripped, 0, stripped.length));
            assertEquals(DropReason.WRONG_LABEL, refusal(receiver, packet).reason());
            byte[] request = streams(sender).request(ACK);
            byte[] bare = Arrays.copyOfRange(request, 3, request.length);
            assertEquals(ACK, GoldenStreamTest.decode(streams(receiver).requestDecoder(), bare));
            assertEquals(
                    DropReason.WRONG_LABEL, streamRefusal(receiver, request).reason());
        }
        assertEquals("WRONG_LABEL=4", drops.toString());
    }

    @Test
    void a_header_that_is_cut_or_empty_is_refused_in_a_packet() {
        WireConfig config = label("abc");
        byte[] packet = packets(config).encode(NACK);
        for (int length = 1; length < 5; length++) {
            assertEquals(
                    DropReason.TRUNCATED,
                    refusal(config, Arrays.copyOf(packet, length)).reason());
        }
        assertEquals(DropReason.EMPTY, refusal(config, Arrays.copyOf(packet, 5)).reason());
        assertEquals(DropReason.EMPTY, refusal(config, new byte[0]).reason());
        byte[] empty = {(byte) Kind.LABEL, 0, Kind.NACK, (byte) 0x80};
        assertEquals(DropReason.MALFORMED, refusal(config, empty).reason());
        assertEquals(DropReason.MALFORMED, streamRefusal(config, empty).reason());
    }

    @Test
    void a_header_that_is_cut_is_waited_for_in_a_stream() throws WireException {
        byte[] request = streams(label("abc")).request(ACK);
        StreamDecoder decoder = streams(label("abc")).requestDecoder();
        for (int i = 0; i < request.length; i++) {
            assertNull(decoder.next());
            decoder.feed(request, i, 1);
        }
        assertEquals(ACK, decoder.next());
    }

    @Test
    void the_longest_label_there_can_be_fits_and_a_longer_one_is_a_wrong_setting() throws WireException {
        String longest = "é".repeat(127) + "x";
        byte[] packet = packets(encrypted(longest)).encode(NACK);
        assertEquals(255, packet[1] & 0xFF);
        assertEquals(NACK, packets(encrypted(longest)).decode(packet, 0, packet.length));
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> label(longest + "x"));
        assertEquals(true, refusal.getMessage().startsWith("label has 256 bytes of UTF-8: must be at most 255"));
    }

    @Test
    void without_a_label_there_is_no_header() {
        assertArrayEquals(
                packets(WireConfig.PLAIN).encode(NACK), packets(label("")).encode(NACK));
    }

    private static WireConfig label(String label) {
        return new WireConfig.Builder().label(label).build();
    }

    private static WireConfig encrypted(String label) {
        return label(label).toBuilder().keyring(Keyring.of(Vectors.KEY)).build();
    }

    private PacketCodec packets(WireConfig config) {
        return new PacketCodec(() -> config, drops, Vectors.foreseen());
    }

    private StreamCodec streams(WireConfig config) {
        return new StreamCodec(() -> config, drops, Vectors.foreseen());
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
