package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** What we write, read by msgpack-core: well-formed, in the dialect of old releases (wire specification, 2.1). */
class ForeignReaderTest {
    @Property(tries = 300)
    void a_message_is_its_kind_and_one_map_with_ascending_keys(@ForAll("singles") Message message) throws IOException {
        byte[] packet = new PacketCodec(new DropCounters()).encode(message, false);
        if (message instanceof Message.User
                || message instanceof Message.Extension
                || message instanceof Message.State
                || message instanceof Message.Relay) {
            // Not of this form; a relay has two maps, and shared state none.
            return;
        }
        int frame = message instanceof Message.Heartbeats ? 2 : 0;
        int from = packet[0] == Kind.USER ? 2 + frame : 1;
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(packet, from, packet.length - from)) {
            checkMap(in.unpackValue());
            assertFalse(in.hasNext(), "bytes behind the map");
        }
        checkDialect(packet, from);
    }

    @Property(tries = 100)
    void a_push_pull_is_a_header_and_its_records_and_the_state_announced(@ForAll("states") StreamMessage.PushPull state)
            throws IOException {
        byte[] bytes = StreamCodec.encode(state);
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes, 1, bytes.length - 1)) {
            Map<String, Value> header = checkMap(in.unpackValue());
            assertEquals(state.join(), header.get("Join").asBooleanValue().getBoolean());
            assertEquals(
                    state.claims().size(), header.get("Nodes").asIntegerValue().asInt());
            for (int i = 0; i < state.claims().size(); i++) {
                Map<String, Value> record = checkMap(in.unpackValue());
                assertEquals(
                        state.claims().get(i).node(),
                        record.get("Name").asRawValue().asString());
                assertEquals(6, record.get("Vsn").asRawValue().asByteArray().length);
            }
            int announced = header.get("UserStateLen").asIntegerValue().asInt();
            assertEquals(bytes.length - 1 - in.getTotalReadBytes(), announced);
            if (announced > 0) {
                assertEquals(Kind.SERF_PUSH_PULL, in.unpackInt());
                assertEquals(
                        List.of("EventLTime", "Events", "LTime", "LeftMembers", "QueryLTime", "StatusLTimes"),
                        List.copyOf(checkMap(in.unpackValue()).keySet()));
            }
        }
    }

    private static Map<String, Value> checkMap(Value value) {
        List<String> keys = new ArrayList<>();
        value.asMapValue()
                .entrySet()
                .forEach(entry -> keys.add(entry.getKey().asRawValue().asString()));
        assertEquals(keys.stream().sorted().toList(), keys);
        return value.asMapValue().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().asRawValue().asString(),
                        Map.Entry::getValue,
                        (a, b) -> a,
                        LinkedHashMap::new));
    }

    /** No str8, no bin, no integer with a sign: old releases misread them, or did once. */
    private static void checkDialect(byte[] packet, int from) throws IOException {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(packet, from, packet.length - from)) {
            for (int objects = 2 * in.unpackMapHeader(); objects > 0; objects--) {
                MessageFormat format = in.getNextFormat();
                if (format == MessageFormat.FIXARRAY || format == MessageFormat.ARRAY16) {
                    objects += in.unpackArrayHeader();
                    continue;
                }
                assertTrue(
                        switch (format) {
                            case NIL, BOOLEAN, POSFIXINT, UINT8, UINT16, UINT32, UINT64, FIXSTR, STR16, STR32 -> true;
                            default -> false;
                        },
                        format::name);
                in.skipValue();
            }
        }
    }

    @Provide
    Arbitrary<Message> singles() {
        return Samples.singles();
    }

    @Provide
    Arbitrary<StreamMessage> states() {
        return Samples.streamMessages().filter(message -> message instanceof StreamMessage.PushPull);
    }
}
