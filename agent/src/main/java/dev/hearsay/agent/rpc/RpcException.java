package dev.hearsay.agent.rpc;

/** The other side refused a request; the message is what it said, or what it will be told. */
public final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what was said. */
    public RpcException(String message) {
        super(message);
    }
}
