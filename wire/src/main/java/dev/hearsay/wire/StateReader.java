package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import java.util.Arrays;

/** Reads the numbers and bytes of {@link StateCodec}. Counts and lengths are held against the bytes that are there before anybody allocates. */
final class StateReader {
    private static final int GROUP_BITS = 7;
    private static final int MOST_GROUPS = 9;

    private final byte[] source;
    private final int to;
    private int at;

    StateReader(byte[] source, int from, int to) {
        this.source = source;
        this.at = from;
        this.to = to;
    }

    int octet() throws WireException {
        need(1);
        return source[at++] & 0xFF;
    }

    int u32() throws WireException {
        return (int) fixed(Integer.BYTES);
    }

    long u64() throws WireException {
        return fixed(Long.BYTES);
    }

    /** A number of so many bytes, the highest first. */
    long fixed(int width) throws WireException {
        need(width);
        long value = RawReader.unsigned(source, at, width);
        at += width;
        return value;
    }

    /** A number of changing length, from 0 to that. */
    long varint(long most) throws WireException {
        long value = 0;
        for (int group = 0; group < MOST_GROUPS; group++) {
            int octet = octet();
            value |= (octet & 0x7FL) << (group * GROUP_BITS);
            if (octet < 0x80) {
                if (value > most) {
                    throw new WireException(DropReason.MALFORMED, "number " + value + ": must be at most " + most);
                }
                return value;
            }
        }
        throw new WireException(DropReason.MALFORMED, "a number of more than " + MOST_GROUPS + " groups");
    }

    /** A number of things that are not here. */
    int count() throws WireException {
        return (int) varint(Integer.MAX_VALUE);
    }

    /** A number of things that follow, of so many bytes each at least. */
    int count(int bytesEach) throws WireException {
        int count = count();
        need((long) count * bytesEach);
        return count;
    }

    /** Where something of that length ends that begins here. */
    int end(int length) throws WireException {
        need(length);
        return at + length;
    }

    Bytes bytes(int most) throws WireException {
        int length = length(most);
        Bytes bytes = Bytes.adopt(Arrays.copyOfRange(source, at, at + length));
        at += length;
        return bytes;
    }

    /** A name: not empty, without a zero. */
    String text(int mostBytes) throws WireException {
        int length = length(mostBytes);
        String text = Utf8.strict(source, at, length);
        at += length;
        if (text == null || text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new WireException(
                    DropReason.MALFORMED, "the name of a collection of state is no text, empty, or has a zero in it");
        }
        return text;
    }

    /** What is left up to there. */
    Bytes rest(int end, int most) throws WireException {
        int length = end - at;
        if (length < 0) {
            throw new WireException(DropReason.MALFORMED, "an entry of state is longer than it says");
        }
        if (length > most) {
            throw new WireException(
                    DropReason.TOO_LONG, length + " bytes behind an entry of state: must be at most " + most);
        }
        Bytes bytes = Bytes.adopt(Arrays.copyOfRange(source, at, end));
        at = end;
        return bytes;
    }

    private int length(int most) throws WireException {
        int length = count();
        if (length > most) {
            throw new WireException(
                    DropReason.TOO_LONG, length + " bytes in an entry of state: must be at most " + most);
        }
        need(length);
        return length;
    }

    private void need(long bytes) throws WireException {
        if (bytes > to - at) {
            throw new WireException(DropReason.TRUNCATED, "the bytes end inside a message about state");
        }
    }
}
