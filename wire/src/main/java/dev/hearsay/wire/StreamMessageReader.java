package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The innermost layer of a stream: one message, a {@link Kind} byte and msgpack objects, without any length in front. It
 * goes object by object through the buffer and remembers where it was.
 */
final class StreamMessageReader {
    private static final long HEADER_FIELDS = Field.JOIN.bit() | Field.NODES.bit() | Field.USER_STATE_LENGTH.bit();
    private static final long CLAIM_FIELDS = Field.ADDR.bit()
            | Field.INCARNATION.bit()
            | Field.META.bit()
            | Field.NAME.bit()
            | Field.PORT.bit()
            | Field.STATE.bit()
            | Field.VERSIONS.bit();

    private static final long GUARD_FIELDS = Field.INCARNATION.bit() | Field.NODE.bit();
    private static final long DIGEST_FIELDS = Field.EVENT_TIME.bit()
            | Field.EVENTS.bit()
            | Field.TIME.bit()
            | Field.PARTS.bit()
            | Field.QUERY_TIME.bit()
            | Field.SUM.bit();

    /** Kind, version and kind within that of an extension frame. */
    private static final int EXTENSION_HEAD = 3;

    private enum Step {
        KIND,
        SINGLE,
        HEADER,
        CLAIM,
        USER_STATE,
        USER_HEADER,
        USER_MESSAGE
    }

    private final boolean serf;
    private final DropCounters drops;
    private final StreamBuffer buffer;
    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);
    private final List<Claim> claims = new ArrayList<>();

    private Step step = Step.KIND;
    private int kind;
    private boolean join;
    private int announced;
    /** Bytes that belong to the layer above, at the end of the message. */
    private int upperLength;

    private int records;

    /** Of the delta whose push/pull follows. */
    private @Nullable Bytes parts;

    /**
     * Reads from that buffer, into which others write.
     *
     * @param serf whether the layer above is Serf
     * @param drops where it counts parts of a message that it drops; the message itself is for the caller to count
     */
    StreamMessageReader(StreamBuffer buffer, boolean serf, DropCounters drops) {
        this.buffer = buffer;
        this.serf = serf;
        this.drops = drops;
    }

    /** Where the reader stands, for a person. */
    String progress() {
        return switch (step) {
            case KIND -> "before the message kind";
            case SINGLE -> "in a message of kind " + kind;
            case HEADER -> "in the header of a push/pull";
            case CLAIM -> "in record " + (records + 1) + " of " + announced;
            case USER_STATE -> "in the user state of " + upperLength + " bytes";
            case USER_HEADER -> "in the header of a user message";
            case USER_MESSAGE -> "in a user message of " + upperLength + " bytes";
        };
    }

    /** Goes as far as the bytes reach: the message, or null while it is not complete. Not to be called after either end. */
    @Nullable StreamMessage next() throws WireException {
        if (step == Step.KIND) {
            if (buffer.available() == 0) {
                return null;
            }
            kind = buffer.peek();
            if (parts != null && kind != Kind.PUSH_PULL) {
                throw new WireException(DropReason.MISPLACED_KIND, "message kind " + kind + " behind a delta");
            }
            step = firstStep(kind);
            buffer.take(1);
        }
        while (step != Step.USER_STATE && step != Step.USER_MESSAGE) {
            if (!buffer.objectArrived(Limits.STREAM_OBJECT_BYTES)) {
                return null;
            }
            in.reset(buffer.array(), buffer.start(), buffer.objectEnd());
            if (step == Step.SINGLE) {
                return single();
            } else if (step == Step.HEADER) {
                header();
            } else if (step == Step.USER_HEADER) {
                fields.read(Field.USER_MESSAGE_LENGTH.bit());
                upperLength = bounded(Field.USER_MESSAGE_LENGTH, Limits.USER_MESSAGE_BYTES);
                step = Step.USER_MESSAGE;
            } else {
                claim();
            }
            buffer.takeObject();
        }
        if (buffer.available() < upperLength) {
            return null;
        }
        if (step == Step.USER_STATE) {
            return pushPull();
        }
        StreamMessage message = userMessage();
        if (message == null) {
            buffer.take(upperLength);
            step = Step.KIND;
            return next();
        }
        return message;
    }

    private static Step firstStep(int kind) throws WireException {
        return switch (kind) {
            case Kind.PUSH_PULL -> Step.HEADER;
            case Kind.PING, Kind.ACK, Kind.REFUSAL -> Step.SINGLE;
            case Kind.USER -> Step.USER_HEADER;
            case Kind.COMPRESS ->
                throw new WireException(DropReason.NESTED, "a compressed message inside a compressed message");
            case Kind.INDIRECT_PING,
                    Kind.SUSPECT,
                    Kind.ALIVE,
                    Kind.DEAD,
                    Kind.COMPOUND,
                    Kind.NACK,
                    Kind.CHECKSUM,
                    Kind.ENCRYPT,
                    Kind.LABEL ->
                throw new WireException(
                        DropReason.MISPLACED_KIND, "message kind " + kind + " does not belong here in a stream");
            default -> throw new WireException(DropReason.UNKNOWN_KIND, "message kind " + kind + " is unknown");
        };
    }

    private StreamMessage single() throws WireException {
        if (kind == Kind.PING) {
            return new StreamMessage.StreamPing(MessageCodec.readPing(fields));
        } else if (kind == Kind.ACK) {
            fields.read(Field.SEQUENCE.bit());
            return new StreamMessage.StreamAck((int) fields.u32(Field.SEQUENCE));
        }
        fields.read(Field.ERROR.bit());
        return new StreamMessage.Refusal(fields.prose(Field.ERROR, Limits.REFUSAL_BYTES));
    }

    private void header() throws WireException {
        fields.read(HEADER_FIELDS);
        join = fields.flag(Field.JOIN);
        announced = bounded(Field.NODES, Limits.CLAIMS);
        upperLength = bounded(Field.USER_STATE_LENGTH, Limits.USER_STATE_BYTES);
        step = announced == 0 ? Step.USER_STATE : Step.CLAIM;
    }

    private int bounded(Field field, int most) throws WireException {
        long value = fields.number(field, Long.MAX_VALUE);
        if (value > most) {
            throw new WireException(DropReason.TOO_LONG, field + " is " + value + ": must be at most " + most);
        }
        return (int) value;
    }

    private void claim() {
        try {
            fields.read(CLAIM_FIELDS);
            claims.add(new Claim(
                    fields.someone(Field.NAME),
                    fields.u32(Field.INCARNATION),
                    fields.address(Field.ADDR, Field.PORT),
                    fields.bytes(Field.META, Limits.META_BYTES),
                    fields.versions(),
                    ClaimStates.of((int) fields.number(Field.STATE, ClaimStates.LAST))));
        } catch (WireException e) {
            // The object as such was complete, so the others can still be found behind it.
            drops.count(DropReason.BAD_RECORD);
        }
        records++;
        if (records == announced) {
            step = Step.USER_STATE;
        }
    }

    private StreamMessage pushPull() {
        StreamMessage.PushPull content = new StreamMessage.PushPull(join, claims, upper());
        return parts == null ? content : new StreamMessage.Delta(parts, content);
    }

    private StreamMessage.@Nullable UpperState upper() {
        if (upperLength == 0) {
            return null;
        }
        if (!serf) {
            int start = buffer.start();
            return new StreamMessage.UserState(
                    Bytes.adopt(Arrays.copyOfRange(buffer.array(), start, start + upperLength)));
        }
        return new SerfStateCodec(drops).read(buffer.array(), buffer.start(), buffer.start() + upperLength);
    }

    /** Null if it is the head of a delta: then a push/pull follows. */
    private @Nullable StreamMessage userMessage() throws WireException {
        int start = buffer.start();
        int end = start + upperLength;
        Message.Upper message = new MessageCodec(drops).readUpper(buffer.array(), start, end, serf);
        if (message instanceof Message.State state) {
            return new StreamMessage.StateExchange(state.frame());
        }
        if (!(message instanceof Message.Extension frame) || frame.version() != Kind.EXTENSION_VERSION) {
            return new StreamMessage.StreamUser(message);
        }
        in.reset(buffer.array(), start + EXTENSION_HEAD, end);
        switch (frame.kind()) {
            case Kind.EXTENSION_GUARD -> {
                fields.read(GUARD_FIELDS);
                return new StreamMessage.Guard(fields.someone(Field.NODE), fields.u32(Field.INCARNATION));
            }
            case Kind.EXTENSION_DIGEST -> {
                fields.read(DIGEST_FIELDS);
                return digest();
            }
            case Kind.EXTENSION_DELTA -> {
                fields.read(Field.PARTS.bit());
                parts = parts(1);
                return null;
            }
            default -> {
                return new StreamMessage.StreamUser(message);
            }
        }
    }

    private StreamMessage.Digest digest() throws WireException {
        return new StreamMessage.Digest(
                fields.number(Field.TIME, Long.MAX_VALUE),
                fields.number(Field.EVENT_TIME, Long.MAX_VALUE),
                fields.number(Field.QUERY_TIME, Long.MAX_VALUE),
                fields.u64(Field.SUM),
                fields.length(Field.EVENTS, Long.BYTES) == 0 ? 0 : fields.u64(Field.EVENTS),
                fields.length(Field.PARTS, Integer.MAX_VALUE) == 0 ? Bytes.EMPTY : parts(Integer.SIZE));
    }

    /** So many parts, of so many bits each, as there may be: a power of two within the bounds. */
    private Bytes parts(int bits) throws WireException {
        Bytes read = fields.bytes(Field.PARTS, StreamMessage.Digest.MOST_PARTS * Integer.BYTES);
        long number = (long) read.length() * Byte.SIZE / bits;
        boolean whole = number * bits == (long) read.length() * Byte.SIZE && Long.bitCount(number) == 1;
        if (!whole || number < StreamMessage.Digest.LEAST_PARTS || number > StreamMessage.Digest.MOST_PARTS) {
            throw new WireException(
                    DropReason.MALFORMED, Field.PARTS + " has " + read.length() + " bytes: that is no number of parts");
        }
        return read;
    }
}
