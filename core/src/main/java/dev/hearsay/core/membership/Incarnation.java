package dev.hearsay.core.membership;

/**
 * The number a member raises to override what others say about it (SWIM, section 4.2). Only the member itself raises it.
 *
 * <p>On the wire it is an unsigned 32-bit integer, held in a {@code long} here. After the highest comes 1: numbers are
 * compared around the circle, as serial numbers in DNS are (RFC 1982). Were there a highest number, a lie that claims it
 * could never be refuted, and the member would be lost. Nobody gets half-way around the circle honestly, and within half
 * of it this is the plain order that memberlist uses.
 */
public final class Incarnation {
    /** The highest incarnation; 1 comes after it, because memberlist ignores 0. */
    public static final long MAX = 0xFFFF_FFFFL;

    private Incarnation() {}

    /** Whether the first is ahead of the second by less than 2^31 steps; at exactly that many, the larger number is. */
    public static boolean newer(long first, long second) {
        int ahead = (int) (first - second);
        return ahead > 0 || (ahead == Integer.MIN_VALUE && first > second);
    }

    /** The incarnation that outbids a claim: the next after the newer of the two. */
    public static long outbid(long own, long claimed) {
        long newest = newer(claimed, own) ? claimed : own;
        return newest == MAX ? 1 : newest + 1;
    }
}
