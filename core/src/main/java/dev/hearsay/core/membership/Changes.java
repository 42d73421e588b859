package dev.hearsay.core.membership;

import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;

/** What the application is told when what this node takes a member for has changed: of two views, what lies between. */
final class Changes {
    private Changes() {}

    /** Tells it; {@code by} is who accused the member, where somebody did. */
    static void tell(Member before, Member after, String by, Outbox out) {
        boolean wasLive = before.state().live();
        MemberState next = after.state();
        if (wasLive && next.live()) {
            tellLive(before, after, by, out);
        } else if (next.live()) {
            out.emit(new Event.MemberJoined(after));
        } else if (next == MemberState.LEFT && before.state() != MemberState.LEFT) {
            out.emit(new Event.MemberLeft(after));
        } else if (next == MemberState.DEAD && wasLive) {
            out.emit(new Event.MemberFailed(after, by));
        }
        if (after.damped() && !before.damped()) {
            out.emit(new Event.MemberDamped(after));
        }
    }

    private static void tellLive(Member before, Member after, String by, Outbox out) {
        if (before.state() == MemberState.SUSPECT && after.state() == MemberState.ALIVE) {
            out.emit(new Event.MemberRefuted(after));
        } else if (before.state() == MemberState.ALIVE && after.state() == MemberState.SUSPECT) {
            out.emit(new Event.MemberSuspected(after, by));
        }
        if (!before.meta().equals(after.meta()) || !before.address().equals(after.address())) {
            out.emit(new Event.MemberUpdated(after));
        }
    }
}
