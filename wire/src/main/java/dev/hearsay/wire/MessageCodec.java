package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.coordinate.Coordinate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The innermost layer: one message, which is a {@link Kind} byte and one map; a user message has bytes of its own behind
 * its kind. Bytes behind the map are ignored, as in memberlist: a later version may put something there.
 */
final class MessageCodec {
    private static final long PING_FIELDS = Field.NODE.bit()
            | Field.SEQUENCE.bit()
            | Field.SOURCE_ADDR.bit()
            | Field.SOURCE_NODE.bit()
            | Field.SOURCE_PORT.bit();
    private static final long INDIRECT_FIELDS = PING_FIELDS | Field.NACK.bit() | Field.PORT.bit() | Field.TARGET.bit();
    private static final long ACK_FIELDS = Field.PAYLOAD.bit() | Field.SEQUENCE.bit();
    private static final long ACCUSATION_FIELDS = Field.FROM.bit() | Field.INCARNATION.bit() | Field.NODE.bit();
    private static final long ALIVE_FIELDS = Field.ADDR.bit()
            | Field.INCARNATION.bit()
            | Field.META.bit()
            | Field.NODE.bit()
            | Field.PORT.bit()
            | Field.VERSIONS.bit();
    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);
    private final SerfCodec serf = new SerfCodec(in, fields);
    private final CoordinateCodec coordinates = new CoordinateCodec();
    private final DropCounters drops;

    /** A codec that counts what it drops of a message there; whatever makes the message worthless is thrown. */
    MessageCodec(DropCounters drops) {
        this.drops = drops;
    }

    /** Writes a message that is no compound. */
    static void write(Message message, RawWriter out) {
        if (message instanceof Message.Ping ping) {
            ping(ping, out);
        } else if (message instanceof Message.IndirectPing request) {
            indirectPing(request, out);
        } else if (message instanceof Message.Ack ack) {
            ack(ack.sequence(), ack.coordinate(), out);
        } else if (message instanceof Message.Nack nack) {
            out.octet(Kind.NACK);
            out.map(1);
            sequence(nack.sequence(), out);
        } else if (message instanceof Message.Suspect suspect) {
            accusation(Kind.SUSPECT, suspect, suspect.accuser(), out);
        } else if (message instanceof Message.Dead dead) {
            accusation(Kind.DEAD, dead, dead.accuser(), out);
        } else if (message instanceof Message.Alive alive) {
            alive(alive, out);
        } else if (message instanceof Message.Upper upper) {
            out.octet(Kind.USER);
            SerfCodec.write(upper, out);
        } else {
            throw new IllegalArgumentException(message.getClass() + " is not a single message");
        }
    }

    /** Reads a message that is no compound; there is at least one byte. Whether the layer above is Serf, one has to know. */
    Message read(byte[] source, int from, int to, boolean serfAbove) throws WireException {
        in.reset(source, from + 1, to);
        int kind = source[from] & 0xFF;
        return switch (kind) {
            case Kind.PING -> readPing(fields);
            case Kind.INDIRECT_PING -> readIndirectPing();
            case Kind.ACK -> readAck();
            case Kind.NACK -> readNack();
            case Kind.SUSPECT -> readSuspect();
            case Kind.DEAD -> readDead();
            case Kind.ALIVE -> readAlive();
            case Kind.USER -> readUpper(source, from + 1, to, serfAbove);
            default -> throw refuse(kind);
        };
    }

    /** The ack counts, even if the coordinate in it is none. */
    private Message readAck() throws WireException {
        fields.read(ACK_FIELDS);
        int length = fields.length(Field.PAYLOAD, Integer.MAX_VALUE);
        int start = fields.start(Field.PAYLOAD);
        Coordinate coordinate = null;
        try {
            coordinate = length == 0 ? null : coordinates.read(in.source(), start, start + length);
        } catch (WireException e) {
            drops.count(DropReason.BAD_RECORD);
        }
        return new Message.Ack(readSequence(), coordinate);
    }

    private Message readNack() throws WireException {
        fields.read(Field.SEQUENCE.bit());
        return new Message.Nack(readSequence());
    }

    private Message readSuspect() throws WireException {
        fields.read(ACCUSATION_FIELDS);
        return new Message.Suspect(fields.someone(Field.NODE), fields.u32(Field.INCARNATION), fields.name(Field.FROM));
    }

    private Message readDead() throws WireException {
        fields.read(ACCUSATION_FIELDS);
        return new Message.Dead(fields.someone(Field.NODE), fields.u32(Field.INCARNATION), fields.name(Field.FROM));
    }

    private Message readIndirectPing() throws WireException {
        fields.read(INDIRECT_FIELDS);
        return new Message.IndirectPing(
                readSequence(),
                fields.name(Field.NODE),
                fields.address(Field.TARGET, Field.PORT),
                fields.flag(Field.NACK),
                fields.name(Field.SOURCE_NODE),
                fields.optionalAddress(Field.SOURCE_ADDR, Field.SOURCE_PORT));
    }

    private Message readAlive() throws WireException {
        fields.read(ALIVE_FIELDS);
        return new Message.Alive(
                fields.someone(Field.NODE),
                fields.u32(Field.INCARNATION),
                fields.address(Field.ADDR, Field.PORT),
                fields.bytes(Field.META, Limits.META_BYTES),
                fields.versions());
    }

    /** The body of a ping, in a packet or a stream; the reader stands before its map. */
    static Message.Ping readPing(Fields fields) throws WireException {
        fields.read(PING_FIELDS);
        return new Message.Ping(
                (int) fields.u32(Field.SEQUENCE),
                fields.name(Field.NODE),
                fields.name(Field.SOURCE_NODE),
                fields.optionalAddress(Field.SOURCE_ADDR, Field.SOURCE_PORT));
    }

    /** What stands behind the kind of a user message, in a packet or a stream. */
    Message.Upper readUpper(byte[] source, int from, int to, boolean serfAbove) throws WireException {
        return serfAbove
                ? serf.read(source, from, to)
                : new Message.User(Bytes.adopt(Arrays.copyOfRange(source, from, to)));
    }

    /** The sequence number is 32 bits without a sign; Java's int holds the same bits. */
    private int readSequence() throws WireException {
        return (int) fields.u32(Field.SEQUENCE);
    }

    private static WireException refuse(int kind) {
        return switch (kind) {
            case Kind.COMPRESS -> new WireException(DropReason.NESTED, "a compressed part inside a compressed part");
            case Kind.CHECKSUM -> new WireException(DropReason.NESTED, "a checksum inside another layer");
            case Kind.COMPOUND -> new WireException(DropReason.NESTED, "compounds nested too deep");
            case Kind.PUSH_PULL, Kind.ENCRYPT, Kind.REFUSAL, Kind.LABEL ->
                new WireException(
                        DropReason.MISPLACED_KIND, "message kind " + kind + " does not belong here in a packet");
            default -> new WireException(DropReason.UNKNOWN_KIND, "message kind " + kind + " is unknown");
        };
    }

    static void ping(Message.Ping ping, RawWriter out) {
        out.octet(Kind.PING);
        out.map(2 + sourceFields(ping.source(), ping.sourceAddress()));
        out.key(Field.NODE);
        out.text(ping.target());
        sequence(ping.sequence(), out);
        source(ping.source(), ping.sourceAddress(), out);
    }

    private static void indirectPing(Message.IndirectPing request, RawWriter out) {
        out.octet(Kind.INDIRECT_PING);
        out.map(5 + sourceFields(request.source(), request.sourceAddress()));
        out.key(Field.NACK);
        out.bool(request.nack());
        out.key(Field.NODE);
        out.text(request.target());
        out.key(Field.PORT);
        out.number(request.targetAddress().port());
        sequence(request.sequence(), out);
        source(request.source(), request.sourceAddress(), out);
        out.key(Field.TARGET);
        out.ip(request.targetAddress());
    }

    static void ack(int sequence, @Nullable Coordinate coordinate, RawWriter out) {
        out.octet(Kind.ACK);
        out.map(2);
        out.key(Field.PAYLOAD);
        if (coordinate == null) {
            out.nil();
        } else {
            out.raw(CoordinateCodec.size(coordinate));
            CoordinateCodec.write(coordinate, out);
        }
        sequence(sequence, out);
    }

    private static void accusation(int kind, Message.News news, String accuser, RawWriter out) {
        out.octet(kind);
        out.map(3);
        out.key(Field.FROM);
        out.text(accuser);
        out.key(Field.INCARNATION);
        out.number(news.incarnation());
        out.key(Field.NODE);
        out.text(news.node());
    }

    private static void alive(Message.Alive alive, RawWriter out) {
        out.octet(Kind.ALIVE);
        out.map(6);
        out.key(Field.ADDR);
        out.ip(alive.address());
        out.key(Field.INCARNATION);
        out.number(alive.incarnation());
        out.key(Field.META);
        out.bytes(alive.meta());
        out.key(Field.NODE);
        out.text(alive.node());
        out.key(Field.PORT);
        out.number(alive.address().port());
        out.key(Field.VERSIONS);
        out.versions(alive.versions());
    }

    private static void sequence(int sequence, RawWriter out) {
        out.key(Field.SEQUENCE);
        out.number(Integer.toUnsignedLong(sequence));
    }

    /** How many of the three optional fields are there: memberlist leaves out what is empty. */
    private static int sourceFields(String source, @Nullable Address address) {
        int count = source.isEmpty() ? 0 : 1;
        if (address != null) {
            count += address.port() == 0 ? 1 : 2;
        }
        return count;
    }

    private static void source(String source, @Nullable Address address, RawWriter out) {
        if (address != null) {
            out.key(Field.SOURCE_ADDR);
            out.ip(address);
        }
        if (!source.isEmpty()) {
            out.key(Field.SOURCE_NODE);
            out.text(source);
        }
        if (address != null && address.port() != 0) {
            out.key(Field.SOURCE_PORT);
            out.number(address.port());
        }
    }
}
