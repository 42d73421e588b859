package dev.hearsay.core;

import java.util.Arrays;

/** An immutable byte string: metadata, payloads, anything the core carries without looking inside. */
public final class Bytes {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;
    private int hash;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies the given bytes. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** Takes the array over without a copy: the caller must never write to it again. */
    public static Bytes adopt(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** Number of bytes. */
    public int length() {
        return content.length;
    }

    /** The byte at the index, 0 to {@code length() - 1}. */
    public byte at(int index) {
        return content[index];
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    /** Copies all bytes into the target, beginning at that index. */
    public void copyTo(byte[] target, int index) {
        System.arraycopy(content, 0, target, index, content.length);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Bytes that && Arrays.equals(content, that.content));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(content);
        }
        return hash;
    }

    /** Lower-case hexadecimal, two digits a byte. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(content.length * 2);
        for (byte b : content) {
            text.append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
        }
        return text.toString();
    }
}
