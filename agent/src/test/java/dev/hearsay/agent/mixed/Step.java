package dev.hearsay.agent.mixed;

import java.util.Locale;

/**
 * One thing that happens to a mixed cluster.
 *
 * @param action what
 * @param member to whom
 * @param through the member by which a starting agent joins; empty for the first of all, and where nothing starts
 */
record Step(Action action, String member, String through) {
    /** What can happen to a member. */
    enum Action {
        /** Starts, under its old address if it has been here before. */
        START,
        /** Starts under another address, after it has left. */
        MOVE,
        /** Is killed, and starts again before anybody misses it. */
        REBOOT,
        /** Changes its tags. */
        TAG,
        /** SIGSTOP until somebody suspects it, then SIGCONT. */
        BLINK,
        /** SIGSTOP, for longer than the others wait for it. */
        PAUSE,
        /** SIGCONT. */
        RESUME,
        /** Leaves, and ends. */
        LEAVE,
        /** SIGKILL. */
        KILL;

        /** Whether an agent joins in this step. */
        boolean joins() {
            return this == START || this == MOVE || this == REBOOT;
        }
    }

    static Step of(Action action, String member) {
        return new Step(action, member, "");
    }

    static Step of(Action action, String member, String through) {
        return new Step(action, member, through);
    }

    @Override
    public String toString() {
        String what = action.name().toLowerCase(Locale.ROOT) + " " + member;
        return through.isEmpty() ? what : what + " through " + through;
    }
}
