package dev.hearsay.core.detector;

/**
 * How much this node trusts its own judgement (Lifeguard's local health multiplier, section IV-A; memberlist's
 * {@code awareness}). 0 is healthy; each failed probe, missing nack or refuted accusation adds to it, each answered probe
 * takes one off. A node in bad health waits longer before it accuses others.
 */
final class LocalHealth {
    private final int limit;
    private int score;

    /** The score stays below the limit, which is at least 1. */
    LocalHealth(int limit) {
        this.limit = limit;
    }

    /** 0 to limit - 1. */
    int score() {
        return score;
    }

    /** Adds evidence for (positive) or against (negative) being slow. */
    void add(int evidence) {
        score = Math.max(0, Math.min(limit - 1, score + evidence));
    }
}
