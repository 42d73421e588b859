package dev.hearsay.core.membership;

/**
 * Which of two claims about a member wins: the rule on which agreement rests (SWIM, section 4.2).
 *
 * <p>A claim wins if its incarnation is higher or, within one incarnation, if its state comes later in ALIVE, SUSPECT,
 * DEAD, LEFT. One exception: a suspicion never overrides DEAD or LEFT. Whoever is back must say so itself, with
 * {@code alive}, or nobody would know where it is.
 *
 * <pre>
 *   known \ claim    ALIVE       SUSPECT     DEAD        LEFT
 *   ALIVE            higher      not lower   not lower   not lower
 *   SUSPECT          higher      higher      not lower   not lower
 *   DEAD             higher      never       higher      not lower
 *   LEFT             higher      never       higher      higher
 * </pre>
 *
 * "Higher" and "not lower" speak of the claim's incarnation against the known one. The rule is a total order apart from
 * the exception and for incarnations within 2^31 of each other (see {@link Incarnation}), so that members who hear the
 * same claims in any order end up believing the same. memberlist differs in one cell: it lets DEAD stand when the member
 * turns out to have LEFT, so that its members can disagree for good.
 */
public final class Precedence {
    private Precedence() {}

    /** Whether the claim replaces what is known. */
    public static boolean overrides(
            MemberState claimed, long claimedIncarnation, MemberState known, long knownIncarnation) {
        if (claimed == MemberState.SUSPECT && !known.live()) {
            return false;
        }
        if (claimedIncarnation != knownIncarnation) {
            return Incarnation.newer(claimedIncarnation, knownIncarnation);
        }
        return claimed.compareTo(known) > 0;
    }
}
