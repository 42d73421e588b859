package dev.hearsay.core.membership;

/**
 * What is believed of a member. The order is the order of precedence within one incarnation: a later state overrides an
 * earlier one, and only a higher incarnation leads back ({@link Precedence}).
 */
public enum MemberState {
    /** It answers, as far as anybody knows. */
    ALIVE,
    /** Somebody could not reach it; it may still refute. */
    SUSPECT,
    /** It did not refute: given up. Serf says "failed". */
    DEAD,
    /** It said goodbye. */
    LEFT;

    /** Whether the member still takes part: alive or suspect. */
    public boolean live() {
        return this == ALIVE || this == SUSPECT;
    }
}
