package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** How leniently we read (wire specification, 2.1), and where leniency ends. The foreign bytes come from msgpack-core. */
class ReadingTest {
    private static final String SEQUENCE = "81a5" + hex("SeqNo");

    private final DropCounters drops = new DropCounters();

    private interface Body {
        void pack(MessagePacker out) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "2a",
                "cc2a",
                "cd002a",
                "ce0000002a",
                "cf000000000000002a",
                "d02a",
                "d1002a",
                "d20000002a",
                "d3000000000000002a"
            })
    void every_form_of_an_integer_is_taken_for_every_integer_field(String form) throws WireException {
        assertEquals(new Message.Nack(42), decode("0b" + SEQUENCE + form));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "ff",
                "d0ff",
                "d1ffff",
                "d2ffffffff",
                "d3ffffffffffffffff",
                "e0",
                "cf0000000100000000",
                "cfffffffffffffffff",
                "cf8000000000000000"
            })
    void an_integer_outside_32_bits_without_a_sign_is_malformed(String form) {
        assertRefused(DropReason.MALFORMED, "0b" + SEQUENCE + form);
    }

    @Test
    void the_highest_sequence_number_keeps_its_bits() throws WireException {
        assertEquals(new Message.Nack(-1), decode("0b" + SEQUENCE + "ceffffffff"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a16e", "d9016e", "da00016e", "db000000016e", "c4016e", "c500016e", "c6000000016e"})
    void raw_str_and_bin_are_one_thing(String name) throws WireException {
        String node = hex("Node");
        assertEquals(new Message.JoinIntent(0, "n"), decode("080181a4" + node + name));
    }

    @Test
    void keys_come_in_any_order_and_unknown_ones_are_skipped() throws WireException {
        Message message = decode(Kind.SUSPECT, out -> {
            out.packMapHeader(8);
            out.packString("Node").packString("n");
            out.packString("Future")
                    .packMapHeader(1)
                    .packArrayHeader(2)
                    .packInt(1)
                    .packNil()
                    .packDouble(1.5);
            out.packInt(7).packString("a key that is no text");
            out.packString("Extension").packExtensionTypeHeader((byte) 5, 3).writePayload(new byte[3]);
            out.packString("node").packString("case matters");
            out.packString("Incarnation").packLong(5);
            out.packString("From").packString("f");
            out.packString("Binary").packBinaryHeader(2).writePayload(new byte[2]);
        });
        assertEquals(new Message.Suspect("n", 5, "f"), message);
    }

    @Test
    void nil_and_missing_are_the_zero_value() throws WireException {
        Message expected = new Message.Ping(0, "", "", null);
        assertEquals(expected, decode("00c0"));
        assertEquals(expected, decode("0080"));
        assertEquals(
                expected,
                decode(
                        Kind.PING,
                        out -> out.packMapHeader(3)
                                .packString("Node")
                                .packNil()
                                .packString("SeqNo")
                                .packNil()
                                .packString("SourceAddr")
                                .packNil()));
    }

    @Test
    void zero_and_one_are_booleans_too() throws WireException {
        Message message = decode(Kind.INDIRECT_PING, out -> {
            out.packMapHeader(3)
                    .packString("Nack")
                    .packInt(1)
                    .packString("Port")
                    .packInt(9);
            out.packString("Target").packBinaryHeader(4).writePayload(new byte[4]);
        });
        assertEquals(new Message.IndirectPing(0, "", Address.ipv4(0, 0, 0, 0, 9), true, "", null), message);
    }

    @Test
    void the_last_of_equal_keys_counts_and_bytes_behind_the_map_do_not() throws WireException {
        assertEquals(
                new Message.Nack(2),
                decode("0b82" + SEQUENCE.substring(2) + "01" + SEQUENCE.substring(2) + "02" + "ffff"));
    }

    @Test
    void an_answer_address_without_a_port_is_none() throws WireException {
        Message message = decode(Kind.PING, out -> {
            out.packMapHeader(1).packString("SourceAddr").packBinaryHeader(4).writePayload(new byte[4]);
        });
        assertEquals(new Message.Ping(0, "", "", null), message);
    }

    @Test
    void the_bytes_of_an_address_are_kept_in_their_width() throws WireException {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff7f000001");
        Message.Alive alive = (Message.Alive) alive("n", mapped, new byte[0], new byte[6]);
        assertArrayEquals(mapped, alive.address().ip());
        byte[] packet = new PacketCodec(drops).encode(alive, false);
        assertEquals(16, ((Message.Alive) decode(packet)).address().ipLength());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 15, 17})
    void an_address_of_another_width_is_refused(int width) {
        WireException refusal =
                assertThrows(WireException.class, () -> alive("n", new byte[width], new byte[0], new byte[6]));
        assertEquals(width > 16 ? DropReason.TOO_LONG : DropReason.MALFORMED, refusal.reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void versions_with_one_to_five_entries_which_kill_old_releases_are_malformed(int entries) {
        WireException refusal =
                assertThrows(WireException.class, () -> alive("n", new byte[4], new byte[0], new byte[entries]));
        assertEquals(DropReason.MALFORMED, refusal.reason());
    }

    @Test
    void an_alive_without_versions_has_versions_nobody_believes() throws WireException {
        Versions none = ((Message.Alive) alive("n", new byte[4], new byte[0], new byte[0])).versions();
        assertEquals(new Versions(0, 0, 0, 0, 0, 0), none);
        assertFalse(none.plausible());
    }

    @Test
    void metadata_and_names_up_to_their_bounds_are_kept_and_longer_ones_refused() throws WireException {
        byte[] meta = new byte[Limits.META_BYTES];
        String name = "é".repeat(Limits.NAME_BYTES / 2) + "x";
        Message.Alive alive = (Message.Alive) alive(name, new byte[4], meta, new byte[6]);
        assertEquals(name, alive.node());
        assertEquals(Bytes.of(meta), alive.meta());
        byte[] more = new byte[Limits.META_BYTES + 1];
        for (WireException refusal : new WireException[] {
            assertThrows(WireException.class, () -> alive("n", new byte[4], more, new byte[6])),
            assertThrows(WireException.class, () -> alive(name + "x", new byte[4], meta, new byte[6]))
        }) {
            assertEquals(DropReason.TOO_LONG, refusal.reason());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Kind.SUSPECT, Kind.ALIVE, Kind.DEAD})
    void news_about_nobody_is_malformed(int kind) {
        assertRefused(DropReason.MALFORMED, "0" + kind + "80");
    }

    @Test
    void an_intent_about_nobody_is_malformed() {
        assertRefused(DropReason.MALFORMED, "080080");
        assertRefused(DropReason.MALFORMED, "080180");
    }

    @Test
    void a_name_has_to_be_utf_8_because_it_is_repeated() throws WireException {
        String start = "080181a4" + hex("Node");
        assertRefused(DropReason.MALFORMED, start + "a1ff");
        assertRefused(DropReason.MALFORMED, start + "a3f09f98");
        assertEquals(new Message.JoinIntent(0, "\uFFFD"), decode(start + "a3efbfbd"));
    }

    @Test
    void unknown_values_are_skipped_up_to_a_depth() throws WireException {
        String unknown = "0b81a178";
        assertEquals(new Message.Nack(0), decode(unknown + "91".repeat(Limits.MSGPACK_DEPTH) + "00"));
        assertRefused(DropReason.MALFORMED, unknown + "91".repeat(Limits.MSGPACK_DEPTH + 1) + "00");
        assertRefused(DropReason.MALFORMED, unknown + "91".repeat(60_000) + "00");
        assertRefused(DropReason.MALFORMED, unknown + "c1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0bdfffffffff",
                "0bdeffff",
                "0b81dbffffffff",
                "0b81a178ddffffffff",
                "0b81a178dfffffffff",
                "0b81a178c9ffffffff00",
                "0b81a178c6ffffffff",
                "028" + "1a75061796c6f6164" + "dbffffffff"
            })
    void a_length_that_is_not_there_is_truncated_before_anything_is_allocated(String packet) {
        assertRefused(DropReason.TRUNCATED, packet);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0b00",
                "0b90",
                "0ba0",
                "0bc3",
                "0b81a55365714e6fa0",
                "0b81a55365714e6fc3",
                "0b81a55365714e6f80",
                "0b81a55365714e6fca00000000"
            })
    void another_type_than_expected_is_malformed(String packet) {
        assertRefused(DropReason.MALFORMED, packet);
    }

    @Test
    void a_kind_that_no_release_has_and_one_that_belongs_elsewhere_are_told_apart() {
        assertRefused(DropReason.UNKNOWN_KIND, "0e80");
        assertRefused(DropReason.UNKNOWN_KIND, "ff80");
        assertRefused(DropReason.MISPLACED_KIND, "0680");
        assertRefused(DropReason.MISPLACED_KIND, "0a80");
        assertRefused(DropReason.MISPLACED_KIND, "0d80");
        assertRefused(DropReason.EMPTY, "");
    }

    @Test
    void an_empty_packet_under_a_checksum_which_kills_old_releases_is_refused() {
        assertRefused(DropReason.EMPTY, "0c00000000");
        assertRefused(DropReason.TRUNCATED, "0c000000");
    }

    @Test
    void a_random_nonce_after_the_encryption_version_is_told_from_a_ping() {
        assertRefused(DropReason.ENCRYPTED, "01" + "7a".repeat(28));
        assertRefused(DropReason.ENCRYPTED, "00" + "c3".repeat(44));
        // Too short to be encrypted: simply wrong.
        assertRefused(DropReason.MALFORMED, "01" + "7a".repeat(27));
    }

    private Message alive(String name, byte[] ip, byte[] meta, byte[] versions) throws WireException {
        return decode(Kind.ALIVE, out -> {
            out.packMapHeader(6).packString("Node").packString(name);
            out.packString("Addr").packBinaryHeader(ip.length).writePayload(ip);
            out.packString("Meta").packBinaryHeader(meta.length).writePayload(meta);
            out.packString("Vsn").packBinaryHeader(versions.length).writePayload(versions);
            out.packString("Incarnation")
                    .packLong(0xFFFFFFFFL)
                    .packString("Port")
                    .packInt(7946);
        });
    }

    private Message decode(int kind, Body body) throws WireException {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.writePayload(new byte[] {(byte) kind});
            body.pack(out);
            return decode(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private Message decode(String hex) throws WireException {
        return decode(HexFormat.of().parseHex(hex));
    }

    private Message decode(byte[] packet) throws WireException {
        return new PacketCodec(drops).decode(packet, 0, packet.length);
    }

    private void assertRefused(DropReason reason, String hex) {
        long before = drops.get(reason);
        WireException refusal = assertThrows(WireException.class, () -> decode(hex));
        assertEquals(reason, refusal.reason(), refusal.getMessage());
        assertEquals(before + 1, drops.get(reason));
    }
}
