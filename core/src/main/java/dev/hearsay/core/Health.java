package dev.hearsay.core;

/**
 * Why a node trusts its own judgement as much as it does.
 *
 * @param reason what its local health score comes from at present
 * @param worstLagNanos the worst lag in the last minute: nanoseconds, 0 if none was measured
 * @param lastPauseNanos how long the node was away, the last time it was; 0 if it never was
 * @param lastCollectionNanos how much of that was garbage collection
 */
public record Health(Reason reason, long worstLagNanos, long lastPauseNanos, long lastCollectionNanos) {

    /** Where a health score comes from. */
    public enum Reason {
        /** It is 0. */
        HEALTHY,
        /** Probes failed, helpers stayed silent, or others accused this node: Lifeguard's inference. */
        PROBES,
        /** This node ran late: measured. */
        LAG,
        /** This node ran late, and mostly because of garbage collection: measured. */
        COLLECTION,
        /** Packets wait because the kernel takes no more: measured. */
        UNSENT
    }
}
