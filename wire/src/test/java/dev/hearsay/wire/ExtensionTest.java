package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.SummedTable;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Extension frames: user messages with a first byte that Serf does not use. */
class ExtensionTest {
    private static final Message.Extension FRAME = new Message.Extension(1, 0xFE, Bytes.of((byte) 7, (byte) 8));
    private static final String PACKET = "084801fe0708";
    /** A kind, a map of one entry "UserMsgLen", and the message without its kind. */
    private static final String STREAM = "0881aa557365724d73674c656e05" + "4801fe0708";

    private final DropCounters drops = new DropCounters();
    private final WireConfig bare = WireConfig.PLAIN.toBuilder().serf(false).build();

    @Test
    void a_frame_is_these_bytes_in_a_packet_and_in_a_stream() throws WireException {
        PacketCodec packets = new PacketCodec(drops);
        assertEquals(PACKET, HexFormat.of().formatHex(packets.encode(FRAME, false)));
        assertEquals(FRAME, packet(packets, PACKET));
        StreamMessage.StreamUser streamed = new StreamMessage.StreamUser(FRAME);
        assertEquals(STREAM, HexFormat.of().formatHex(StreamCodec.encode(streamed)));
        assertEquals(streamed, stream(WireConfig.PLAIN, STREAM));
    }

    @Test
    void a_guard_is_a_frame_of_version_1_and_kind_1_in_a_stream() throws WireException {
        StreamMessage.Guard guard = new StreamMessage.Guard("n1", 7);
        String frame = "480101" + "82" + "ab496e6361726e6174696f6e" + "07" + "a44e6f6465" + "a26e31";
        String stream = "0881aa557365724d73674c656e19" + frame;
        assertEquals(stream, HexFormat.of().formatHex(StreamCodec.encode(guard)));
        assertEquals(guard, stream(WireConfig.PLAIN, stream));
        // In a packet it has no meaning, and is skipped like any other.
        assertEquals(
                Message.Extension.class,
                packet(new PacketCodec(drops), "08" + frame).getClass());
    }

    @Test
    void a_guard_without_a_name_or_with_a_map_that_is_cut_is_a_counted_drop() {
        String header = "0881aa557365724d73674c656e";
        assertThrows(WireException.class, () -> stream(WireConfig.PLAIN, header + "04" + "480101" + "80"));
        assertEquals(1, drops.get(DropReason.MALFORMED));
        assertThrows(WireException.class, () -> stream(WireConfig.PLAIN, header + "09" + "480101" + "81a44e6f6465"));
        assertEquals(1, drops.get(DropReason.TRUNCATED), drops::toString);
    }

    @Test
    void a_digest_is_a_frame_of_version_1_and_kind_2_and_has_less_than_100_bytes_if_nothing_is_different()
            throws WireException {
        StreamMessage.Digest digest = new StreamMessage.Digest(7, 1, 1, 0x0102030405060708L, 9, Bytes.EMPTY);
        String frame = "480102" + "86" + "aa4576656e744c54696d65" + "01" + "a64576656e7473" + "a80000000000000009"
                + "a54c54696d65" + "07" + "a55061727473" + "a0" + "aa51756572794c54696d65" + "01" + "a353756d"
                + "a80102030405060708";
        String stream = "0881aa557365724d73674c656e47" + frame;
        assertEquals(stream, HexFormat.of().formatHex(StreamCodec.encode(digest)));
        assertEquals(digest, stream(WireConfig.PLAIN, stream));
        assertTrue(stream.length() / 2 < 100);
    }

    @Test
    void a_delta_is_a_frame_of_version_1_and_kind_3_with_a_push_pull_behind_it() throws WireException {
        StreamMessage.PushPull nobody = new StreamMessage.PushPull(false, List.of(), null);
        StreamMessage.Delta delta = new StreamMessage.Delta(Bytes.of((byte) 4), nobody);
        String head = "0881aa557365724d73674c656e0c" + "480103" + "81" + "a55061727473" + "a104";
        String stream = head + HexFormat.of().formatHex(StreamCodec.encode(nobody));
        assertEquals(stream, HexFormat.of().formatHex(StreamCodec.encode(delta)));
        assertEquals(delta, stream(WireConfig.PLAIN, stream));
        // Nothing but a push/pull may follow.
        WireException misplaced = assertThrows(WireException.class, () -> stream(WireConfig.PLAIN, head + "0281"));
        assertEquals(DropReason.MISPLACED_KIND, misplaced.reason());
    }

    @Test
    void a_number_of_parts_that_there_cannot_be_is_a_counted_drop() {
        for (String parts : List.of("a0", "a3040404", "da0400" + "00".repeat(1024))) {
            String frame = "480103" + "81" + "a55061727473" + parts;
            String length = "cd" + String.format("%04x", frame.length() / 2);
            assertThrows(
                    WireException.class, () -> stream(WireConfig.PLAIN, "0881aa557365724d73674c656e" + length + frame));
        }
        assertEquals(3, drops.get(DropReason.MALFORMED), drops::toString);
    }

    @Test
    void heartbeats_are_a_frame_of_version_1_and_kind_4_with_twelve_bytes_for_each_member() throws WireException {
        Message.Heartbeats heartbeats =
                new Message.Heartbeats(List.of(new Message.Beat(0x0102030405060708L, 9), new Message.Beat(-2, -1)));
        String packet = "08480104" + "81" + "a54e6f646573" + "b8" + "0102030405060708" + "00000009" + "fffffffffffffffe"
                + "ffffffff";
        PacketCodec packets = new PacketCodec(drops);
        assertEquals(packet, HexFormat.of().formatHex(packets.encode(heartbeats, false)));
        assertEquals(heartbeats, packet(packets, packet));
    }

    @Test
    void the_key_of_a_counter_is_the_hash_of_name_and_incarnation_that_the_wire_format_says() {
        assertEquals("e92a59d85ab6d263", Long.toHexString(SummedTable.identity("n1", 7)));
    }

    @Test
    void counters_of_nobody_or_of_half_a_member_are_a_counted_drop() {
        PacketCodec packets = new PacketCodec(drops);
        for (String nodes : List.of("a0", "ab" + "00".repeat(11), "ad" + "00".repeat(13))) {
            WireException refused = assertThrows(
                    WireException.class, () -> packet(packets, "08480104" + "81" + "a54e6f646573" + nodes));
            assertEquals(DropReason.MALFORMED, refused.reason());
        }
        assertThrows(WireException.class, () -> packet(packets, "08480104" + "80"));
        assertEquals(4, drops.get(DropReason.MALFORMED), drops::toString);
    }

    @Test
    void any_version_and_kind_is_read_and_a_frame_may_be_empty() throws WireException {
        PacketCodec packets = new PacketCodec(drops);
        assertEquals(new Message.Extension(0, 0, Bytes.EMPTY), packet(packets, "08480000"));
        assertEquals(new Message.Extension(255, 255, Bytes.EMPTY), packet(packets, "0848ffff"));
    }

    @Test
    void a_frame_without_version_or_kind_is_a_counted_drop_and_costs_only_itself() throws WireException {
        PacketCodec packets = new PacketCodec(drops);
        for (String cut : List.of("0848", "084801")) {
            assertEquals(
                    DropReason.TRUNCATED,
                    assertThrows(WireException.class, () -> packet(packets, cut))
                            .reason());
        }
        assertEquals(new Message.Compound(List.of(FRAME)), packet(packets, "0702" + "0002" + "0006" + "0848" + PACKET));
        assertEquals(3, drops.get(DropReason.TRUNCATED));
        assertThrows(WireException.class, () -> stream(WireConfig.PLAIN, "0881aa557365724d73674c656e01" + "48"));
        assertEquals(4, drops.get(DropReason.TRUNCATED));
    }

    @Test
    void where_the_layer_above_is_not_serf_the_same_bytes_are_the_application_s() throws WireException {
        Message.User user = new Message.User(Bytes.of(HexFormat.of().parseHex("4801fe0708")));
        assertEquals(user, packet(new PacketCodec(() -> bare, drops), PACKET));
        assertEquals(new StreamMessage.StreamUser(user), stream(bare, STREAM));
    }

    private static Message packet(PacketCodec packets, String hex) throws WireException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return packets.decode(bytes, 0, bytes.length);
    }

    private StreamMessage stream(WireConfig config, String hex) throws WireException {
        StreamDecoder decoder = new StreamCodec(() -> config, drops).requestDecoder();
        return GoldenStreamTest.decode(decoder, HexFormat.of().parseHex(hex));
    }
}
