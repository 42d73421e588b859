package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.state.StateFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands behind the kind of a user message where Serf is above memberlist: one byte, Serf's kind, and one map. Bytes
 * behind the map are ignored, but for a relay, which is followed by the message that is to be passed on.
 */
final class SerfCodec {
    private static final long INTENT_FIELDS = Field.TIME.bit() | Field.NODE.bit() | Field.PRUNE.bit();
    private static final long EVENT_FIELDS =
            Field.COALESCE.bit() | Field.TIME.bit() | Field.NAME.bit() | Field.PAYLOAD.bit();
    private static final long QUERY_FIELDS = Field.ADDR.bit()
            | Field.FILTERS.bit()
            | Field.FLAGS.bit()
            | Field.ID.bit()
            | Field.TIME.bit()
            | Field.NAME.bit()
            | Field.PAYLOAD.bit()
            | Field.PORT.bit()
            | Field.RELAY_FACTOR.bit()
            | Field.SOURCE_NODE.bit()
            | Field.TIMEOUT.bit();
    private static final long ANSWER_FIELDS =
            Field.FLAGS.bit() | Field.FROM.bit() | Field.ID.bit() | Field.TIME.bit() | Field.PAYLOAD.bit();
    private static final long RELAY_FIELDS = Field.DEST_ADDR.bit() | Field.DEST_NAME.bit();
    private static final long DESTINATION_FIELDS = Field.IP.bit() | Field.PORT.bit();

    /** In a query: whoever has it says so. In an answer: this says so. */
    private static final int FLAG_ACK = 1;

    /** In a query: whoever has it does not repeat it. */
    private static final int FLAG_NO_REPEAT = 2;

    private final RawReader in;
    private final Fields fields;
    private final Fields inner;

    SerfCodec(RawReader in, Fields fields) {
        this.in = in;
        this.fields = fields;
        this.inner = new Fields(in);
    }

    static void write(Message.Upper message, RawWriter out) {
        if (message instanceof Message.LeaveIntent leave) {
            intent(Kind.SERF_LEAVE, 3, leave.time(), leave.node(), out);
            out.key(Field.PRUNE);
            out.bool(leave.prune());
        } else if (message instanceof Message.JoinIntent join) {
            intent(Kind.SERF_JOIN, 2, join.time(), join.node(), out);
        } else if (message instanceof Message.UserEvent event) {
            event(event, out);
        } else if (message instanceof Message.Query query) {
            query(query, out);
        } else if (message instanceof Message.QueryAnswer answer) {
            answer(answer, out);
        } else if (message instanceof Message.Relay relay) {
            relay(relay, out);
        } else if (message instanceof Message.Heartbeats heartbeats) {
            out.octet(Kind.HEARSAY);
            out.octet(Kind.EXTENSION_VERSION);
            out.octet(Kind.EXTENSION_HEARTBEATS);
            heartbeats(heartbeats, out);
        } else if (message instanceof Message.Extension frame) {
            out.octet(Kind.HEARSAY);
            out.octet(frame.version());
            out.octet(frame.kind());
            out.octets(frame.body());
        } else if (message instanceof Message.State state) {
            out.octet(Kind.HEARSAY);
            out.octet(Kind.EXTENSION_VERSION);
            out.octet(Kind.EXTENSION_STATE);
            StateCodec.write(state.frame(), out);
        } else {
            out.octets(((Message.User) message).content());
        }
    }

    /** Reads a message; one of a kind that is not known here as it is. */
    Message.Upper read(byte[] source, int from, int to) throws WireException {
        return read(source, from, to, false);
    }

    private Message.Upper read(byte[] source, int from, int to, boolean relayed) throws WireException {
        int kind = from < to ? source[from] : -1;
        in.reset(source, from + 1, to);
        return switch (kind) {
            case Kind.SERF_LEAVE -> {
                fields.read(INTENT_FIELDS);
                yield new Message.LeaveIntent(time(), fields.someone(Field.NODE), fields.flag(Field.PRUNE));
            }
            case Kind.SERF_JOIN -> {
                fields.read(INTENT_FIELDS);
                yield new Message.JoinIntent(time(), fields.someone(Field.NODE));
            }
            case Kind.SERF_EVENT -> readEvent();
            case Kind.SERF_QUERY -> readQuery();
            case Kind.SERF_ANSWER -> readAnswer();
            case Kind.SERF_RELAY -> {
                if (relayed) {
                    throw new WireException(DropReason.NESTED, "a relay inside a relay");
                }
                yield readRelay(source, to);
            }
            case Kind.HEARSAY -> readExtension(source, from + 1, to);
            default -> new Message.User(Bytes.adopt(Arrays.copyOfRange(source, from, to)));
        };
    }

    private Message.UserEvent readEvent() throws WireException {
        fields.read(EVENT_FIELDS);
        return new Message.UserEvent(
                time(),
                fields.text(Field.NAME, Limits.SERF_NAME_BYTES),
                fields.bytes(Field.PAYLOAD, Limits.SERF_PAYLOAD_BYTES),
                fields.flag(Field.COALESCE));
    }

    private Message.Query readQuery() throws WireException {
        fields.read(QUERY_FIELDS);
        long flags = fields.u32(Field.FLAGS);
        return new Message.Query(
                time(),
                (int) fields.u32(Field.ID),
                fields.address(Field.ADDR, Field.PORT),
                fields.name(Field.SOURCE_NODE),
                fields.enter(Field.FILTERS) ? filters() : List.of(),
                (flags & FLAG_ACK) != 0,
                (flags & FLAG_NO_REPEAT) == 0,
                (int) fields.number(Field.RELAY_FACTOR, 0xFF),
                fields.number(Field.TIMEOUT, Long.MAX_VALUE),
                fields.text(Field.NAME, Limits.SERF_NAME_BYTES),
                fields.bytes(Field.PAYLOAD, Limits.SERF_PAYLOAD_BYTES));
    }

    private List<Bytes> filters() throws WireException {
        int count = in.array();
        if (count > Limits.FILTERS) {
            throw new WireException(
                    DropReason.TOO_LONG, count + " filters in a query: must be at most " + Limits.FILTERS);
        }
        List<Bytes> filters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = in.raw();
            int start = in.position();
            filters.add(Bytes.adopt(Arrays.copyOfRange(in.source(), start, start + length)));
            in.position(start + length);
        }
        return List.copyOf(filters);
    }

    private Message.QueryAnswer readAnswer() throws WireException {
        fields.read(ANSWER_FIELDS);
        return new Message.QueryAnswer(
                time(),
                (int) fields.u32(Field.ID),
                fields.someone(Field.FROM),
                (fields.u32(Field.FLAGS) & FLAG_ACK) != 0,
                fields.bytes(Field.PAYLOAD, Limits.SERF_PAYLOAD_BYTES));
    }

    private Message.Relay readRelay(byte[] source, int to) throws WireException {
        fields.read(RELAY_FIELDS);
        int message = in.position();
        String name = fields.name(Field.DEST_NAME);
        if (!fields.enter(Field.DEST_ADDR)) {
            throw new WireException(DropReason.MALFORMED, Field.DEST_ADDR + " is missing in a relay");
        }
        inner.read(DESTINATION_FIELDS);
        Address destination = inner.address(Field.IP, Field.PORT);
        if (message == to) {
            throw new WireException(DropReason.TRUNCATED, "a relay without the message to be passed on");
        }
        return new Message.Relay(destination, name, read(source, message, to, true));
    }

    private Message.Upper readExtension(byte[] source, int from, int to) throws WireException {
        if (to - from < 2) {
            throw new WireException(DropReason.TRUNCATED, "an extension frame ends before its version and kind");
        }
        int version = source[from] & 0xFF;
        int kind = source[from + 1] & 0xFF;
        if (version == Kind.EXTENSION_VERSION && kind == Kind.EXTENSION_HEARTBEATS) {
            in.position(from + 2);
            return readHeartbeats();
        }
        if (version == Kind.EXTENSION_VERSION && kind == Kind.EXTENSION_STATE) {
            StateFrame frame = StateCodec.read(source, from + 2, to);
            if (frame != null) {
                return new Message.State(frame);
            }
        }
        return new Message.Extension(version, kind, Bytes.adopt(Arrays.copyOfRange(source, from + 2, to)));
    }

    private Message.Heartbeats readHeartbeats() throws WireException {
        fields.read(Field.NODES.bit());
        int length = fields.length(Field.NODES, Limits.HEARTBEAT_BYTES);
        if (length == 0 || length % Message.Beat.BYTES != 0) {
            throw new WireException(
                    DropReason.MALFORMED,
                    Field.NODES + " has " + length + " bytes: must be a multiple of " + Message.Beat.BYTES);
        }
        ByteBuffer packed = ByteBuffer.wrap(in.source(), fields.start(Field.NODES), length);
        List<Message.Beat> beats = new ArrayList<>(length / Message.Beat.BYTES);
        while (packed.hasRemaining()) {
            beats.add(new Message.Beat(packed.getLong(), packed.getInt()));
        }
        return new Message.Heartbeats(List.copyOf(beats));
    }

    private long time() throws WireException {
        return fields.number(Field.TIME, Long.MAX_VALUE);
    }

    private static void heartbeats(Message.Heartbeats heartbeats, RawWriter out) {
        ByteBuffer packed = ByteBuffer.allocate(heartbeats.beats().size() * Message.Beat.BYTES);
        for (Message.Beat beat : heartbeats.beats()) {
            packed.putLong(beat.member()).putInt(beat.counter());
        }
        out.map(1);
        out.key(Field.NODES);
        out.bytes(Bytes.adopt(packed.array()));
    }

    private static void intent(int kind, int entries, long time, String node, RawWriter out) {
        out.octet(kind);
        out.map(entries);
        out.key(Field.TIME);
        out.number(time);
        out.key(Field.NODE);
        out.text(node);
    }

    private static void event(Message.UserEvent event, RawWriter out) {
        out.octet(Kind.SERF_EVENT);
        out.map(4);
        out.key(Field.COALESCE);
        out.bool(event.coalesce());
        out.key(Field.TIME);
        out.number(event.time());
        out.key(Field.NAME);
        out.text(event.name());
        out.key(Field.PAYLOAD);
        out.bytesOrNil(event.payload());
    }

    private static void query(Message.Query query, RawWriter out) {
        out.octet(Kind.SERF_QUERY);
        out.map(11);
        out.key(Field.ADDR);
        out.ip(query.asker());
        out.key(Field.FILTERS);
        if (query.filters().isEmpty()) {
            out.nil();
        } else {
            out.array(query.filters().size());
            query.filters().forEach(out::bytes);
        }
        out.key(Field.FLAGS);
        out.number((query.ack() ? FLAG_ACK : 0) | (query.repeat() ? 0 : FLAG_NO_REPEAT));
        out.key(Field.ID);
        out.number(Integer.toUnsignedLong(query.id()));
        out.key(Field.TIME);
        out.number(query.time());
        out.key(Field.NAME);
        out.text(query.name());
        out.key(Field.PAYLOAD);
        out.bytesOrNil(query.payload());
        out.key(Field.PORT);
        out.number(query.asker().port());
        out.key(Field.RELAY_FACTOR);
        out.number(query.relayFactor());
        out.key(Field.SOURCE_NODE);
        out.text(query.source());
        out.key(Field.TIMEOUT);
        out.number(query.timeoutNanos());
    }

    private static void answer(Message.QueryAnswer answer, RawWriter out) {
        out.octet(Kind.SERF_ANSWER);
        out.map(5);
        out.key(Field.FLAGS);
        out.number(answer.ack() ? FLAG_ACK : 0);
        out.key(Field.FROM);
        out.text(answer.from());
        out.key(Field.ID);
        out.number(Integer.toUnsignedLong(answer.id()));
        out.key(Field.TIME);
        out.number(answer.time());
        out.key(Field.PAYLOAD);
        out.bytesOrNil(answer.payload());
    }

    private static void relay(Message.Relay relay, RawWriter out) {
        out.octet(Kind.SERF_RELAY);
        out.map(2);
        out.key(Field.DEST_ADDR);
        out.map(3);
        out.key(Field.IP);
        out.ip(relay.to());
        out.key(Field.PORT);
        out.number(relay.to().port());
        out.key(Field.ZONE);
        out.text("");
        out.key(Field.DEST_NAME);
        out.text(relay.name());
        write(relay.message(), out);
    }
}
