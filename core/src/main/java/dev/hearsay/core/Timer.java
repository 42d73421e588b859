package dev.hearsay.core;

/**
 * A deadline that the driver gives back when it has come. Timers are values and are never cancelled: each carries the
 * sequence number or incarnation it was made for, and a stale one is recognised and ignored.
 */
public sealed interface Timer {

    /** Hands this timer to the handler's method for its kind. */
    void fire(Handler to, long now, Outbox out);

    /** The protocol period is over: probe the next member (SWIM, section 4.3). */
    record ProtocolPeriod() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onProtocolPeriod(now, out);
        }
    }

    /** The probe with this sequence number, which somebody's doubt has caused, is to be sent. */
    record Verification(int sequence) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onVerification(this, now, out);
        }
    }

    /** The direct ping with this sequence number has had its chance: ask others. */
    record ProbeTimeout(int sequence) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onProbeTimeout(this, now, out);
        }
    }

    /** The probe with this sequence number has had its time, or a part of it: see what has come. */
    record ProbeEnd(int sequence) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onProbeEnd(this, now, out);
        }
    }

    /** The ping sent on somebody's behalf stayed unanswered: say so. */
    record RelayTimeout(int sequence) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onRelayTimeout(this, now, out);
        }
    }

    /** The suspicion of that incarnation may be due; a confirmation may since have moved its deadline. */
    record SuspicionTimeout(String node, long incarnation) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onSuspicionTimeout(this, now, out);
        }
    }

    /** Time to gossip what is still hot. */
    record GossipTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onGossipTick(now, out);
        }
    }

    /** What was heard a moment ago is to be forwarded, if this is still the timer that counts. */
    record Forward(int number) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onForward(this, now, out);
        }
    }

    /** Time to see whether guard streams are missing, or useless. */
    record GuardTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onGuardTick(now, out);
        }
    }

    /** Time for the periodic push/pull with a random member. */
    record PushPullTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onPushPullTick(now, out);
        }
    }

    /** Time to try a member that failed: partitions heal, machines come back. */
    record ReconnectTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onReconnectTick(now, out);
        }
    }

    /** Time to forget members that have been gone long enough. */
    record ReapTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onReapTick(now, out);
        }
    }

    /** The step of leaving with this number has had its time. */
    record LeaveTimeout(int step) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onLeaveTimeout(this, now, out);
        }
    }

    /** The query of this node with that number has had its time. */
    record QueryDeadline(long number) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onQueryDeadline(this, now, out);
        }
    }

    /** A heartbeat interval is over: raise the counter, send some, judge the silent. */
    record HeartbeatTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onHeartbeatTick(now, out);
        }
    }

    /** Time to tell of entries that are new, if this is still the timer that counts. */
    record StateRound(int number) implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onStateRound(this, now, out);
        }
    }

    /** Time to compare the shared state with another member. */
    record StateExchangeTick() implements Timer {
        @Override
        public void fire(Handler to, long now, Outbox out) {
            to.onStateExchangeTick(now, out);
        }
    }

    /** One method per kind of timer. */
    interface Handler {
        void onProtocolPeriod(long now, Outbox out);

        void onVerification(Verification timer, long now, Outbox out);

        void onProbeTimeout(ProbeTimeout timer, long now, Outbox out);

        void onProbeEnd(ProbeEnd timer, long now, Outbox out);

        void onRelayTimeout(RelayTimeout timer, long now, Outbox out);

        void onSuspicionTimeout(SuspicionTimeout timer, long now, Outbox out);

        void onGossipTick(long now, Outbox out);

        void onForward(Forward timer, long now, Outbox out);

        void onGuardTick(long now, Outbox out);

        void onPushPullTick(long now, Outbox out);

        void onReconnectTick(long now, Outbox out);

        void onReapTick(long now, Outbox out);

        void onLeaveTimeout(LeaveTimeout timer, long now, Outbox out);

        void onQueryDeadline(QueryDeadline timer, long now, Outbox out);

        void onHeartbeatTick(long now, Outbox out);

        void onStateRound(StateRound timer, long now, Outbox out);

        void onStateExchangeTick(long now, Outbox out);
    }
}
