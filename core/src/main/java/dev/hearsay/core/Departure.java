package dev.hearsay.core;

import dev.hearsay.core.detector.Guards;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.membership.Intents;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;

/**
 * Leaving, in two steps: first Serf's leave intent, then memberlist's farewell. Each step ends when its message has been
 * sent to the transmit limit, or when its time is over. In the wrong order, a Serf agent would show this node as failed.
 */
final class Departure {
    private enum Step {
        STAYING,
        ANNOUNCING,
        FAREWELL,
        GONE
    }

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Intents intents;
    private final Dissemination dissemination;
    private final Gossip gossip;
    private final Guards guards;

    private Step step = Step.STAYING;

    Departure(
            Config config,
            MemberTable table,
            Membership membership,
            Intents intents,
            Dissemination dissemination,
            Gossip gossip,
            Guards guards) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.intents = intents;
        this.dissemination = dissemination;
        this.gossip = gossip;
        this.guards = guards;
    }

    /** Begins to leave; no effect if already begun. */
    void begin(long now, Outbox out) {
        if (step != Step.STAYING) {
            return;
        }
        membership.beginLeave();
        intents.announceLeave(name(), false, membership, now, out);
        enter(Step.ANNOUNCING, now, out);
    }

    /** After each round of gossip: has the message of this step been sent often enough? */
    void onGossiped(long now, Outbox out) {
        if (step == Step.ANNOUNCING && (alone() || !dissemination.spreading(true, name()))) {
            sayGoodbye(now, out);
        } else if (step == Step.FAREWELL && (alone() || !dissemination.spreading(false, name()))) {
            step = Step.GONE;
            out.emit(new Event.LeaveCompleted());
        }
    }

    /** The time of a step is over: go on without waiting for its message. */
    void onTimeout(Timer.LeaveTimeout timer, long now, Outbox out) {
        if (timer.step() != step.ordinal()) {
            return;
        }
        if (step == Step.ANNOUNCING) {
            sayGoodbye(now, out);
        } else if (step == Step.FAREWELL) {
            step = Step.GONE;
            out.emit(new Event.LeaveCompleted());
        }
    }

    private void sayGoodbye(long now, Outbox out) {
        membership.sayGoodbye(now, out);
        guards.sayGoodbye(out);
        enter(Step.FAREWELL, now, out);
    }

    private void enter(Step next, long now, Outbox out) {
        step = next;
        out.schedule(config.leaveTimeoutNanos(), new Timer.LeaveTimeout(next.ordinal()));
        gossip.round(now, out);
        onGossiped(now, out);
    }

    private String name() {
        return membership.self().name();
    }

    private boolean alone() {
        int others = table.live() - (membership.self().state().live() ? 1 : 0);
        return others == 0;
    }
}
