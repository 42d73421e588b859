package dev.hearsay.wire;

/**
 * Expands LZW as Go's {@code compress/lzw} writes it in LSB order with 8-bit literals, which is memberlist's only
 * compression (Welch, "A Technique for High-Performance Data Compression", 1984; the variant of GIF). Codes have 9 to 12
 * bits, lowest first; 256 clears the table, 257 ends. When the table is full and nobody clears it, it stays as it is.
 *
 * <p>Expands piece by piece into what the caller offers: whatever the input claims, this allocates nothing.
 * Reusable. Not thread-safe.
 */
final class LzwReader {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int FIRST_WIDTH = 9;
    private static final int LAST_WIDTH = 12;
    private static final int CODES = 1 << LAST_WIDTH;

    /** A code from {@link #FIRST} on stands for the string of its prefix, a code as well, and one byte more. */
    private final short[] prefix = new short[CODES];

    private final byte[] suffix = new byte[CODES];
    /** The string expanded last, in the tail; never longer than the table has codes. */
    private final byte[] expanded = new byte[CODES];

    private int taken = CODES;

    private byte[] source = new byte[0];
    private int at;
    private int end;
    private int bits;
    private int bitCount;

    private int width;
    /** The lowest code that has no string yet. */
    private int free;
    /** The code before this one; negative behind a clear, where none is. */
    private int previous;

    private boolean ended;

    /** Begins with those compressed bytes, which must stay as they are until all is read. */
    void reset(byte[] bytes, int from, int to) {
        source = bytes;
        at = from;
        end = to;
        bits = 0;
        bitCount = 0;
        taken = CODES;
        ended = false;
        clear();
    }

    /**
     * Expands into the target between the two positions.
     *
     * @return the number of bytes written: as many as asked for, or fewer at the end, where it is 0 from then on
     * @throws WireException if a code has no meaning, or the input stops before its end code
     */
    int read(byte[] target, int from, int to) throws WireException {
        int position = from;
        while (position < to && (taken < CODES || expandNext())) {
            int length = Math.min(to - position, CODES - taken);
            System.arraycopy(expanded, taken, target, position, length);
            position += length;
            taken += length;
        }
        return position - from;
    }

    private boolean expandNext() throws WireException {
        while (!ended) {
            int code = code();
            if (code == END) {
                ended = true;
            } else if (code == CLEAR) {
                clear();
            } else {
                expand(code);
                return true;
            }
        }
        return false;
    }

    private void clear() {
        width = FIRST_WIDTH;
        free = FIRST;
        previous = -1;
    }

    private void expand(int code) throws WireException {
        boolean unfinished = code == free && previous >= 0;
        if (code >= free && !unfinished) {
            throw new WireException(DropReason.MALFORMED, "the LZW code " + code + " has no meaning yet");
        }
        // The code that is about to be defined: the previous string and, once more, its first byte, known at the end.
        int from = unfinished ? CODES - 1 : CODES;
        int rest = unfinished ? previous : code;
        while (rest >= FIRST) {
            expanded[--from] = suffix[rest];
            rest = prefix[rest];
        }
        byte first = (byte) rest;
        expanded[--from] = first;
        if (unfinished) {
            expanded[CODES - 1] = first;
        }
        taken = from;
        define(first);
        previous = code;
    }

    /** Gives the next free code to the previous string and the first byte of the present one. */
    private void define(byte first) {
        if (previous < 0 || free == CODES) {
            return;
        }
        prefix[free] = (short) previous;
        suffix[free] = first;
        free++;
        if (free == 1 << width && width < LAST_WIDTH) {
            width++;
        }
    }

    private int code() throws WireException {
        while (bitCount < width) {
            if (at == end) {
                throw new WireException(DropReason.TRUNCATED, "the compressed bytes stop before their end code");
            }
            bits |= (source[at++] & 0xFF) << bitCount;
            bitCount += 8;
        }
        int code = bits & ((1 << width) - 1);
        bits >>>= width;
        bitCount -= width;
        return code;
    }
}
