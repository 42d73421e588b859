package dev.hearsay.core;

/** Why a stream that this node opened gave no reply. */
public enum StreamFailure {
    /** Nobody listens there: the connection was refused. The machine is up, the process is not. */
    REFUSED("connection refused"),
    /** No connection or no answer in time. */
    TIMEOUT("timed out"),
    /** The connection broke, or the other side closed it without an answer. */
    CLOSED("closed without an answer"),
    /** The network said that the address cannot be reached. */
    UNREACHABLE("unreachable"),
    /** The answer was not understood. */
    MALFORMED("malformed answer"),
    /** The answer was understood, and not accepted. */
    REJECTED("rejected"),
    /** The other side did not accept what this node said, and told why. */
    DENIED("refused"),
    /** The other side belongs to a cluster that ours cannot merge with: {@link Versions#compatible}. */
    INCOMPATIBLE("cannot merge"),
    /** This node gave up first: the stream was cancelled, or the node is shutting down. */
    CANCELLED("cancelled");

    private final String text;

    StreamFailure(String text) {
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }
}
