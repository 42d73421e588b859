package dev.hearsay.core.detector;

import dev.hearsay.core.membership.Member;
import org.jspecify.annotations.Nullable;

/** The probe in flight: one dialogue with one member, from the ping to the end of the protocol period. */
final class Probe {
    /** Stands in while nobody is probed. */
    static final Probe NONE = new Probe(null, 0, 0);

    private final @Nullable Member target;
    private final int sequence;
    private final long due;

    private boolean answered;
    private int nacksExpected;
    private int nacksReceived;

    private Probe(@Nullable Member target, int sequence, long due) {
        this.target = target;
        this.sequence = sequence;
        this.due = due;
    }

    /** A probe of the target; {@code due} is when the period ends. */
    static Probe of(Member target, int sequence, long due) {
        return new Probe(target, sequence, due);
    }

    /** The member probed, or null for {@link #NONE}. */
    @Nullable Member target() {
        return target;
    }

    long due() {
        return due;
    }

    /** Whether this is the probe with that number, and it is still waiting. */
    boolean awaits(int number) {
        return target != null && sequence == number && !answered;
    }

    boolean unanswered() {
        return target != null && !answered;
    }

    void answer() {
        answered = true;
    }

    void expectNack() {
        nacksExpected++;
    }

    void nack() {
        nacksReceived++;
    }

    /**
     * What the failure of this probe says about this node's own health: each helper that stayed silent is a hint that the
     * fault is here; if none could have spoken, the failure itself is (Lifeguard, section IV-A).
     */
    int evidenceAgainstSelf() {
        return nacksExpected > 0 ? Math.max(0, nacksExpected - nacksReceived) : 1;
    }
}
