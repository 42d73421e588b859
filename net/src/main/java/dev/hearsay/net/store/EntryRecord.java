package dev.hearsay.net.store;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An entry as a record of the file: its id is the key, the rest the value, with the writer's hash over both. Numbers stand with their highest
 * byte first; texts and bytes have their length in front.
 */
final class EntryRecord {
    private static final int SHORT_MASK = 0xFFFF;
    private static final int BYTE_MASK = 0xFF;

    private EntryRecord() {}

    static byte[] key(EntryId id) {
        byte[] collection = id.collection().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(
                1 + Short.BYTES + collection.length + Short.BYTES + id.key().length() + Long.BYTES);
        out.put((byte) id.kind());
        out.putShort((short) collection.length).put(collection);
        out.putShort((short) id.key().length()).put(id.key().toArray());
        return out.putLong(id.owner()).array();
    }

    static byte[] value(Entry entry) {
        ByteBuffer out = ByteBuffer.allocate(1
                + 5 * Long.BYTES
                + 2 * Integer.BYTES
                + entry.value().length()
                + entry.extra().length());
        out.put((byte) (entry.deleted() ? 1 : 0));
        out.putLong(entry.stamp()).putLong(entry.time()).putLong(entry.writer()).putLong(entry.expires());
        out.putLong(entry.hash());
        out.putInt(entry.value().length()).put(entry.value().toArray());
        return out.putInt(entry.extra().length()).put(entry.extra().toArray()).array();
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static Entry entry(byte[] key, byte[] value) {
        try {
            EntryId id = id(ByteBuffer.wrap(key));
            ByteBuffer in = ByteBuffer.wrap(value);
            boolean deleted = in.get() != 0;
            long stamp = in.getLong();
            long time = in.getLong();
            long writer = in.getLong();
            long expires = in.getLong();
            long hash = in.getLong();
            Bytes content = bytes(in, in.getInt());
            Bytes extra = bytes(in, in.getInt());
            Entry entry = new Entry(id, stamp, deleted, time, writer, expires, content, extra, hash);
            if (in.hasRemaining() || !entry.intact()) {
                throw new IllegalArgumentException("does not fit its checksum");
            }
            return entry;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("is too short", e);
        }
    }

    private static EntryId id(ByteBuffer in) {
        int kind = in.get() & BYTE_MASK;
        Bytes collection = bytes(in, in.getShort() & SHORT_MASK);
        Bytes key = bytes(in, in.getShort() & SHORT_MASK);
        return new EntryId(kind, new String(collection.toArray(), StandardCharsets.UTF_8), key, in.getLong());
    }

    private static Bytes bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("has a length of " + length + " with " + in.remaining() + " bytes left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Bytes.adopt(bytes);
    }
}
