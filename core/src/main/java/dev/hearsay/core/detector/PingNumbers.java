package dev.hearsay.core.detector;

/** Numbers the pings of a node, its own and those on behalf of others: an ack names nothing but the number. */
public final class PingNumbers {
    private int last;

    /** Begins anywhere, so that an ack from before a restart, sent again by somebody, is not taken for a new one. */
    public PingNumbers(int last) {
        this.last = last;
    }

    int next() {
        return ++last;
    }
}
