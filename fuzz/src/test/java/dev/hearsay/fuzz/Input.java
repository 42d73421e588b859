package dev.hearsay.fuzz;

import java.util.Arrays;

/** The bytes that a fuzzer found: those in front choose what is done, the others are what arrives. */
public final class Input {
    private final byte[] bytes;
    private int at;

    /** Reads those bytes. */
    public Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether any bytes are left. */
    public boolean hasMore() {
        return at < bytes.length;
    }

    /** The next byte as a number, 0 to 255; 0 if none is left. */
    public int octet() {
        return at < bytes.length ? bytes[at++] & 0xFF : 0;
    }

    /** The next byte as a choice, 0 to {@code options - 1}. */
    public int choice(int options) {
        return octet() % options;
    }

    /** As many bytes as the next two say, or as there are. */
    public byte[] piece() {
        int length = octet() << 8 | octet();
        int from = at;
        at = Math.min(bytes.length, from + length);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** All that is left. */
    public byte[] rest() {
        int from = at;
        at = bytes.length;
        return Arrays.copyOfRange(bytes, from, at);
    }
}
