package dev.hearsay.wire;

/**
 * Finds where one msgpack object ends, without building it. It can stop anywhere for want of bytes and go on later, so
 * that an object arriving byte by byte costs no more than one arriving whole. No recursion: the depth is bounded by
 * {@link Limits#MSGPACK_DEPTH}, the length by the caller.
 */
final class ObjectScanner {
    private final long[] open = new long[Limits.MSGPACK_DEPTH];
    private int depth;
    private long payload;
    private boolean done;

    /** Begins a new object. */
    void reset() {
        depth = 0;
        payload = 0;
        done = false;
    }

    /** Whether the object is complete. */
    boolean done() {
        return done;
    }

    /**
     * Looks at more bytes of the object.
     *
     * @return how many bytes were taken; fewer than given if the object is complete, or if a header is cut off, which
     *     has to be given again with more
     */
    int advance(byte[] source, int from, int to) throws WireException {
        int at = from;
        while (!done) {
            if (payload > 0) {
                int taken = (int) Math.min(payload, to - at);
                at += taken;
                payload -= taken;
                if (payload > 0) {
                    return at - from;
                }
                close();
            } else {
                if (at >= to) {
                    return at - from;
                }
                int head = source[at] & 0xFF;
                int width = lengthWidth(head);
                if (to - at < 1 + width) {
                    return at - from;
                }
                begin(head, RawReader.unsigned(source, at + 1, width));
                at += 1 + width;
            }
        }
        return at - from;
    }

    private void begin(int head, long length) throws WireException {
        long children = children(head, length);
        if (children > 0) {
            if (depth == open.length) {
                throw new WireException(DropReason.MALFORMED, "msgpack nested deeper than " + open.length);
            }
            open[depth++] = children;
            return;
        }
        payload = children == 0 ? 0 : payload(head, length);
        if (payload == 0) {
            close();
        }
    }

    /** One object has ended: perhaps the containers around it, too. */
    private void close() {
        while (depth > 0) {
            if (--open[depth - 1] > 0) {
                return;
            }
            depth--;
        }
        done = true;
    }

    /** Bytes of the length field behind the head. */
    private static int lengthWidth(int head) {
        return switch (head) {
            case 0xC4, 0xC7, 0xD9 -> 1;
            case 0xC5, 0xC8, 0xDA, 0xDC, 0xDE -> 2;
            case 0xC6, 0xC9, 0xDB, 0xDD, 0xDF -> 4;
            default -> 0;
        };
    }

    /** Objects inside, or -1 if this is no container. */
    private static long children(int head, long length) {
        if (head >= 0x80 && head <= 0x8F) {
            return 2L * (head & 0x0F);
        }
        if (head >= 0x90 && head <= 0x9F) {
            return head & 0x0F;
        }
        if (head == 0xDC || head == 0xDD) {
            return length;
        }
        return head == 0xDE || head == 0xDF ? 2 * length : -1;
    }

    /** Bytes behind the head and the length field of an object that is no container. */
    private static long payload(int head, long length) throws WireException {
        if (head >= 0xA0 && head <= 0xBF) {
            return head & 0x1F;
        }
        return switch (head) {
            case 0xC1 -> throw new WireException(DropReason.MALFORMED, "the byte c1 is never used in msgpack");
            // ext of any length: one more byte tells its type
            case 0xC7, 0xC8, 0xC9 -> length + 1;
            // numbers
            case 0xCC, 0xD0 -> 1;
            case 0xCD, 0xD1 -> 2;
            case 0xCA, 0xCE, 0xD2 -> 4;
            case 0xCB, 0xCF, 0xD3 -> 8;
            // ext of 1, 2, 4, 8, 16 bytes, and the type
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> 1 + (1L << (head - 0xD4));
            default -> length;
        };
    }
}
