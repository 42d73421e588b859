package dev.hearsay.api;

/**
 * Something happened to a member.
 *
 * @param kind what happened
 * @param member the member as it was just after
 * @param by who brought it about, where somebody did: the accuser's name, or the address that claims a name; else empty
 */
public record MemberEvent(Kind kind, ClusterMember member, String by) {

    /** What can happen to a member. */
    public enum Kind {
        /** It came, or came back. */
        JOINED,
        /** Its tags or its address changed. */
        UPDATED,
        /** Somebody could not reach it; unless it refutes, it fails. */
        SUSPECTED,
        /** It refuted a suspicion. */
        REFUTED,
        /** It did not answer and did not refute. */
        FAILED,
        /**
         * It lives, but failed and came back so often that it counts as failed here until it has held still for a while.
         * {@link #FAILED} has come before, if it was not failed already; {@link #JOINED} ends it.
         */
        DAMPED,
        /** It announced that it is about to leave. */
        LEAVING,
        /** It left on purpose. */
        LEFT,
        /** It was gone for long enough, or was pruned: forgotten. */
        REAPED,
        /** Somebody else claims its name. */
        NAME_CONFLICT,
        /**
         * This node was asked about: most members that answered say that its name belongs to the process at the address in
         * {@link MemberEvent#by}. A Serf agent exits then; what to do is the application's decision.
         */
        NAME_LOST
    }
}
