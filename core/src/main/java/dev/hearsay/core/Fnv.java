package dev.hearsay.core;

/** FNV-1a with 64 bits (Fowler, Noll, Vo; RFC 9923): the same on every machine, for what nodes compare with each other. */
public final class Fnv {
    /** What every hash begins with. */
    public static final long START = 0xCBF29CE484222325L;

    /** Computed at the start: in a browser, a constant of 64 bits would be put together again for each octet. */
    private static final long PRIME = Long.parseLong("100000001b3", 16);

    private Fnv() {}

    /** Goes on with the lowest eight bits of a number. */
    public static long octet(long hash, int octet) {
        return (hash ^ (octet & 0xFF)) * PRIME;
    }

    /** Goes on with the lowest so many bytes of a number, the highest of them first. */
    public static long number(long hash, long number, int bytes) {
        long next = hash;
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            next = octet(next, (int) (number >>> shift));
        }
        return next;
    }

    /** Goes on with the UTF-16 units of a text, and two zeros at its end. */
    public static long text(long hash, String text) {
        long next = hash;
        for (int i = 0; i < text.length(); i++) {
            next = number(next, text.charAt(i), Character.BYTES);
        }
        return number(next, 0, Character.BYTES);
    }

    /** Goes on with bytes, without their length. */
    public static long bytes(long hash, Bytes bytes) {
        long next = hash;
        for (int i = 0; i < bytes.length(); i++) {
            next = octet(next, bytes.at(i));
        }
        return next;
    }
}
