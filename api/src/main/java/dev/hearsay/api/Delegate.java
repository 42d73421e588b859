package dev.hearsay.api;

/**
 * An application in a pool of programs on bare memberlist, such as Alertmanager's: what it hears from the others, and
 * what it hands over to them (memberlist's {@code Delegate}). What the bytes mean is between the applications.
 *
 * <p>{@code onMessage} and {@code onRemoteState} are called one at a time, in order, on the application's executor; a slow
 * one delays itself only. Up to {@value #MAX_PENDING_BYTES} bytes wait for it, then the oldest are dropped and counted:
 * gossip repeats itself, and the next push/pull brings the whole state again. {@code localState} is called on the node's
 * event loop: it must return at once.
 */
public interface Delegate {
    /** Bytes that wait for a slow delegate before the oldest are dropped. */
    long MAX_PENDING_BYTES = 64L << 20;

    /**
     * A user message has arrived. The same message may arrive several times, and is repeated to nobody unless the
     * application broadcasts what was new to it (memberlist {@code NotifyMsg}).
     *
     * @param cluster the node that heard it, to broadcast with, for one
     * @param content the application's own from now on
     */
    default void onMessage(MemberlistCluster cluster, byte[] content) {}

    /**
     * This node's state, for another that joins or that is synchronized with now and then (memberlist {@code LocalState}).
     * None, the default, if it is empty. At most 20 MiB.
     *
     * @param join whether the exchange is part of a join
     */
    default byte[] localState(boolean join) {
        return new byte[0];
    }

    /**
     * The state of another node, to be merged with this one's (memberlist {@code MergeRemoteState}).
     *
     * @param cluster the node that heard it
     * @param state the application's own from now on
     * @param join whether the exchange was part of a join
     */
    default void onRemoteState(MemberlistCluster cluster, byte[] state, boolean join) {}
}
