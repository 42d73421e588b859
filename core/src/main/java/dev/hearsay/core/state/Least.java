package dev.hearsay.core.state;

/** The least of the numbers heard in a while, or somewhat longer: one that is not heard again holds for that while. */
final class Least {
    private final long nanos;
    private long value = Long.MAX_VALUE;
    private long at;

    Least(long nanos) {
        this.nanos = nanos;
    }

    /** Hears a number. Returns the least. */
    long hear(long number, long now) {
        if (number <= value || now - at >= nanos) {
            value = number;
            at = now;
        }
        return value;
    }

    /** The least; the largest number there is if none was heard. */
    long value() {
        return value;
    }
}
