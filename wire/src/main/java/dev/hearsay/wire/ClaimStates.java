package dev.hearsay.wire;

import dev.hearsay.core.membership.MemberState;

/** The numbers of memberlist for the states of a member: fixed by the wire, whatever the order of our enum. */
final class ClaimStates {
    private static final MemberState[] BY_NUMBER = {
        MemberState.ALIVE, MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT
    };

    /** The highest number there is. */
    static final int LAST = BY_NUMBER.length - 1;

    private ClaimStates() {}

    static MemberState of(int number) {
        return BY_NUMBER[number];
    }

    static int number(MemberState state) {
        return switch (state) {
            case ALIVE -> 0;
            case SUSPECT -> 1;
            case DEAD -> 2;
            case LEFT -> 3;
        };
    }
}
