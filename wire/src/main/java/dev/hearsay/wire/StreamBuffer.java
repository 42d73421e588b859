package dev.hearsay.wire;

/**
 * Bytes of a stream as they arrive, to be taken from the front. Finds the end of a msgpack object and remembers how far it
 * looked: the cost is linear in the bytes, however they are cut, and room is made for what is there, never for what is
 * announced.
 */
final class StreamBuffer {
    private static final int FIRST_SIZE = 512;

    private final ObjectScanner scanner = new ObjectScanner();
    private byte[] bytes;
    /** Where the bytes not yet taken begin, how far the scanner has come, and where the bytes end. */
    private int start;

    private int scanned;
    private int end;

    /** An empty buffer. */
    StreamBuffer() {
        bytes = new byte[FIRST_SIZE];
    }

    /** A buffer that takes over so many bytes from the start of the array. */
    StreamBuffer(byte[] content, int length) {
        bytes = content;
        end = length;
    }

    /** Copies those bytes behind the others. */
    void add(byte[] chunk, int offset, int length) {
        if (bytes.length - end < length) {
            makeRoom(length);
        }
        System.arraycopy(chunk, offset, bytes, end, length);
        end += length;
    }

    /** How many bytes there are. */
    int available() {
        return end - start;
    }

    /** The array they are in; another one after {@link #add}. */
    byte[] array() {
        return bytes;
    }

    /** Where in the array they begin. */
    int start() {
        return start;
    }

    /** The first byte, which has to be there. */
    int peek() {
        return bytes[start] & 0xFF;
    }

    /** Takes so many bytes, which have to be there. */
    void take(int count) {
        start += count;
        scanned = start;
        scanner.reset();
    }

    /**
     * Whether a whole object is there, from {@link #start} to {@link #objectEnd}.
     *
     * @throws WireException if it is longer than that, or already is while its end is still missing
     */
    boolean objectArrived(int most) throws WireException {
        // No further than the bound: what stands behind it makes no difference, however the bytes were cut.
        scanned += scanner.advance(bytes, scanned, (int) Math.min(end, (long) start + most));
        if (!scanner.done() && end - start > most) {
            throw new WireException(DropReason.TOO_LONG, "an object has more than " + most + " bytes");
        }
        return scanner.done();
    }

    /** Behind the object that has arrived. */
    int objectEnd() {
        return scanned;
    }

    /** Takes the object that has arrived. */
    void takeObject() {
        take(scanned - start);
    }

    /** Forgets everything. */
    void clear() {
        bytes = new byte[0];
        start = 0;
        end = 0;
        take(0);
    }

    /** Doubling, and moving only when at least half is free, keep the copying linear. */
    private void makeRoom(int length) {
        int kept = end - start;
        int needed = Math.addExact(kept, length);
        byte[] target = bytes;
        if (needed > bytes.length / 2) {
            target = new byte[Math.max(needed, 2 * bytes.length)];
        }
        System.arraycopy(bytes, start, target, 0, kept);
        bytes = target;
        scanned -= start;
        start = 0;
        end = kept;
    }
}
