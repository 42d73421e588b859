package dev.hearsay.core.membership;

/**
 * A number that halves with each half-life, as the penalties of RFC 2439 do (section 4.2); between two of these moments it
 * falls in a straight line, so that integers suffice and every machine gets the same.
 */
final class Fading {
    private final long halfLifeNanos;
    private final long ceiling;
    private long value;
    private long at;

    /** Begins at 0 and never exceeds the ceiling. */
    Fading(long halfLifeNanos, long ceiling) {
        this.halfLifeNanos = halfLifeNanos;
        this.ceiling = ceiling;
    }

    /** Adds to what is left of it now. */
    void add(long amount, long now) {
        value = Math.min(ceiling, value(now) + amount);
        at = now;
    }

    /** What is left of it now. */
    long value(long now) {
        long elapsed = now - at;
        long halvings = elapsed / halfLifeNanos;
        if (halvings >= Long.SIZE - 1) {
            return 0;
        }
        long left = value >> halvings;
        // Per mille of a half-life: the product stays far below 2^63.
        long part = (elapsed % halfLifeNanos) / Math.max(1, halfLifeNanos / 1000);
        return left - left * Math.min(1000, part) / 2000;
    }
}
