package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.core.state.StateFrame;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs choose by {@code instanceof}, which the compiler does not check: here every kind of the core has a form. */
class EveryKindTest {
    private static final Address HERE = Address.ipv4(10, 0, 0, 1, 7946);
    private static final Message.Ping PING = new Message.Ping(1, "a", "b", HERE);

    private static final List<Message> MESSAGES = List.of(
            PING,
            new Message.IndirectPing(1, "a", HERE, true, "b", HERE),
            new Message.Ack(1, null),
            new Message.Nack(1),
            new Message.Suspect("a", 1, "b"),
            new Message.Alive("a", 1, HERE, Bytes.EMPTY, Versions.SERF),
            new Message.Dead("a", 1, "a"),
            new Message.Compound(List.of(PING)),
            new Message.LeaveIntent(1, "a", true),
            new Message.JoinIntent(1, "a"),
            new Message.UserEvent(1, "deploy", Bytes.of((byte) 1), true),
            new Message.Query(1, -2, HERE, "a", List.of(Bytes.of((byte) 0)), true, false, 3, 4, "load", Bytes.EMPTY),
            new Message.QueryAnswer(1, -2, "a", false, Bytes.of((byte) 1)),
            new Message.Relay(HERE, "a", new Message.QueryAnswer(1, 2, "b", true, Bytes.EMPTY)),
            new Message.Heartbeats(List.of(new Message.Beat(-1, 2), new Message.Beat(3, -4))),
            new Message.User(Bytes.of((byte) 0x7F)),
            new Message.Extension(1, 255, Bytes.of((byte) 7)),
            new Message.State(new StateFrame.Want(List.of(-1L, 5L))));

    private static final List<StreamMessage> STREAM_MESSAGES = List.of(
            new StreamMessage.PushPull(true, List.of(), null),
            new StreamMessage.StreamPing(PING),
            new StreamMessage.StreamAck(1),
            new StreamMessage.StreamUser(new Message.JoinIntent(1, "a")),
            new StreamMessage.Guard("a", 1),
            new StreamMessage.Digest(1, 2, 3, -4, -5, Bytes.EMPTY),
            new StreamMessage.Delta(Bytes.of((byte) 1), new StreamMessage.PushPull(false, List.of(), null)),
            new StreamMessage.StateExchange(new StateFrame.FetchAll(null)),
            new StreamMessage.Refusal("no"));

    @Test
    void every_message_of_the_core_has_a_form_and_a_size() throws WireException {
        assertEquals(kinds(Message.class).collect(Collectors.toSet()), classes(MESSAGES));
        for (Message message : MESSAGES) {
            check(message);
        }
    }

    @Test
    void every_stream_message_of_the_core_has_a_form_and_a_size() throws WireException {
        assertEquals(kinds(StreamMessage.class).collect(Collectors.toSet()), classes(STREAM_MESSAGES));
        for (StreamMessage message : STREAM_MESSAGES) {
            byte[] bytes = StreamCodec.encode(message);
            assertEquals(new MemberlistSizes().of(message), bytes.length);
            assertEquals(message, GoldenStreamTest.decode(bytes, new DropCounters()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x7F, 0x80, 0xFF, 0x100, 0xFFFF, 0x10000, 0xFFFFFFFFL, 0x100000000L, Long.MAX_VALUE})
    void a_number_on_either_side_of_a_step_in_its_width_has_the_size_foretold(long number) throws WireException {
        check(new Message.JoinIntent(number, "a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 255, 256, 0xFFFF, 0x10000})
    void a_byte_string_on_either_side_of_a_step_in_its_header_has_the_size_foretold(int length) throws WireException {
        check(new Message.UserEvent(1, "a", Bytes.of(new byte[length]), false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 255, 256, 0xFFFF, 0x10000})
    void a_list_on_either_side_of_a_step_in_its_header_has_the_size_foretold(int length) throws WireException {
        StreamMessage.SerfState intents = new StreamMessage.SerfState(
                0, Collections.nCopies(length, new StreamMessage.StatusTime("a", 1)), List.of(), 0, 0, List.of());
        StreamMessage message = new StreamMessage.PushPull(false, List.of(), intents);
        byte[] bytes = StreamCodec.encode(message, new MemberlistSizes().of(message), 0);
        assertEquals(message, GoldenStreamTest.decode(bytes, new DropCounters()));
    }

    private static void check(Message message) throws WireException {
        // Larger than needed: the size must come from the writing, not from the array.
        byte[] target = new byte[new MemberlistSizes().of(message) + 20];
        PacketCodec codec = new PacketCodec(new DropCounters());
        int written = codec.encode(message, target, 0);
        int checksum = target[0] == Kind.CHECKSUM ? new MemberlistSizes().packetOverhead() : 0;
        assertEquals(new MemberlistSizes().of(message), written - checksum);
        assertEquals(message, codec.decode(target, 0, written));
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EveryKindTest::kinds)
                : Stream.of(type);
    }

    private static Set<Class<?>> classes(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }
}
