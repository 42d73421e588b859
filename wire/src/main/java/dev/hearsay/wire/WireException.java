package dev.hearsay.wire;

/**
 * Bytes that are no message this version understands. A checked exception, because it comes from the network and is
 * never a bug here; without a stack trace, because anybody can cause one with each packet.
 */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    /**
     * Makes an exception.
     *
     * @param reason what to count
     * @param detail one line for a person: what is wrong, and where
     */
    public WireException(DropReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** What to count. */
    public DropReason reason() {
        return reason;
    }
}
