package dev.hearsay.core.membership;

/**
 * The number a member raises to override what others say about it (SWIM, section 4.2). Only the member itself raises it.
 *
 * <p>On the wire it is an unsigned 32-bit integer, held in a {@code long} here so that comparing is plain.
 */
public final class Incarnation {
    /** The highest incarnation. Nothing outbids it, so it is neither claimed by us nor believed about us. */
    public static final long MAX = 0xFFFF_FFFFL;

    private Incarnation() {}

    /** Whether an accusation at that incarnation can still be outbid. */
    public static boolean refutable(long accused) {
        return accused < MAX - 1;
    }

    /** The incarnation that outbids an accusation: one above the larger of the two. */
    public static long outbid(long own, long accused) {
        return Math.max(own, accused) + 1;
    }
}
