package dev.hearsay.wire;

import dev.hearsay.core.StreamMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Streams (TCP), on the way in: fed with chunks as they arrive, gives the one message that memberlist sends in each
 * direction of a connection. The layers around the message are those of {@link PacketCodec}, without the checksum.
 *
 * <p>The cost is linear in the bytes received, however they are cut into chunks, and memory grows with the bytes received,
 * never with what they announce. What a compressed message expands to passes through in pieces. Whatever follows the message
 * is ignored, as in memberlist.
 *
 * <p>Not thread-safe. Use one decoder per direction, and throw it away with the connection.
 */
public final class StreamDecoder {
    private static final int PIECE_BYTES = 4096;

    /** The layer that the bytes at the front belong to. */
    private enum Layer {
        UNKNOWN,
        COMPRESSION,
        MESSAGE,
        DONE
    }

    private final DropCounters drops;
    private final StreamBuffer buffer = new StreamBuffer();

    private Layer layer = Layer.UNKNOWN;
    private StreamMessageReader reader;
    private long received;
    private @Nullable WireException failure;

    /** Makes a decoder that counts what it drops there. */
    public StreamDecoder(DropCounters drops) {
        this.drops = drops;
        this.reader = new StreamMessageReader(buffer, drops);
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
        if (layer != Layer.DONE && received <= Limits.STREAM_BYTES) {
            buffer.add(chunk, offset, length);
        }
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
        if (layer == Layer.DONE) {
            return null;
        }
        try {
            StreamMessage message = unwrap();
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
        String where = switch (layer) {
            case UNKNOWN, MESSAGE -> reader.progress();
            case COMPRESSION -> "in a compressed message, " + reader.progress();
            case DONE -> "after the message";
        };
        return where + ", after " + received + " bytes";
    }

    /** From outside in, as far as the bytes reach. */
    private @Nullable StreamMessage unwrap() throws WireException {
        if (layer == Layer.UNKNOWN) {
            if (buffer.available() == 0) {
                return null;
            }
            if (buffer.peek() == Kind.LABEL) {
                throw new WireException(
                        DropReason.LABELLED, "the peer's cluster has a label, which this version does not understand");
            }
            if (buffer.peek() == Kind.ENCRYPT) {
                throw new WireException(
                        DropReason.ENCRYPTED, "the peer encrypts, which this version does not understand");
            }
            layer = buffer.peek() == Kind.COMPRESS ? Layer.COMPRESSION : Layer.MESSAGE;
            buffer.take(layer == Layer.COMPRESSION ? 1 : 0);
        }
        if (layer == Layer.MESSAGE) {
            return reader.next();
        }
        return buffer.objectArrived(Limits.STREAM_BYTES) ? expand() : null;
    }

    /** Passes the compressed message on piece by piece, so that a bomb fills no memory before it is noticed. */
    private StreamMessage expand() throws WireException {
        Decompressor decompressor = new Decompressor();
        int compressed = decompressor.begin(buffer.array(), buffer.start(), buffer.objectEnd());
        long most = Math.min(
                Limits.STREAM_BYTES, Limits.STREAM_EXPANDED_FREELY + (long) Limits.STREAM_EXPANSION * compressed);
        StreamBuffer expanded = new StreamBuffer();
        reader = new StreamMessageReader(expanded, drops);
        byte[] piece = new byte[PIECE_BYTES];
        long total = 0;
        for (int length; (length = decompressor.read(piece, 0, piece.length)) > 0; ) {
            total += length;
            if (total > most) {
                throw new WireException(
                        DropReason.BOMB, compressed + " compressed bytes expand to more than " + most + " bytes");
            }
            expanded.add(piece, 0, length);
            StreamMessage message = reader.next();
            if (message != null) {
                return message;
            }
        }
        throw new WireException(DropReason.TRUNCATED, "the bytes end inside a message");
    }

    private void finish() {
        layer = Layer.DONE;
        buffer.clear();
        reader = new StreamMessageReader(buffer, drops);
    }
}
