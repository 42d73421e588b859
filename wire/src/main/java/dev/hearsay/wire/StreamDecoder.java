package dev.hearsay.wire;

import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Streams (TCP), on the way in: fed with chunks as they arrive, gives the one message that memberlist sends in each
 * direction of a connection.
 *
 * <p>There is no length in front, so it goes object by object and remembers where it was: the cost is linear in the bytes
 * received, however they are cut into chunks, and memory grows with the bytes received, never with what they announce.
 * Whatever follows the message is ignored, as in memberlist.
 *
 * <p>Not thread-safe. Use one decoder per direction, and throw it away with the connection.
 */
public final class StreamDecoder {
    private static final long HEADER_FIELDS = Field.JOIN.bit() | Field.NODES.bit() | Field.USER_STATE_LENGTH.bit();
    private static final long CLAIM_FIELDS = Field.ADDR.bit()
            | Field.INCARNATION.bit()
            | Field.META.bit()
            | Field.NAME.bit()
            | Field.PORT.bit()
            | Field.STATE.bit()
            | Field.VERSIONS.bit();
    private static final int FIRST_BUFFER = 512;

    private enum Step {
        KIND,
        SINGLE,
        HEADER,
        CLAIM,
        USER_STATE,
        DONE
    }

    private final DropCounters drops;
    private final ObjectScanner scanner = new ObjectScanner();
    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);

    private byte[] buffer = new byte[FIRST_BUFFER];
    /** Where the current object begins, how far the scanner has come, and where the bytes end. */
    private int start;

    private int scanned;
    private int end;
    private long received;

    private Step step = Step.KIND;
    private int kind;
    private boolean join;
    private int announced;
    private int userStateLength;
    private int records;
    private List<Claim> claims = new ArrayList<>();
    private @Nullable WireException failure;

    /** Makes a decoder that counts what it drops there. */
    public StreamDecoder(DropCounters drops) {
        this.drops = drops;
    }

    /**
     * Takes over more bytes, which are copied. Bytes after the message, or after a failure, are ignored.
     *
     * @throws IndexOutOfBoundsException if offset and length do not lie inside the array
     */
    public void feed(byte[] chunk, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, chunk.length);
        received += length;
        // Above the bound nothing is kept: next() will refuse.
        if (step == Step.DONE || failure != null || received > Limits.STREAM_BYTES) {
            return;
        }
        if (buffer.length - end < length) {
            makeRoom(length);
        }
        System.arraycopy(chunk, offset, buffer, end, length);
        end += length;
    }

    /**
     * The message, once, as soon as it is complete; null before and after.
     *
     * @throws WireException if the stream cannot be understood; every later call throws the same
     */
    public @Nullable StreamMessage next() throws WireException {
        if (failure != null) {
            throw failure;
        }
        if (step == Step.DONE) {
            return null;
        }
        try {
            StreamMessage message = advance();
            if (message == null && received > Limits.STREAM_BYTES) {
                throw new WireException(
                        DropReason.TOO_LONG, "the stream has more than " + Limits.STREAM_BYTES + " bytes");
            }
            if (message != null) {
                finish();
            }
            return message;
        } catch (WireException e) {
            failure = new WireException(e.reason(), e.getMessage() + " (" + progress() + ")");
            drops.count(e.reason());
            finish();
            throw failure;
        }
    }

    /** Where the decoder stands, for a person: {@code in record 3 of 10, after 512 bytes}. */
    public String progress() {
        String where = switch (step) {
            case KIND -> "before the message kind";
            case SINGLE -> "in a message of kind " + kind;
            case HEADER -> "in the header of a push/pull";
            case CLAIM -> "in record " + (records + 1) + " of " + announced;
            case USER_STATE -> "in the user state of " + userStateLength + " bytes";
            case DONE -> "after the message";
        };
        return where + ", after " + received + " bytes";
    }

    /** Goes as far as the bytes reach. */
    private @Nullable StreamMessage advance() throws WireException {
        if (step == Step.KIND) {
            if (start == end) {
                return null;
            }
            kind = buffer[start] & 0xFF;
            step = firstStep(kind);
            consume(start + 1);
        }
        while (step != Step.USER_STATE) {
            if (!objectArrived()) {
                return null;
            }
            if (step == Step.SINGLE) {
                return single();
            } else if (step == Step.HEADER) {
                header();
            } else {
                claim();
            }
        }
        return end - start < userStateLength ? null : pushPull();
    }

    private static Step firstStep(int kind) throws WireException {
        return switch (kind) {
            case Kind.PUSH_PULL -> Step.HEADER;
            case Kind.PING, Kind.ACK, Kind.REFUSAL -> Step.SINGLE;
            case Kind.USER ->
                throw new WireException(
                        DropReason.USER_STREAM, "a user message over a stream, which this version does not take");
            case Kind.COMPRESS ->
                throw new WireException(
                        DropReason.COMPRESSED,
                        "the peer compresses, which this version does not understand: disable compression there");
            case Kind.ENCRYPT ->
                throw new WireException(
                        DropReason.ENCRYPTED, "the peer encrypts, which this version does not understand");
            case Kind.LABEL ->
                throw new WireException(
                        DropReason.LABELLED, "the peer's cluster has a label, which this version does not understand");
            case Kind.INDIRECT_PING, Kind.SUSPECT, Kind.ALIVE, Kind.DEAD, Kind.COMPOUND, Kind.NACK, Kind.CHECKSUM ->
                throw new WireException(
                        DropReason.MISPLACED_KIND, "message kind " + kind + " does not belong in a stream");
            default -> throw new WireException(DropReason.UNKNOWN_KIND, "message kind " + kind + " is unknown");
        };
    }

    private StreamMessage single() throws WireException {
        in.reset(buffer, start, scanned);
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
        in.reset(buffer, start, scanned);
        fields.read(HEADER_FIELDS);
        join = fields.flag(Field.JOIN);
        announced = bounded(Field.NODES, Limits.CLAIMS);
        userStateLength = bounded(Field.USER_STATE_LENGTH, Limits.USER_STATE_BYTES);
        step = announced == 0 ? Step.USER_STATE : Step.CLAIM;
        consume(scanned);
    }

    private int bounded(Field field, int most) throws WireException {
        long value = fields.number(field, Long.MAX_VALUE);
        if (value > most) {
            throw new WireException(DropReason.TOO_LONG, field + " is " + value + ": must be at most " + most);
        }
        return (int) value;
    }

    private void claim() {
        in.reset(buffer, start, scanned);
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
        consume(scanned);
    }

    private StreamMessage pushPull() {
        IntentStateCodec codec = new IntentStateCodec(drops);
        return new StreamMessage.PushPull(join, claims, codec.read(buffer, start, start + userStateLength));
    }

    /** Looks for the end of the current object in what is new; true if it is there, at {@code scanned}. */
    private boolean objectArrived() throws WireException {
        scanned += scanner.advance(buffer, scanned, end);
        int length = (scanner.done() ? scanned : end) - start;
        if (length > Limits.STREAM_OBJECT_BYTES) {
            throw new WireException(
                    DropReason.TOO_LONG, "an object has more than " + Limits.STREAM_OBJECT_BYTES + " bytes");
        }
        return scanner.done();
    }

    private void consume(int upTo) {
        start = upTo;
        scanned = upTo;
        scanner.reset();
    }

    /** Doubling, and moving only when at least half is free, keep the copying linear. */
    private void makeRoom(int length) {
        int kept = end - start;
        int needed = Math.addExact(kept, length);
        byte[] target = buffer;
        if (needed > buffer.length / 2) {
            target = new byte[Math.max(needed, 2 * buffer.length)];
        }
        System.arraycopy(buffer, start, target, 0, kept);
        buffer = target;
        scanned -= start;
        start = 0;
        end = kept;
    }

    private void finish() {
        step = Step.DONE;
        buffer = new byte[0];
        start = 0;
        scanned = 0;
        end = 0;
        claims = List.of();
    }
}
