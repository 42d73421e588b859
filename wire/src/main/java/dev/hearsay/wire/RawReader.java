package dev.hearsay.wire;

/**
 * Reads msgpack of any age: raw, str and bin are one thing, and so are all forms of integers. Lengths are held against
 * the bytes that are there before anybody can allocate for them. Reusable; never outlives the bytes it reads.
 */
final class RawReader {
    /** What the next object is. */
    enum Type {
        NIL,
        BOOL,
        NUMBER,
        RAW,
        REAL,
        ARRAY,
        MAP,
        OTHER
    }

    private final ObjectScanner scanner = new ObjectScanner();
    private byte[] source = new byte[0];
    private int at;
    private int end;

    /** Reads those bytes from now on. */
    void reset(byte[] bytes, int from, int to) {
        source = bytes;
        at = from;
        end = to;
    }

    byte[] source() {
        return source;
    }

    int position() {
        return at;
    }

    void position(int position) {
        at = position;
    }

    /** The next object's type. */
    Type peek() throws WireException {
        need(1);
        int head = source[at] & 0xFF;
        if (head < 0x80 || head >= 0xE0 || (head >= 0xCC && head <= 0xD3)) {
            return Type.NUMBER;
        }
        if (head < 0x90 || head >= 0xDE) {
            return Type.MAP;
        }
        if (head < 0xA0 || head >= 0xDC) {
            return Type.ARRAY;
        }
        if (head < 0xC0 || head >= 0xD9 || (head >= 0xC4 && head <= 0xC6)) {
            return Type.RAW;
        }
        if (head == 0xC0) {
            return Type.NIL;
        }
        if (head == 0xCA || head == 0xCB) {
            return Type.REAL;
        }
        return head == 0xC2 || head == 0xC3 ? Type.BOOL : Type.OTHER;
    }

    /** Begins a map and returns its number of entries; nil is an empty map. */
    int map() throws WireException {
        return container(Type.MAP, 2, "a map");
    }

    /** Begins an array and returns its number of elements; nil is an empty array. */
    int array() throws WireException {
        return container(Type.ARRAY, 1, "an array");
    }

    /** Begins a byte string and returns its length; the bytes follow at {@link #position()} and are all there. */
    int raw() throws WireException {
        if (peek() != Type.RAW) {
            throw unexpected("a byte string");
        }
        int head = source[at++] & 0xFF;
        long length;
        if (head < 0xC0) {
            length = head & 0x1F;
        } else {
            // c4 c5 c6 and d9 da db: one, two and four bytes.
            length = take(1 << (head < 0xD9 ? head - 0xC4 : head - 0xD9));
        }
        need(length);
        return (int) length;
    }

    boolean bool() throws WireException {
        if (peek() != Type.BOOL) {
            throw unexpected("true or false");
        }
        return source[at++] == (byte) 0xC3;
    }

    /** A number in any integer form. One of 2^63 and above is refused: nothing we read can be that large. */
    long number() throws WireException {
        if (peek() != Type.NUMBER) {
            throw unexpected("a number");
        }
        int head = source[at++];
        if (head >= -32) {
            return head;
        }
        int form = head & 0xFF;
        if (form < 0xD0) {
            long value = take(1 << (form - 0xCC));
            if (value < 0) {
                throw new WireException(DropReason.MALFORMED, "a number of 2^63 or more");
            }
            return value;
        }
        int width = 1 << (form - 0xD0);
        int unused = 64 - 8 * width;
        return take(width) << unused >> unused;
    }

    /** A number in any form, of four bytes, of eight, or without a fraction. */
    double real() throws WireException {
        if (peek() == Type.NUMBER) {
            return number();
        }
        if (peek() != Type.REAL) {
            throw unexpected("a number");
        }
        int form = source[at++] & 0xFF;
        return form == 0xCA
                ? Float.intBitsToFloat((int) take(Float.BYTES))
                : Double.longBitsToDouble(take(Double.BYTES));
    }

    /** Passes over one object, whatever it is. */
    void skip() throws WireException {
        scanner.reset();
        at += scanner.advance(source, at, end);
        if (!scanner.done()) {
            throw cut();
        }
    }

    /** An unsigned number of 0 to 8 bytes in network order. */
    static long unsigned(byte[] source, int from, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = (value << 8) | (source[from + i] & 0xFF);
        }
        return value;
    }

    private int container(Type type, int objectsPerEntry, String what) throws WireException {
        Type found = peek();
        if (found == Type.NIL) {
            at++;
            return 0;
        }
        if (found != type) {
            throw unexpected(what);
        }
        int head = source[at++] & 0xFF;
        long count = head < 0xA0 ? head & 0x0F : take((head & 1) == 0 ? 2 : 4);
        // Each object takes a byte at least: a larger count is a lie, and whoever allocates for it is safe.
        need(count * objectsPerEntry);
        return (int) count;
    }

    private long take(int width) throws WireException {
        need(width);
        long value = unsigned(source, at, width);
        at += width;
        return value;
    }

    private void need(long bytes) throws WireException {
        if (bytes > end - at) {
            throw cut();
        }
    }

    private static WireException cut() {
        return new WireException(DropReason.TRUNCATED, "the bytes end inside a message");
    }

    private WireException unexpected(String wanted) {
        return new WireException(
                DropReason.MALFORMED,
                "expected " + wanted + ", found the byte " + Integer.toHexString(source[at] & 0xFF));
    }
}
