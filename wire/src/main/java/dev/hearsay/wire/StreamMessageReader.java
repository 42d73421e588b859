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
        return step == Step.USER_MESSAGE ? userMessage() : pushPull();
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
        return new StreamMessage.PushPull(join, claims, upper());
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
        return new IntentStateCodec(drops).read(buffer.array(), buffer.start(), buffer.start() + upperLength);
    }

    private StreamMessage userMessage() throws WireException {
        int start = buffer.start();
        int end = start + upperLength;
        Message.Upper message = new MessageCodec().readUpper(buffer.array(), start, end, serf);
        boolean guard = message instanceof Message.Extension frame
                && frame.version() == Kind.EXTENSION_VERSION
                && frame.kind() == Kind.EXTENSION_GUARD;
        return guard ? guard(start + EXTENSION_HEAD, end) : new StreamMessage.StreamUser(message);
    }

    private StreamMessage.Guard guard(int start, int end) throws WireException {
        in.reset(buffer.array(), start, end);
        fields.read(GUARD_FIELDS);
        return new StreamMessage.Guard(fields.someone(Field.NODE), fields.u32(Field.INCARNATION));
    }
}
