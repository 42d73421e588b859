package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;

/**
 * What one replica has counted: the value of its entry of a counter, both numbers in eight bytes, the highest first.
 *
 * @param added in all
 * @param taken off in all
 */
record Counted(long added, long taken) {
    static final int BYTES = 2 * Long.BYTES;

    private static final Counted NOTHING = new Counted(0, 0);

    /** Reads a value; nothing has been counted if it has another length. */
    static Counted of(Bytes value) {
        return value.length() == BYTES ? new Counted(read(value, 0), read(value, Long.BYTES)) : NOTHING;
    }

    long value() {
        return added - taken;
    }

    /** Goes on counting. */
    Counted plus(long amount) {
        return amount >= 0 ? new Counted(added + amount, taken) : new Counted(added, taken - amount);
    }

    Bytes bytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = (Long.BYTES - 1 - i) * Byte.SIZE;
            bytes[i] = (byte) (added >>> shift);
            bytes[Long.BYTES + i] = (byte) (taken >>> shift);
        }
        return Bytes.adopt(bytes);
    }

    private static long read(Bytes value, int at) {
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | (value.at(at + i) & 0xFF);
        }
        return number;
    }
}
