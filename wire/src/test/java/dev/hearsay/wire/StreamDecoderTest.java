package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.StreamMessage.StatusTime;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** What a stream may cost and what one bad record costs (wire specification, 2.9). The bytes come from msgpack-core. */
class StreamDecoderTest {
    private static final byte[] NOTHING = {};

    private final DropCounters drops = new DropCounters();

    private interface Body {
        void pack(MessagePacker out) throws IOException;
    }

    @Test
    void an_impossible_record_does_not_cost_the_others() throws WireException {
        PushPull state = (PushPull) decode(out -> {
            header(out, 7, 0);
            record(out, "first", 4, 0);
            record(out, "", 4, 0);
            record(out, "odd address", 5, 0);
            record(out, "odd state", 4, 4);
            out.packString("no map at all");
            record(out, "n".repeat(256), 4, 1);
            record(out, "last", 16, 3);
        });
        assertEquals(
                List.of("first", "last"),
                state.claims().stream().map(Claim::node).toList());
        assertEquals(MemberState.LEFT, state.claims().get(1).state());
        assertEquals("BAD_RECORD=5", drops.toString());
    }

    @Test
    void an_exchange_without_state_of_the_layer_above_has_no_intents() throws WireException {
        assertNull(((PushPull) decode(out -> header(out, 0, 0))).upper());
        assertEquals(0, drops.total());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u0003", "\u0002", "\u0002\u0007", "\u0000"})
    void state_that_is_not_serf_s_or_not_readable_is_counted_and_the_members_stay(String content) throws WireException {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        PushPull state = (PushPull) decode(out -> {
            header(out, 1, bytes.length);
            record(out, "member", 4, 0);
            out.writePayload(bytes);
        });
        assertNull(state.upper());
        assertEquals(1, state.claims().size());
        assertEquals("UNKNOWN_STATE=1", drops.toString());
    }

    @Test
    void an_impossible_intent_does_not_cost_the_others() throws WireException {
        byte[] content = bytes(out -> {
            out.writePayload(new byte[] {Kind.SERF_PUSH_PULL}).packMapHeader(3);
            out.packString("StatusLTimes").packMapHeader(5);
            out.packString("a")
                    .packInt(1)
                    .packString("")
                    .packInt(2)
                    .packString("c")
                    .packInt(-3);
            out.packString("d").packString("soon").packInt(5).packInt(5);
            out.packString("LeftMembers")
                    .packArrayHeader(3)
                    .packString("x")
                    .packInt(3)
                    .packString("y");
            out.packString("LTime").packLong(9);
        });
        PushPull state = (PushPull) decode(out -> {
            header(out, 0, content.length);
            out.writePayload(content);
        });
        assertEquals(
                new SerfState(9, List.of(new StatusTime("a", 1)), List.of("x", "y"), 0, 0, List.of()), state.upper());
        assertEquals("BAD_RECORD=5", drops.toString());
    }

    @Test
    void names_in_serf_s_state_are_written_in_order_so_that_equal_states_are_equal_bytes() throws WireException {
        SerfState state = new SerfState(
                1, List.of(new StatusTime("b", 1), new StatusTime("a", 2)), List.of("y", "x"), 1, 1, List.of());
        byte[] bytes = StreamCodec.encode(new PushPull(true, List.of(), state));
        SerfState read = (SerfState) ((PushPull) GoldenStreamTest.decode(bytes, drops)).upper();
        assertEquals(List.of(new StatusTime("a", 2), new StatusTime("b", 1)), read.statusTimes());
        assertEquals(List.of("x", "y"), read.left());
    }

    @Test
    void announced_numbers_above_their_bounds_are_refused_at_once() {
        assertEquals(
                DropReason.TOO_LONG,
                refusal(out -> header(out, Limits.CLAIMS + 1L, 0)).reason());
        assertEquals(
                DropReason.TOO_LONG,
                refusal(out -> header(out, 0, Limits.USER_STATE_BYTES + 1L)).reason());
        assertEquals(
                DropReason.TOO_LONG,
                refusal(out -> header(out, Long.MAX_VALUE, 0)).reason());
        assertEquals(DropReason.MALFORMED, refusal(out -> header(out, -1, 0)).reason());
    }

    @Test
    void what_is_announced_but_not_sent_is_waited_for_without_room_being_made() throws WireException {
        // 200 announcements of 20 MiB: room made in advance would not fit into the 1 GiB the tests have.
        StreamDecoder[] waiting = new StreamDecoder[200];
        byte[] bytes = bytes(out -> {
            out.writePayload(new byte[] {Kind.PUSH_PULL});
            header(out, 0, Limits.USER_STATE_BYTES);
        });
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new StreamDecoder(drops);
            waiting[i].feed(bytes, 0, bytes.length);
            assertNull(waiting[i].next());
        }
        assertTrue(waiting[0].progress().contains("user state of " + Limits.USER_STATE_BYTES), waiting[0]::progress);
    }

    @Test
    void what_stands_beyond_a_bound_makes_no_difference_however_the_bytes_are_cut() {
        byte[] bytes = bytes(out -> {
            out.writePayload(new byte[] {Kind.ACK});
            out.packArrayHeader(2).packBinaryHeader(Limits.STREAM_OBJECT_BYTES);
            out.writePayload(new byte[Limits.STREAM_OBJECT_BYTES]).writePayload(new byte[] {(byte) 0xC1});
        });
        for (int cut : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            StreamDecoder decoder = new StreamDecoder(drops);
            WireException refusal = assertThrows(WireException.class, () -> {
                decoder.feed(bytes, 0, cut);
                assertNull(decoder.next());
                decoder.feed(bytes, cut, bytes.length - cut);
                decoder.next();
            });
            assertEquals(DropReason.TOO_LONG, refusal.reason(), "cut at " + cut);
        }
    }

    @Test
    void a_refusal_keeps_its_bound_when_what_is_no_text_is_replaced() throws WireException {
        byte[] bytes = bytes(out -> {
            out.writePayload(new byte[] {Kind.REFUSAL}).packMapHeader(1).packString("Error");
            byte[] text = new byte[2 * Limits.REFUSAL_BYTES];
            Arrays.fill(text, (byte) 0xFF);
            out.packRawStringHeader(text.length).writePayload(text);
        });
        StreamMessage read = GoldenStreamTest.decode(bytes, drops);
        String reason = ((StreamMessage.Refusal) read).reason();
        assertEquals("\uFFFD".repeat(Limits.REFUSAL_BYTES / 3), reason);
        assertEquals(read, GoldenStreamTest.decode(StreamCodec.encode(read), drops));
    }

    @Test
    void a_single_object_above_its_bound_is_refused_before_it_is_complete() throws WireException {
        StreamDecoder decoder = new StreamDecoder(drops);
        byte[] start = {Kind.ACK, (byte) 0x81, (byte) 0xDB, 0x7F, 0, 0, 0};
        decoder.feed(start, 0, start.length);
        byte[] chunk = new byte[1 << 14];
        WireException refusal = assertThrows(WireException.class, () -> {
            for (int i = 0; i < 5; i++) {
                assertNull(decoder.next());
                decoder.feed(chunk, 0, chunk.length);
            }
        });
        assertEquals(DropReason.TOO_LONG, refusal.reason());
    }

    @Test
    void a_stream_above_its_bound_is_refused_however_orderly_it_is() throws WireException {
        StreamDecoder decoder = new StreamDecoder(drops);
        byte[] start = bytes(out -> {
            out.writePayload(new byte[] {Kind.PUSH_PULL});
            header(out, Limits.CLAIMS, 0);
        });
        decoder.feed(start, 0, start.length);
        byte[] padded = bytes(out -> {
            out.packMapHeader(1).packString("Padding").packBinaryHeader(60_000).writePayload(new byte[60_000]);
        });
        int records = Limits.STREAM_BYTES / padded.length;
        for (int i = 0; i < records; i++) {
            decoder.feed(padded, 0, padded.length);
            assertNull(decoder.next());
        }
        decoder.feed(padded, 0, padded.length);
        WireException refusal = assertThrows(WireException.class, decoder::next);
        assertEquals(DropReason.TOO_LONG, refusal.reason());
        assertTrue(refusal.getMessage().contains("in record " + (records + 1) + " of"), refusal.getMessage());
    }

    @Test
    void a_long_refusal_is_cut_and_not_refused() throws WireException {
        byte[] bytes = StreamCodec.encode(new StreamMessage.Refusal("x".repeat(5000)));
        StreamMessage message = GoldenStreamTest.decode(bytes, drops);
        assertEquals(new StreamMessage.Refusal("x".repeat(Limits.REFUSAL_BYTES)), message);
    }

    @Test
    void a_refusal_without_a_reason_is_one_all_the_same() throws WireException {
        for (byte body : new byte[] {(byte) 0x80, (byte) 0xC0}) {
            byte[] bytes = {Kind.REFUSAL, body};
            assertEquals(new StreamMessage.Refusal(""), GoldenStreamTest.decode(bytes, drops));
        }
    }

    @Test
    void a_user_message_is_as_long_as_announced_and_may_be_empty() throws WireException {
        byte[] bytes = userMessage(3, "abcdef".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                new StreamMessage.StreamUser(new Message.User(Bytes.of((byte) 'a', (byte) 'b', (byte) 'c'))),
                GoldenStreamTest.decode(bytes, drops));
        assertEquals(
                new StreamMessage.StreamUser(new Message.User(Bytes.EMPTY)),
                GoldenStreamTest.decode(userMessage(0, NOTHING), drops));
    }

    @Test
    void an_intent_of_serf_may_come_over_a_stream() throws WireException {
        StreamMessage intent = new StreamMessage.StreamUser(new Message.LeaveIntent(5, "n", true));
        assertEquals(intent, GoldenStreamTest.decode(StreamCodec.encode(intent), drops));
        byte[] senseless = {Kind.SERF_LEAVE, (byte) 0xC1};
        assertEquals(DropReason.MALFORMED, refusal(userMessage(2, senseless)).reason());
    }

    @Test
    void without_serf_above_a_user_message_is_bytes_whatever_they_are() throws WireException {
        WireConfig bare = new WireConfig.Builder().serf(false).build();
        byte[] content = {Kind.SERF_LEAVE, (byte) 0xC1};
        Message.User expected = new Message.User(Bytes.of(content));
        StreamDecoder decoder = new StreamCodec(() -> bare, drops).requestDecoder();
        assertEquals(new StreamMessage.StreamUser(expected), GoldenStreamTest.decode(decoder, userMessage(2, content)));
        byte[] packet = {Kind.USER, Kind.SERF_LEAVE, (byte) 0xC1};
        assertEquals(expected, new PacketCodec(() -> bare, drops).decode(packet, 0, packet.length));
        assertEquals(0, drops.total());
    }

    @Test
    void without_serf_above_state_is_bytes_even_if_it_looks_like_serf_s() throws WireException {
        WireConfig bare = new WireConfig.Builder().serf(false).build();
        byte[] bytes = Vectors.named("tcp-pushpull-join-request").bytes();
        StreamDecoder decoder = new StreamCodec(() -> bare, drops).requestDecoder();
        PushPull state = (PushPull) GoldenStreamTest.decode(decoder, bytes);
        StreamMessage.UserState read = (StreamMessage.UserState) state.upper();
        assertEquals(0x24D, read.content().length());
        assertEquals(1, state.claims().size());
        assertEquals(0, drops.total());
        assertArrayEquals(bytes, StreamCodec.encode(state));
    }

    @Test
    void a_user_message_above_its_bound_is_refused_at_once() {
        WireException refusal = refusal(userMessage(Limits.USER_MESSAGE_BYTES + 1, NOTHING));
        assertEquals(DropReason.TOO_LONG, refusal.reason());
        assertTrue(refusal.getMessage().contains("in the header of a user message"), refusal.getMessage());
    }

    @Test
    void kinds_that_streams_do_not_have_are_refused() {
        for (int kind : new int[] {1, 3, 4, 5, 7, 11, 12}) {
            assertEquals(DropReason.MISPLACED_KIND, refusal((byte) kind).reason());
        }
        assertEquals(DropReason.UNKNOWN_KIND, refusal((byte) 14).reason());
        assertEquals(DropReason.UNKNOWN_KIND, refusal((byte) 0xFF).reason());
    }

    @Test
    void no_bytes_are_no_message() throws WireException {
        StreamDecoder decoder = new StreamDecoder(drops);
        assertNull(decoder.next());
        decoder.feed(NOTHING, 0, 0);
        assertNull(decoder.next());
        assertEquals("before the message kind, after 0 bytes", decoder.progress());
    }

    private static void header(MessagePacker out, long nodes, long userState) throws IOException {
        out.packMapHeader(3).packString("UserStateLen").packLong(userState);
        out.packString("Nodes").packLong(nodes).packString("Join").packBoolean(true);
    }

    private static void record(MessagePacker out, String name, int width, int state) throws IOException {
        out.packMapHeader(3)
                .packString("State")
                .packInt(state)
                .packString("Name")
                .packString(name);
        out.packString("Addr").packBinaryHeader(width).writePayload(new byte[width]);
    }

    private StreamMessage decode(Body body) throws WireException {
        return GoldenStreamTest.decode(pushPull(body), drops);
    }

    private WireException refusal(Body body) {
        return refusal(pushPull(body));
    }

    private WireException refusal(byte... bytes) {
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        return assertThrows(WireException.class, decoder::next);
    }

    private static byte[] userMessage(int announced, byte[] content) {
        return bytes(out -> {
            out.writePayload(new byte[] {Kind.USER});
            out.packMapHeader(1).packString("UserMsgLen").packInt(announced);
            out.writePayload(content);
        });
    }

    private static byte[] pushPull(Body body) {
        return bytes(out -> {
            out.writePayload(new byte[] {Kind.PUSH_PULL});
            body.pack(out);
        });
    }

    private static byte[] bytes(Body body) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            body.pack(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
