package dev.hearsay.wire;

import dev.hearsay.core.StreamMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Streams (TCP), on the way in: fed with chunks as they arrive, gives the one message that memberlist sends in each
 * direction of a connection. The layers around the message are those of {@link StreamCodec}, from outside in.
 *
 * <p>The cost is linear in the bytes received, however they are cut into chunks, and memory grows with the bytes received,
 * never with what they announce. What a compressed message expands to passes through in pieces. Whatever follows the message
 * is ignored, as in memberlist.
 *
 * <p>Not thread-safe. Use one decoder per direction, and throw it away with the connection.
 */
public final class StreamDecoder {
    private static final int PIECE_BYTES = 4096;

    /** The layer that the bytes at the front belong to, from outside in. */
    private enum Layer {
        LABEL,
        ENCRYPTION,
        COMPRESSION,
        COMPRESSED,
        MESSAGE,
        DONE
    }

    private final WireConfig config;
    private final Encryption encryption;
    private final DropCounters drops;

    private StreamBuffer buffer = new StreamBuffer();
    private StreamMessageReader reader;
    private Layer layer;
    /** Whether all of the message is there: what is missing then will not come. */
    private boolean whole;

    private long received;
    private @Nullable WireException failure;

    /** Makes a decoder without encryption and label, which counts what it drops there. */
    public StreamDecoder(DropCounters drops) {
        this(WireConfig.PLAIN, true, new Encryption(), drops);
    }

    /** A decoder for what the opener of a stream says, or for the reply, which has no label header. */
    StreamDecoder(WireConfig config, boolean opener, Encryption encryption, DropCounters drops) {
        this.config = config;
        this.encryption = encryption;
        this.drops = drops;
        this.layer = opener ? Layer.LABEL : Layer.ENCRYPTION;
        this.reader = new StreamMessageReader(buffer, config.serf(), drops);
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
            // What is wrong with the outer layers is told in memberlist's words, and there is no more to say.
            boolean outside = layer == Layer.LABEL || layer == Layer.ENCRYPTION;
            failure = outside ? e : new WireException(e.reason(), e.getMessage() + " (" + progress() + ")");
            drops.count(e.reason());
            finish();
            throw failure;
        }
    }

    /** Where the decoder stands, for a person: {@code in record 3 of 10, after 512 bytes}. */
    public String progress() {
        String where = switch (layer) {
            case LABEL -> buffer.available() == 0 ? reader.progress() : "in the label";
            case ENCRYPTION -> buffer.available() == 0 ? reader.progress() : "in an encrypted message";
            case COMPRESSION, MESSAGE -> reader.progress();
            case COMPRESSED -> "in a compressed message, " + reader.progress();
            case DONE -> "after the message";
        };
        return where + ", after " + received + " bytes";
    }

    /** From outside in, as far as the bytes reach: a layer that is off hands over to the next. */
    private @Nullable StreamMessage unwrap() throws WireException {
        if (layer == Layer.LABEL) {
            unlabel();
        }
        if (layer == Layer.ENCRYPTION) {
            decrypt();
        }
        if (layer == Layer.COMPRESSION) {
            decompress();
        }
        StreamMessage message = switch (layer) {
            case COMPRESSED -> buffer.objectArrived(Limits.STREAM_BYTES) ? expand() : null;
            case MESSAGE -> reader.next();
            default -> null;
        };
        if (message == null && whole) {
            throw new WireException(DropReason.TRUNCATED, "the bytes end inside a message");
        }
        return message;
    }

    private void unlabel() throws WireException {
        if (buffer.available() == 0) {
            return;
        }
        int start = buffer.start();
        int header = LabelHeader.check(config, buffer.array(), start, start + buffer.available());
        if (header >= 0) {
            buffer.take(header);
            layer = Layer.ENCRYPTION;
        }
    }

    private void decrypt() throws WireException {
        if (buffer.available() == 0) {
            return;
        }
        Keyring keyring = config.keyring();
        if (buffer.peek() != Kind.ENCRYPT) {
            if (keyring != null && config.verifyIncoming()) {
                throw new WireException(
                        DropReason.NOT_ENCRYPTED, "Encryption is configured but remote state is not encrypted");
            }
            layer = Layer.COMPRESSION;
        } else if (keyring == null) {
            throw new WireException(DropReason.ENCRYPTED, "Remote state is encrypted and encryption is not configured");
        } else if (buffer.available() >= StreamCodec.FRAME_HEADER) {
            int start = buffer.start() + StreamCodec.FRAME_HEADER;
            long length = RawReader.unsigned(buffer.array(), start - 4, 4);
            if (length > Limits.ENCRYPTED_BYTES) {
                throw new WireException(
                        DropReason.TOO_LONG, "Remote node state is larger than limit (" + Limits.ENCRYPTED_BYTES + ")");
            }
            if (buffer.available() >= StreamCodec.FRAME_HEADER + length) {
                decrypt(keyring, buffer.array(), start, start + (int) length);
            }
        }
    }

    private void decrypt(Keyring keyring, byte[] bytes, int start, int end) throws WireException {
        byte[] plain = new byte[end - start];
        int length = Encryption.possible(bytes, start, end)
                ? encryption.decrypt(keyring, bytes, start, end, StreamCodec.FRAME_HEADER, config.labelBytes(), plain)
                : Encryption.NO_KEY_FITS;
        if (length == Encryption.NO_KEY_FITS) {
            throw new WireException(DropReason.NOT_DECRYPTED, Encryption.NO_KEY_FITS_TEXT);
        }
        buffer = new StreamBuffer(plain, length);
        reader = new StreamMessageReader(buffer, config.serf(), drops);
        whole = true;
        layer = Layer.COMPRESSION;
    }

    private void decompress() {
        if (buffer.available() > 0) {
            boolean compressed = buffer.peek() == Kind.COMPRESS;
            buffer.take(compressed ? 1 : 0);
            layer = compressed ? Layer.COMPRESSED : Layer.MESSAGE;
        }
    }

    /** Passes the compressed message on piece by piece, so that a bomb fills no memory before it is noticed. */
    private @Nullable StreamMessage expand() throws WireException {
        whole = true;
        Decompressor decompressor = new Decompressor();
        int compressed = decompressor.begin(buffer.array(), buffer.start(), buffer.objectEnd());
        long most = Math.min(
                Limits.STREAM_BYTES, Limits.STREAM_EXPANDED_FREELY + (long) Limits.STREAM_EXPANSION * compressed);
        StreamBuffer expanded = new StreamBuffer();
        reader = new StreamMessageReader(expanded, config.serf(), drops);
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
        return null;
    }

    private void finish() {
        layer = Layer.DONE;
        buffer.clear();
        reader = new StreamMessageReader(buffer, config.serf(), drops);
    }
}
