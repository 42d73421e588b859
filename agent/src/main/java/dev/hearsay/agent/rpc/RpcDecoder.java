package dev.hearsay.agent.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Reads msgpack maps from a connection, within bounds: a map has at most {@code maxBytes}, lengths are checked against what
 * is left of them before anything is allocated, and nothing nests deeper than {@value #MAX_DEPTH}. Not thread-safe.
 *
 * <p>Both dialects are understood: byte strings as {@code bin} (what Serf sends) and as the older {@code raw}.
 */
final class RpcDecoder {
    /** Deepest nesting accepted; Serf's own messages need four. */
    static final int MAX_DEPTH = 8;

    private final Metered in;
    private final MessageUnpacker unpacker;

    RpcDecoder(InputStream in, long maxBytes) {
        this.in = new Metered(in, maxBytes);
        // The unpacker takes what one read returns, so that it never waits for bytes that the peer has no reason yet to
        // send; the size only bounds its memory.
        this.unpacker = new MessagePack.UnpackerConfig().withBufferSize(4096).newUnpacker(this.in);
    }

    /**
     * The next map, or null if the peer closed the connection before it began.
     *
     * @throws MalformedException if what came is not a map, or exceeds a bound
     * @throws IOException if the connection failed, also when it ended within a map
     */
    @Nullable RpcMap next() throws IOException {
        in.allow(unpacker.getTotalReadBytes());
        try {
            if (!unpacker.hasNext()) {
                return null;
            }
            if (value(MAX_DEPTH) instanceof RpcMap map) {
                return map;
            }
            throw new MalformedException("expected a map");
        } catch (MessagePackException e) {
            throw new MalformedException("not msgpack: " + e.getMessage());
        }
    }

    private @Nullable Object value(int depth) throws IOException {
        if (depth == 0) {
            throw new MalformedException("nested deeper than " + MAX_DEPTH);
        }
        MessageFormat format = unpacker.getNextFormat();
        return switch (format.getValueType()) {
            case NIL -> nil();
            case BOOLEAN -> unpacker.unpackBoolean();
            case INTEGER -> unpacker.unpackBigInteger().longValue();
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> unpacker.readPayload(bounded(unpacker.unpackRawStringHeader(), 1));
            case BINARY -> unpacker.readPayload(bounded(unpacker.unpackBinaryHeader(), 1));
            case ARRAY -> list(bounded(unpacker.unpackArrayHeader(), 1), depth);
            case MAP -> map(bounded(unpacker.unpackMapHeader(), 2), depth);
            default -> throw new MalformedException("unexpected " + format);
        };
    }

    private @Nullable Object nil() throws IOException {
        unpacker.unpackNil();
        return null;
    }

    private List<@Nullable Object> list(int size, int depth) throws IOException {
        List<@Nullable Object> list = new ArrayList<>(Math.min(size, 64));
        for (int i = 0; i < size; i++) {
            list.add(value(depth - 1));
        }
        return list;
    }

    private RpcMap map(int size, int depth) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            if (unpacker.getNextFormat().getValueType() != ValueType.STRING) {
                throw new MalformedException("a map key is not a string");
            }
            byte[] key = unpacker.readPayload(bounded(unpacker.unpackRawStringHeader(), 1));
            map.put(RpcMap.text(key), value(depth - 1));
        }
        return new RpcMap(map);
    }

    /** Refuses a length that the rest of the allowance cannot hold, before anything of that size is allocated. */
    private int bounded(int length, int bytesEach) throws MalformedException {
        long consumed = unpacker.getTotalReadBytes() - in.start;
        if (length < 0 || (long) length * bytesEach > in.maxBytes - consumed) {
            throw new MalformedException("longer than " + in.maxBytes + " bytes");
        }
        return length;
    }

    /** What came is not a message of the protocol; the connection cannot be used any further. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /** Stops a map that goes on for longer than allowed, at the same byte however the connection cuts it. */
    private static final class Metered extends FilterInputStream {
        private final long maxBytes;
        private long start;
        private long read;

        Metered(InputStream in, long maxBytes) {
            super(in);
            this.maxBytes = maxBytes;
        }

        /** A new map begins at that byte of the connection. */
        void allow(long consumed) {
            start = consumed;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            long room = maxBytes - (read - start);
            if (room <= 0) {
                throw new MalformedException("longer than " + maxBytes + " bytes");
            }
            int n = super.read(buffer, offset, (int) Math.min(length, room));
            read += Math.max(n, 0);
            return n;
        }
    }
}
