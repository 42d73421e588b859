package dev.hearsay.wire;

import java.util.Arrays;

/**
 * Compresses as Go's {@code compress/lzw} does in LSB order with 8-bit literals, bit for bit: the opposite of
 * {@link LzwReader}. It begins with a clear, and clears again instead of giving away code 4095. Reusable. Not thread-safe.
 */
final class LzwWriter {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST_WIDTH = 9;
    private static final int CLEARED_AT = 4095;
    /** Twice as many places as there are codes, so that a look-up is short. */
    private static final int TABLE_BITS = 13;

    private static final int TABLE_MASK = (1 << TABLE_BITS) - 1;
    private static final int CODE_BITS = 12;
    private static final int CODE_MASK = (1 << CODE_BITS) - 1;

    /** Open addressing: a prefix and a byte in the upper 20 bits, their code in the lower 12; 0 is an empty place. */
    private final int[] table = new int[1 << TABLE_BITS];

    private byte[] out = new byte[512];
    private int length;
    private int bits;
    private int bitCount;
    private int width;
    /** The code given away last; {@link #END} if none was. */
    private int last;

    /**
     * Compresses those bytes into {@link #bytes}, unless they take more than so many.
     *
     * @return how many they take; negative if more than {@code most}
     */
    int compress(byte[] source, int from, int to, int most) {
        length = 0;
        bits = 0;
        bitCount = 0;
        clear();
        write(CLEAR);
        int code = -1;
        for (int i = from; i < to; i++) {
            int literal = source[i] & 0xFF;
            if (code < 0) {
                code = literal;
                continue;
            }
            int key = code << 8 | literal;
            int place = find(key);
            if (table[place] != 0) {
                code = table[place] & CODE_MASK;
                continue;
            }
            write(code);
            code = literal;
            if (advance()) {
                table[place] = key << CODE_BITS | last;
            }
            if (length > most) {
                return -1;
            }
        }
        if (code >= 0) {
            write(code);
            advance();
        }
        write(END);
        if (bitCount > 0) {
            put(bits);
        }
        return length > most ? -1 : length;
    }

    /** What was compressed last, from the start of the array. */
    byte[] bytes() {
        return out;
    }

    /** Where the key is, or the empty place where it belongs. */
    private int find(int key) {
        int place = (key * 0x9E3779B1) >>> (32 - TABLE_BITS);
        while (table[place] != 0 && table[place] >>> CODE_BITS != key) {
            place = (place + 1) & TABLE_MASK;
        }
        return place;
    }

    /** Gives the next code away, {@link #last}; false if there was none left and all were taken back. */
    private boolean advance() {
        last++;
        if (last == 1 << width) {
            width++;
        }
        if (last < CLEARED_AT) {
            return true;
        }
        write(CLEAR);
        clear();
        return false;
    }

    private void clear() {
        Arrays.fill(table, 0);
        width = FIRST_WIDTH;
        last = END;
    }

    private void write(int code) {
        bits |= code << bitCount;
        bitCount += width;
        while (bitCount >= 8) {
            put(bits);
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    private void put(int octet) {
        if (length == out.length) {
            out = Arrays.copyOf(out, 2 * length);
        }
        out[length++] = (byte) octet;
    }
}
