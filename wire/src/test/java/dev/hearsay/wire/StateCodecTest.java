package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateKind;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is said about shared state: extension frames of version 1 and kind 5, as docs/wire.md describes them. */
class StateCodecTest {
    private static final HexFormat HEX = HexFormat.of();

    /** A user message, an extension frame, its version, its kind. */
    private static final String HEAD = "08" + "48" + "01" + "05";

    private static final StateFrame.Settled SETTLED = new StateFrame.Settled(0x1112131415161718L, -2, 0x1A2B3C4D5EL);
    private static final String SETTLED_HEX = "1112131415161718" + "fffffffffffffffe" + "001a2b3c4d5e";

    /** A key of a map: all flags off but that somebody wrote it. */
    private static final Entry MAP = new Entry(
            new EntryId(StateKind.MAP, "flags", bytes("6b"), 0),
            0x10,
            false,
            0x10,
            7,
            0,
            bytes("7677"),
            Bytes.EMPTY,
            0xABL);

    private static final String MAP_HEX = "25" + "08" + "02" + "05" + "666c616773" + "01" + "6b" + "0000000000000010"
            + "00000000000000ab" + "0000000000000007" + "02" + "7677";

    /** The tombstone of an element of a set, with everything there can be. */
    private static final Entry FULL = new Entry(
            new EntryId(StateKind.SET, "s", bytes("65"), 1), 2, true, 3, 4, 5, Bytes.EMPTY, bytes("eeff"), -1);

    private static final String FULL_HEX = "39" + "1f" + "03" + "01" + "73" + "01" + "65" + "0000000000000002"
            + "ffffffffffffffff" + "0000000000000001" + "0000000000000003" + "0000000000000004" + "0000000000000005"
            + "00" + "eeff";

    /** What a replica has of its own: it is not said twice who wrote it. */
    private static final Entry OWN = new Entry(
            new EntryId(StateKind.REGISTER, "r", Bytes.EMPTY, 6), 1, false, 1, 6, 0, Bytes.EMPTY, Bytes.EMPTY, 9);

    private static final String OWN_HEX = "1e" + "02" + "05" + "01" + "72" + "00" + "0000000000000001"
            + "0000000000000009" + "0000000000000006" + "00";

    private final DropCounters drops = new DropCounters();
    private final PacketCodec packets = new PacketCodec(drops);

    @Test
    void news_are_entries_with_their_hops_and_hashes_of_two_kinds() throws WireException {
        StateFrame news = new StateFrame.News(
                List.of(new StateFrame.Pushed(MAP, 2), new StateFrame.Pushed(OWN, 255)), List.of(1L, -1L), List.of(5L));
        golden(
                "01" + "02" + "02" + MAP_HEX + "ff" + OWN_HEX + "02" + "0000000000000001" + "ffffffffffffffff" + "01"
                        + "0000000000000005",
                news);
        golden("01" + "00" + "00" + "00", StateFrame.News.NOTHING);
    }

    @Test
    void a_want_is_hashes() throws WireException {
        golden("02" + "01" + "0102030405060708", new StateFrame.Want(List.of(0x0102030405060708L)));
    }

    @Test
    void a_summary_is_its_number_the_sum_the_count_and_what_may_be_forgotten() throws WireException {
        golden(
                "03" + "01" + "0a0b0c0d" + "0102030405060708" + "ac02" + SETTLED_HEX,
                new StateFrame.Summary(0x0A0B0C0D, true, 0x0102030405060708L, 300, SETTLED));
    }

    @Test
    void a_packet_with_a_summary_has_at_most_50_bytes_with_its_checksum() {
        // 4 of user message and extension frame, 2 + 4 + 8 + 5 + 22 of summary, 5 of checksum.
        StateFrame.Settled most = new StateFrame.Settled(-1, -1, (1L << 48) - 1);
        Message summary = new Message.State(new StateFrame.Summary(-1, true, -1, Integer.MAX_VALUE, most));
        assertEquals(50, packets.encode(summary, true).length);
    }

    @Test
    void more_cells_are_asked_for_by_number() throws WireException {
        golden("04" + "fffffffe" + "8008", new StateFrame.MoreCells(-2, 1024));
    }

    @Test
    void cells_are_a_sum_a_check_and_a_count_that_may_be_negative() throws WireException {
        golden(
                "05" + "00000001" + "02" + SETTLED_HEX + "03" + "0000000000000001" + "00000002" + "02"
                        + "ffffffffffffffff" + "ffffffff" + "01" + "0000000000000000" + "00000000" + "ffffffff0f",
                new StateFrame.Cells(
                        1,
                        2,
                        SETTLED,
                        List.of(
                                new StateFrame.Cell(1, 2, 1),
                                new StateFrame.Cell(-1, -1, -1),
                                new StateFrame.Cell(0, 0, Integer.MIN_VALUE))));
    }

    @Test
    void all_is_fetched_from_the_first_on_or_behind_an_id() throws WireException {
        golden("06" + "00", new StateFrame.FetchAll(null));
        golden("06" + "01" + "03" + "01" + "73" + "01" + "65" + "0000000000000001", new StateFrame.FetchAll(FULL.id()));
    }

    @Test
    void a_chunk_is_entries_and_whether_there_are_more() throws WireException {
        golden(
                "07" + "01" + "09" + SETTLED_HEX + "02" + FULL_HEX + MAP_HEX,
                new StateFrame.Chunk(List.of(FULL, MAP), true, 9, SETTLED));
    }

    @Test
    void the_shortest_entry_there_can_be_is_read() throws WireException {
        Entry least = new Entry(new EntryId(0, "n", Bytes.EMPTY, 0), 0, false, 0, 0, 0, Bytes.EMPTY, Bytes.EMPTY, 0);
        golden(
                "08" + "01" + "16" + "00" + "00" + "016e" + "00" + "00".repeat(16) + "00",
                new StateFrame.Offer(List.of(least)));
    }

    @Test
    void an_offer_is_entries() throws WireException {
        golden("08" + "01" + FULL_HEX, new StateFrame.Offer(List.of(FULL)));
    }

    @Test
    void a_type_of_a_later_version_is_an_extension_frame_that_nobody_understands() throws WireException {
        for (String body : List.of("00", "09", "ff0102")) {
            Message unknown = new Message.Extension(1, 5, bytes(body));
            assertEquals(unknown, read(HEAD + body));
            assertEquals(
                    new StreamMessage.StreamUser((Message.Upper) unknown),
                    GoldenStreamTest.decode(
                            StreamCodec.encode(new StreamMessage.StreamUser((Message.Upper) unknown)), drops));
        }
        assertEquals(0, drops.total(), drops::toString);
    }

    @Test
    void what_a_later_version_puts_behind_a_frame_is_skipped() throws WireException {
        assertEquals(new Message.State(new StateFrame.Want(List.of())), read(HEAD + "0200" + "c0ffee"));
    }

    @Property(tries = 200)
    void whatever_is_cut_off_a_frame_it_is_refused_as_truncated(@ForAll("frames") StateFrame frame) {
        byte[] packet = packets.encode(new Message.State(frame), false);
        int step = Math.max(1, packet.length / 400);
        for (int length = HEAD.length() / 2; length < packet.length; length += step) {
            int cut = length;
            WireException refused = assertThrows(WireException.class, () -> packets.decode(packet, 0, cut));
            assertEquals(DropReason.TRUNCATED, refused.reason(), "of " + frame + " the first " + cut + " bytes");
        }
    }

    @Property(tries = 300)
    void what_is_behind_an_entry_survives_byte_for_byte(@ForAll("entries") Entry entry, @ForAll byte[] extra)
            throws WireException {
        Entry later = new Entry(
                entry.id(),
                entry.stamp(),
                entry.deleted(),
                entry.time(),
                entry.writer(),
                entry.expires(),
                entry.value(),
                Bytes.of(extra),
                entry.hash());
        Message message = new Message.State(new StateFrame.Offer(List.of(later)));
        byte[] first = packets.encode(message, false);
        Message read = packets.decode(first, 0, first.length);
        assertEquals(message, read);
        assertEquals(HEX.formatHex(first), HEX.formatHex(packets.encode(read, false)));
    }

    @Test
    void an_entry_sealed_by_a_later_version_with_more_behind_it_is_intact_here() throws WireException {
        // Made by the layout in docs/wire.md, and FNV-1a over its fields, in another program.
        String body = "28" + MAP_HEX.substring(2, 38) + "7a9ef0adb45308f2" + MAP_HEX.substring(54) + "aabbcc";
        Message read = read(HEAD + "08" + "01" + body);
        Entry entry =
                ((StateFrame.Offer) ((Message.State) read).frame()).entries().get(0);
        assertEquals(bytes("aabbcc"), entry.extra());
        assertTrue(entry.intact());
        assertEquals(HEAD + "0801" + body, HEX.formatHex(packets.encode(read, false)));
    }

    @Test
    void lengths_above_their_limits_are_refused_before_anything_is_allocated() {
        String id = "02" + "01" + "6e";
        String numbers = "00".repeat(16);
        // A name of 256 bytes, a key of 513, a value of 1 MiB and one; 64 KiB and one of what a later version may have
        // added.
        refused(DropReason.TOO_LONG, "0601" + "02" + "8002" + "61".repeat(256) + "00" + "00".repeat(8));
        refused(DropReason.TOO_LONG, "0601" + id + "8104" + "00".repeat(513) + "00".repeat(8));
        refused(DropReason.TOO_LONG, "0801" + "ffff03" + "00" + id + "00" + numbers + "818040" + "00".repeat(0xFFFF));
        int extra = Limits.STATE_EXTRA_BYTES + 1;
        int length = 1 + 3 + 1 + 16 + 1 + extra;
        refused(DropReason.TOO_LONG, "0801" + varint(length) + "00" + id + "00" + numbers + "00" + "00".repeat(extra));
    }

    @Test
    void counts_of_what_cannot_be_there_are_refused_before_anything_is_allocated() {
        String billions = "ffffffff07";
        refused(DropReason.TRUNCATED, "02" + billions);
        refused(DropReason.TRUNCATED, "01" + billions);
        refused(DropReason.TRUNCATED, "0100" + billions);
        refused(DropReason.TRUNCATED, "08" + billions);
        refused(DropReason.TRUNCATED, "05" + "00000001" + "00" + SETTLED_HEX + billions);
        refused(DropReason.TRUNCATED, "07" + "00" + "00" + SETTLED_HEX + billions);
        refused(DropReason.TRUNCATED, "0801" + billions);
    }

    @Test
    void numbers_that_are_too_large_or_do_not_end_are_malformed() {
        refused(DropReason.MALFORMED, "02" + "8080808008");
        refused(DropReason.MALFORMED, "02" + "80".repeat(9));
        refused(DropReason.MALFORMED, "04" + "00000000" + "ffffffffff0f");
    }

    @Test
    void a_name_that_is_empty_or_has_a_zero_or_is_no_text_is_malformed() {
        for (String name : List.of("00", "0100", "03610062", "01ff", "02c0af", "03eda080")) {
            refused(DropReason.MALFORMED, "0601" + "02" + name + "00" + "00".repeat(8));
        }
    }

    @Test
    void an_entry_that_is_longer_than_it_says_is_malformed() {
        String shorter = "24" + MAP_HEX.substring(2);
        refused(DropReason.MALFORMED, "0801" + shorter);
    }

    @Test
    void where_the_layer_above_is_not_serf_the_same_bytes_are_the_application_s() throws WireException {
        WireConfig bare = WireConfig.PLAIN.toBuilder().serf(false).build();
        byte[] packet = HEX.parseHex(HEAD + "0200");
        assertEquals(
                new Message.User(bytes("4801050200")),
                new PacketCodec(() -> bare, drops).decode(packet, 0, packet.length));
    }

    @Provide
    Arbitrary<StateFrame> frames() {
        return StateSamples.frames();
    }

    @Provide
    Arbitrary<Entry> entries() {
        return StateSamples.entries();
    }

    private void golden(String body, StateFrame frame) throws WireException {
        Message message = new Message.State(frame);
        assertEquals(HEAD + body, HEX.formatHex(packets.encode(message, false)));
        assertEquals(message, read(HEAD + body));
        StreamMessage streamed = new StreamMessage.StateExchange(frame);
        byte[] stream = StreamCodec.encode(streamed);
        assertTrue(HEX.formatHex(stream).endsWith(HEAD.substring(2) + body), HEX.formatHex(stream));
        assertEquals(streamed, GoldenStreamTest.decode(stream, drops));
    }

    private Message read(String hex) throws WireException {
        byte[] bytes = HEX.parseHex(hex);
        return packets.decode(bytes, 0, bytes.length);
    }

    private void refused(DropReason reason, String body) {
        long before = drops.get(reason);
        WireException refused = assertThrows(WireException.class, () -> read(HEAD + body));
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertEquals(before + 1, drops.get(reason));
    }

    private static String varint(int number) {
        StringBuilder hex = new StringBuilder();
        for (int left = number; ; left >>>= 7) {
            hex.append(HEX.toHexDigits((byte) ((left & 0x7F) + (left > 0x7F ? 0x80 : 0))));
            if (left <= 0x7F) {
                return hex.toString();
            }
        }
    }

    private static Bytes bytes(String hex) {
        return Bytes.of(HEX.parseHex(hex));
    }
}
