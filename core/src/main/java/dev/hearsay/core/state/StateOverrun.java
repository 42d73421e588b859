package dev.hearsay.core.state;

/** A write is refused because this node has written faster than it can hand out. It may try again after a while; nothing has been changed. */
public final class StateOverrun extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long retryAfterMillis;

    StateOverrun(String message, long retryAfterMillis) {
        super(message);
        this.retryAfterMillis = retryAfterMillis;
    }

    /** When there is room again, as far as can be foreseen: milliseconds. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
