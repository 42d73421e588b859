package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;

/**
 * Writes msgpack in the form go-msgpack has always read: strings and bytes alike in the old raw spec (no str8, no bin),
 * integers unsigned in their shortest form. The buffer has to be large enough; {@link MemberlistSizes} tells beforehand.
 */
final class RawWriter {
    private static final int FIXRAW = 0xA0;
    private static final int RAW16 = 0xDA;
    private static final int RAW32 = 0xDB;

    private final byte[] buffer;
    private int at;

    RawWriter(byte[] buffer, int from) {
        this.buffer = buffer;
        this.at = from;
    }

    int position() {
        return at;
    }

    /** One byte as it is: a message kind, a count. */
    void octet(int value) {
        buffer[at++] = (byte) value;
    }

    /** Leaves room to be filled in later with {@link #u16At} or {@link #u32At}. */
    void reserve(int bytes) {
        at += bytes;
    }

    void u16At(int position, int value) {
        buffer[position] = (byte) (value >> 8);
        buffer[position + 1] = (byte) value;
    }

    void u32At(int position, int value) {
        u16At(position, value >>> 16);
        u16At(position + 2, value);
    }

    void nil() {
        octet(0xC0);
    }

    void bool(boolean value) {
        octet(value ? 0xC3 : 0xC2);
    }

    void map(int entries) {
        container(0x80, 0xDE, entries);
    }

    void array(int elements) {
        container(0x90, 0xDC, elements);
    }

    void key(Field field) {
        at = field.write(buffer, at);
    }

    /** An unsigned number; a negative one is taken as 64 bits without a sign. */
    void number(long value) {
        if (value >= 0 && value < 0x80) {
            octet((int) value);
        } else if (value >>> 8 == 0) {
            octet(0xCC);
            octet((int) value);
        } else if (value >>> 16 == 0) {
            octet(0xCD);
            u16((int) value);
        } else if (value >>> 32 == 0) {
            octet(0xCE);
            u32((int) value);
        } else {
            octet(0xCF);
            u32((int) (value >>> 32));
            u32((int) value);
        }
    }

    void text(String value) {
        rawHeader(Utf8.length(value));
        at = Utf8.write(value, buffer, at);
    }

    void bytes(Bytes value) {
        rawHeader(value.length());
        octets(value);
    }

    /** A byte string, or nil if it is empty, as Go writes a slice that was never made. */
    void bytesOrNil(Bytes value) {
        if (value.length() == 0) {
            nil();
        } else {
            bytes(value);
        }
    }

    /** A double, always in eight bytes. */
    void real(double value) {
        octet(0xCB);
        long bits = Double.doubleToLongBits(value);
        u32((int) (bits >>> 32));
        u32((int) bits);
    }

    /** So many bytes of a number, the highest first, without a header. */
    void fixed(long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            octet((int) (value >>> shift));
        }
    }

    /** A number of 0 or more in groups of seven bits, the lowest first. */
    void varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            octet(((int) rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** The bytes of a text, without a header. */
    void utf8(String value) {
        at = Utf8.write(value, buffer, at);
    }

    /** The header of a byte string whose bytes follow. */
    void raw(int length) {
        rawHeader(length);
    }

    /** So many bytes from the start of the array. */
    void bytes(byte[] source, int length) {
        rawHeader(length);
        System.arraycopy(source, 0, buffer, at, length);
        at += length;
    }

    /** Eight bytes, the highest first, as a byte string. */
    void u64(long value) {
        rawHeader(Long.BYTES);
        u32((int) (value >>> 32));
        u32((int) value);
    }

    /** The bytes alone, without a header. */
    void octets(Bytes value) {
        value.copyTo(buffer, at);
        at += value.length();
    }

    /** The IP address in the width it arrived in. */
    void ip(Address value) {
        rawHeader(value.ipLength());
        value.copyIpTo(buffer, at);
        at += value.ipLength();
    }

    /** memberlist's {@code Vsn}: always six bytes, because old releases crash on fewer. */
    void versions(Versions value) {
        rawHeader(6);
        octet(value.protocolMin());
        octet(value.protocolMax());
        octet(value.protocol());
        octet(value.delegateMin());
        octet(value.delegateMax());
        octet(value.delegate());
    }

    private void rawHeader(int length) {
        if (length < 32) {
            octet(FIXRAW | length);
        } else if (length < 0x10000) {
            octet(RAW16);
            u16(length);
        } else {
            octet(RAW32);
            u32(length);
        }
    }

    private void container(int fixed, int wide, int count) {
        if (count < 16) {
            octet(fixed | count);
        } else if (count < 0x10000) {
            octet(wide);
            u16(count);
        } else {
            octet(wide + 1);
            u32(count);
        }
    }

    private void u16(int value) {
        u16At(at, value);
        at += 2;
    }

    private void u32(int value) {
        u32At(at, value);
        at += 4;
    }
}
