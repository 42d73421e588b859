package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one map, as memberlist understands maps: keys in any order, unknown ones skipped, the last of equal ones
 * counts, missing ones and nil are the zero value. Holds positions, not copies: nothing is allocated before a bound has
 * been checked. Reusable; valid until the next {@link #read}.
 */
final class Fields {
    private static final Field[] ALL = Field.values();

    private final RawReader in;
    private final RawReader.Type[] types = new RawReader.Type[ALL.length];
    /** Where a byte string begins, or a container with its head. */
    private final int[] starts = new int[ALL.length];
    /** A number, 1 for true, or the length of a byte string. */
    private final long[] values = new long[ALL.length];

    Fields(RawReader in) {
        this.in = in;
        Arrays.fill(types, RawReader.Type.NIL);
    }

    /** Reads a map, keeping the wanted fields; {@code wanted} joins {@link Field#bit()}s. */
    void read(long wanted) throws WireException {
        Arrays.fill(types, RawReader.Type.NIL);
        int entries = in.map();
        for (int i = 0; i < entries; i++) {
            Field field = key(wanted);
            if (field == null) {
                in.skip();
            } else {
                value(field.ordinal());
            }
        }
    }

    /** A number from 0 to the bound. */
    long number(Field field, long most) throws WireException {
        long value = plain(field, RawReader.Type.NUMBER, "a number");
        if (value < 0 || value > most) {
            throw new WireException(DropReason.MALFORMED, field + " is " + value + ": must be 0 to " + most);
        }
        return value;
    }

    /** An unsigned number of 32 bits. */
    long u32(Field field) throws WireException {
        return number(field, 0xFFFFFFFFL);
    }

    boolean flag(Field field) throws WireException {
        // Go reads 0 and 1 as booleans, too.
        RawReader.Type type = types[field.ordinal()];
        return plain(field, type == RawReader.Type.NUMBER ? type : RawReader.Type.BOOL, "true or false") != 0;
    }

    /** A number with a fraction, or without. */
    double real(Field field) throws WireException {
        RawReader.Type type = types[field.ordinal()];
        if (type == RawReader.Type.NUMBER) {
            return values[field.ordinal()];
        }
        return Double.longBitsToDouble(plain(field, RawReader.Type.REAL, "a number"));
    }

    /** A member's name, which may be empty. */
    String name(Field field) throws WireException {
        return text(field, Limits.NAME_BYTES);
    }

    /** A text of so many bytes of UTF-8 at most, which may be empty. */
    String text(Field field, int most) throws WireException {
        int length = length(field, most);
        String name = length == 0 ? "" : Utf8.strict(in.source(), starts[field.ordinal()], length);
        if (name == null) {
            throw new WireException(DropReason.MALFORMED, field + " is not UTF-8");
        }
        return name;
    }

    /** The name of somebody: not empty. */
    String someone(Field field) throws WireException {
        String name = name(field);
        if (name.isEmpty()) {
            throw new WireException(DropReason.MALFORMED, field + " is empty");
        }
        return name;
    }

    /** A text for people: cut at the bound instead of refused, and whatever is not UTF-8 replaced. */
    String prose(Field field, int most) throws WireException {
        int length = Math.min(length(field, Integer.MAX_VALUE), most);
        if (length == 0) {
            return "";
        }
        // Cut once more: what replaces a byte that is no UTF-8 takes three.
        return Utf8.cut(new String(in.source(), starts[field.ordinal()], length, StandardCharsets.UTF_8), most);
    }

    Bytes bytes(Field field, int most) throws WireException {
        int length = length(field, most);
        int start = starts[field.ordinal()];
        return length == 0 ? Bytes.EMPTY : Bytes.adopt(Arrays.copyOfRange(in.source(), start, start + length));
    }

    /** Eight bytes, the highest first. */
    long u64(Field field) throws WireException {
        int length = length(field, Long.BYTES);
        if (length != Long.BYTES) {
            throw new WireException(DropReason.MALFORMED, field + " has " + length + " bytes: must be 8");
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (in.source()[starts[field.ordinal()] + i] & 0xFF);
        }
        return value;
    }

    /** An address in two fields; the IP address has to be there. */
    Address address(Field ip, Field port) throws WireException {
        int length = length(ip, 16);
        if (length != 4 && length != 16) {
            throw new WireException(DropReason.MALFORMED, ip + " has " + length + " bytes: must be 4 or 16");
        }
        return Address.of(in.source(), starts[ip.ordinal()], length, (int) number(port, 0xFFFF));
    }

    /** An address that may be absent: without bytes, or without a port. */
    @Nullable Address optionalAddress(Field ip, Field port) throws WireException {
        return length(ip, 16) == 0 || number(port, 0xFFFF) == 0 ? null : address(ip, port);
    }

    /** The six versions; all zero, which nobody believes, if there are none. */
    Versions versions() throws WireException {
        int length = length(Field.VERSIONS, 6);
        if (length == 0) {
            return new Versions(0, 0, 0, 0, 0, 0);
        }
        if (length != 6) {
            throw new WireException(DropReason.MALFORMED, Field.VERSIONS + " has " + length + " entries: must be 6");
        }
        byte[] from = in.source();
        int at = starts[Field.VERSIONS.ordinal()];
        return new Versions(
                from[at] & 0xFF,
                from[at + 1] & 0xFF,
                from[at + 2] & 0xFF,
                from[at + 3] & 0xFF,
                from[at + 4] & 0xFF,
                from[at + 5] & 0xFF);
    }

    /** Sets the reader before a map or an array; false if the field is absent. */
    boolean enter(Field field) throws WireException {
        RawReader.Type type = types[field.ordinal()];
        if (type == RawReader.Type.NIL) {
            return false;
        }
        if (type != RawReader.Type.MAP && type != RawReader.Type.ARRAY) {
            throw new WireException(DropReason.MALFORMED, field + " is neither a map nor an array");
        }
        in.position(starts[field.ordinal()]);
        return true;
    }

    /** Where in the source a byte string begins; of no meaning if its length is 0. */
    int start(Field field) {
        return starts[field.ordinal()];
    }

    private @Nullable Field key(long wanted) throws WireException {
        if (in.peek() != RawReader.Type.RAW) {
            in.skip();
            return null;
        }
        int length = in.raw();
        int start = in.position();
        in.position(start + length);
        for (long left = wanted; left != 0; left &= left - 1) {
            Field field = ALL[Long.numberOfTrailingZeros(left)];
            if (field.is(in.source(), start, length)) {
                return field;
            }
        }
        return null;
    }

    private void value(int index) throws WireException {
        RawReader.Type type = in.peek();
        types[index] = type;
        switch (type) {
            case NUMBER -> values[index] = in.number();
            case BOOL -> values[index] = in.bool() ? 1 : 0;
            case REAL -> values[index] = Double.doubleToRawLongBits(in.real());
            case RAW -> {
                values[index] = in.raw();
                starts[index] = in.position();
                in.position(starts[index] + (int) values[index]);
            }
            default -> {
                starts[index] = in.position();
                in.skip();
            }
        }
    }

    /** The length of a byte string, which begins at {@link #start}. */
    int length(Field field, int most) throws WireException {
        int length = (int) plain(field, RawReader.Type.RAW, "a byte string");
        if (length > most) {
            throw new WireException(DropReason.TOO_LONG, field + " has " + length + " bytes: must be at most " + most);
        }
        return length;
    }

    private long plain(Field field, RawReader.Type wanted, String what) throws WireException {
        RawReader.Type type = types[field.ordinal()];
        if (type == RawReader.Type.NIL) {
            return 0;
        }
        if (type != wanted) {
            throw new WireException(DropReason.MALFORMED, field + " is not " + what);
        }
        return values[field.ordinal()];
    }
}
