package dev.hearsay.wire;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Compresses as Go's {@code compress/lzw} does, in the plainest way (wire specification, 2.6): what {@link LzwWriter} is
 * held against. It can also leave a full table alone.
 */
final class ReferenceLzwWriter {
    private static final int CLEAR = 256;
    private static final int END = 257;
    /** Go clears when it would have to give this code away. */
    private static final int GO_CLEARS_AT = 4095;

    private final boolean clears;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<Integer, Integer> table = new HashMap<>();
    private int bits;
    private int bitCount;
    private int width = 9;
    /** The code that was given away last; the end code if none was. */
    private int last = END;

    private ReferenceLzwWriter(boolean clears) {
        this.clears = clears;
    }

    /** As Go does. */
    static byte[] compress(byte[] content) {
        return new ReferenceLzwWriter(true).run(content);
    }

    /** As a writer may, too: one that goes on with a full table instead of clearing it. */
    static byte[] compressWithoutClearing(byte[] content) {
        return new ReferenceLzwWriter(false).run(content);
    }

    private byte[] run(byte[] content) {
        write(CLEAR);
        int code = -1;
        for (byte b : content) {
            int literal = b & 0xFF;
            if (code < 0) {
                code = literal;
                continue;
            }
            int key = code << 8 | literal;
            Integer longer = table.get(key);
            if (longer != null) {
                code = longer;
                continue;
            }
            write(code);
            code = literal;
            if (advance()) {
                table.put(key, last);
            }
        }
        if (code >= 0) {
            write(code);
            advance();
        }
        write(END);
        if (bitCount > 0) {
            out.write(bits);
        }
        return out.toByteArray();
    }

    /** Whether there is another code to give away: the last one. */
    private boolean advance() {
        if (last + 1 > GO_CLEARS_AT) {
            return false;
        }
        last++;
        if (last == 1 << width) {
            width++;
        }
        if (!clears || last < GO_CLEARS_AT) {
            return true;
        }
        write(CLEAR);
        width = 9;
        last = END;
        table.clear();
        return false;
    }

    private void write(int code) {
        bits |= code << bitCount;
        bitCount += width;
        while (bitCount >= 8) {
            out.write(bits);
            bits >>>= 8;
            bitCount -= 8;
        }
    }
}
