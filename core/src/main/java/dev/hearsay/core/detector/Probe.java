package dev.hearsay.core.detector;

import dev.hearsay.core.membership.Member;

/** A probe in flight: one dialogue with one member, from the ping to an answer or to the end of its time. */
final class Probe {
    /** Why a member is probed. */
    enum Reason {
        /** It is its turn: ping first, the rest only if it stays silent. */
        ROUND,
        /** Somebody has reason to doubt that it lives: ping and stream at once. */
        DOUBT
    }

    private final Member target;
    private final int number;
    private final Reason reason;
    private final long due;

    private int nacksExpected;
    private int nacksReceived;
    private boolean streamOpened;

    /** A probe of the target; if no answer comes until {@code due}, it has failed. */
    Probe(Member target, int number, Reason reason, long due) {
        this.target = target;
        this.number = number;
        this.reason = reason;
        this.due = due;
    }

    /** The member probed, as it was known when the probe began. */
    Member target() {
        return target;
    }

    /** Of its ping, and of everything that answers. */
    int number() {
        return number;
    }

    Reason reason() {
        return reason;
    }

    long due() {
        return due;
    }

    /** One more helper has been asked that says so if the target does not answer it. */
    void expectNack() {
        nacksExpected++;
    }

    void nack() {
        nacksReceived++;
    }

    void openStream() {
        streamOpened = true;
    }

    boolean streamOpened() {
        return streamOpened;
    }

    /**
     * What the failure of this probe says about this node's own health: each helper that stayed silent is a hint that the
     * fault is here; if none could have spoken, the failure itself is (Lifeguard, section IV-A).
     */
    int evidenceAgainstSelf() {
        return nacksExpected > 0 ? Math.max(0, nacksExpected - nacksReceived) : 1;
    }
}
