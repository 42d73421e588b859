package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Claim;

/**
 * Finds out of what kind a message or timer is, and a hash of what it says, without reflection and without the hash codes
 * of enums, which differ from run to run.
 */
final class Digest implements Message.Receiver, StreamMessage.Receiver, Timer.Handler {
    /** Above all kinds. */
    static final int KINDS = 50;

    static final int STREAM_FAILURE = 30;
    static final int COMMAND = 31;
    static final int SEND_FAILURE = 35;

    private static final Address NOWHERE = Address.ipv4(0, 0, 0, 0, 0);
    private static final Outbox CLOSED = new ClosedOutbox();

    private int kind;
    private long hash;

    /** Looks at a message. */
    void of(Message message) {
        hash = 0;
        message.deliver(NOWHERE, this, 0, CLOSED);
    }

    /** Looks at a stream's request or reply. */
    void of(StreamMessage message) {
        hash = 0;
        message.deliver(0, this, 0, CLOSED);
    }

    /** Looks at a timer. */
    void of(Timer timer) {
        hash = 0;
        timer.fire(this, 0, CLOSED);
    }

    /** The kind of what was looked at last: 0 to {@link #KINDS} - 1, stable from run to run. */
    int kind() {
        return kind;
    }

    /** A hash of what it says. */
    long hash() {
        return hash;
    }

    private void see(int newKind, long a, long b) {
        kind = newKind;
        hash = Prng.mix((hash + newKind * 0x9E3779B97F4A7C15L) ^ (a + b * 0xC2B2AE3D27D4EB4FL));
    }

    private static long text(String text, long number) {
        return (long) text.hashCode() << 32 ^ number;
    }

    @Override
    public void onPing(Address from, Message.Ping ping, long now, Outbox out) {
        see(0, text(ping.target(), ping.sequence()), ping.source().hashCode());
    }

    @Override
    public void onIndirectPing(Address from, Message.IndirectPing request, long now, Outbox out) {
        see(1, text(request.target(), request.sequence()), text(request.source(), request.nack() ? 1 : 0));
    }

    @Override
    public void onAck(Address from, Message.Ack ack, long now, Outbox out) {
        see(2, ack.sequence(), ack.coordinate() == null ? 0 : ack.coordinate().hashCode());
    }

    @Override
    public void onNack(Address from, Message.Nack nack, long now, Outbox out) {
        see(3, nack.sequence(), 0);
    }

    @Override
    public void onSuspect(Address from, Message.Suspect suspect, long now, Outbox out) {
        see(4, text(suspect.node(), suspect.incarnation()), suspect.accuser().hashCode());
    }

    @Override
    public void onAlive(Address from, Message.Alive alive, long now, Outbox out) {
        see(
                5,
                text(alive.node(), alive.incarnation()),
                (long) alive.address().hashCode() << 32 ^ alive.meta().hashCode());
    }

    @Override
    public void onDead(Address from, Message.Dead dead, long now, Outbox out) {
        see(6, text(dead.node(), dead.incarnation()), dead.accuser().hashCode());
    }

    @Override
    public void onCompound(Address from, Message.Compound compound, long now, Outbox out) {
        for (int i = 0; i < compound.parts().size(); i++) {
            compound.parts().get(i).deliver(from, this, now, out);
        }
        see(7, compound.parts().size(), 0);
    }

    @Override
    public void onLeaveIntent(Address from, Message.LeaveIntent intent, long now, Outbox out) {
        see(8, text(intent.node(), intent.time()), intent.prune() ? 1 : 0);
    }

    @Override
    public void onJoinIntent(Address from, Message.JoinIntent intent, long now, Outbox out) {
        see(9, text(intent.node(), intent.time()), 0);
    }

    @Override
    public void onUserEvent(Address from, Message.UserEvent event, long now, Outbox out) {
        see(36, text(event.name(), event.time()), event.payload().hashCode() * 2L + (event.coalesce() ? 1 : 0));
    }

    @Override
    public void onQuery(Address from, Message.Query query, long now, Outbox out) {
        see(
                37,
                text(query.name(), query.time()),
                (long) query.id() << 32 ^ query.payload().hashCode());
    }

    @Override
    public void onQueryAnswer(Address from, Message.QueryAnswer answer, long now, Outbox out) {
        see(
                38,
                text(answer.from(), answer.time()),
                (long) answer.id() << 32 ^ answer.payload().hashCode());
    }

    @Override
    public void onRelay(Address from, Message.Relay relay, long now, Outbox out) {
        relay.message().deliver(from, this, now, out);
        see(39, relay.to().hashCode(), 0);
    }

    @Override
    public void onUser(Address from, Message.User message, long now, Outbox out) {
        see(10, message.content().hashCode(), message.content().length());
    }

    @Override
    public void onExtension(Address from, Message.Extension frame, long now, Outbox out) {
        see(25, frame.body().hashCode(), frame.version() << 8 | frame.kind());
    }

    @Override
    public void onHeartbeats(Address from, Message.Heartbeats heartbeats, long now, Outbox out) {
        for (int i = 0; i < heartbeats.beats().size(); i++) {
            Message.Beat beat = heartbeats.beats().get(i);
            see(43, beat.member(), beat.counter());
        }
    }

    @Override
    public void onPushPull(long stream, StreamMessage.PushPull state, long now, Outbox out) {
        for (int i = 0; i < state.claims().size(); i++) {
            Claim claim = state.claims().get(i);
            see(11, text(claim.node(), claim.incarnation()), claim.state().ordinal());
        }
        if (state.upper() instanceof StreamMessage.UserState user) {
            see(11, user.content().hashCode(), user.content().length());
        } else if (state.upper() instanceof StreamMessage.SerfState intents) {
            // Status times are a map on the wire: their order means nothing, so they are added up.
            long times = 0;
            for (int i = 0; i < intents.statusTimes().size(); i++) {
                StreamMessage.StatusTime each = intents.statusTimes().get(i);
                times += Prng.mix(text(each.node(), each.time()));
            }
            for (int i = 0; i < intents.left().size(); i++) {
                times += Prng.mix(text(intents.left().get(i), -1));
            }
            see(11, times, intents.time());
            see(11, intents.eventTime(), intents.queryTime());
            for (int i = 0; i < intents.events().size(); i++) {
                onUserEvent(NOWHERE, intents.events().get(i), now, out);
            }
        }
        see(11, state.claims().size(), state.join() ? 1 : 0);
    }

    @Override
    public void onDigest(long stream, StreamMessage.Digest digest, long now, Outbox out) {
        see(33, digest.time(), digest.sum());
        see(
                33,
                digest.eventTime() + digest.queryTime() + digest.events(),
                digest.parts().hashCode());
    }

    @Override
    public void onDelta(long stream, StreamMessage.Delta delta, long now, Outbox out) {
        onPushPull(stream, delta.content(), now, out);
        see(34, delta.parts().hashCode(), 0);
    }

    @Override
    public void onStreamPing(long stream, StreamMessage.StreamPing ping, long now, Outbox out) {
        see(12, text(ping.ping().target(), ping.ping().sequence()), 0);
    }

    @Override
    public void onStreamAck(long stream, StreamMessage.StreamAck ack, long now, Outbox out) {
        see(13, ack.sequence(), 0);
    }

    @Override
    public void onStreamUser(long stream, StreamMessage.StreamUser user, long now, Outbox out) {
        user.message().deliver(NOWHERE, this, now, out);
        see(15, kind, 0);
    }

    @Override
    public void onGuard(long stream, StreamMessage.Guard guard, long now, Outbox out) {
        see(29, text(guard.node(), guard.incarnation()), 0);
    }

    @Override
    public void onRefusal(long stream, StreamMessage.Refusal refusal, long now, Outbox out) {
        see(14, refusal.reason().hashCode(), 0);
    }

    @Override
    public void onState(Address from, Message.State state, long now, Outbox out) {
        see(45, FrameHash.of(state.frame()), 0);
    }

    @Override
    public void onStateExchange(long stream, StreamMessage.StateExchange state, long now, Outbox out) {
        see(46, FrameHash.of(state.frame()), 0);
    }

    @Override
    public void onStateRound(Timer.StateRound timer, long now, Outbox out) {
        see(47, timer.number(), 0);
    }

    @Override
    public void onStateExchangeTick(long now, Outbox out) {
        see(48, 0, 0);
    }

    @Override
    public void onProtocolPeriod(long now, Outbox out) {
        see(16, 0, 0);
    }

    @Override
    public void onVerification(Timer.Verification timer, long now, Outbox out) {
        see(32, timer.sequence(), 0);
    }

    @Override
    public void onProbeTimeout(Timer.ProbeTimeout timer, long now, Outbox out) {
        see(17, timer.sequence(), 0);
    }

    @Override
    public void onProbeEnd(Timer.ProbeEnd timer, long now, Outbox out) {
        see(26, timer.sequence(), 0);
    }

    @Override
    public void onRelayTimeout(Timer.RelayTimeout timer, long now, Outbox out) {
        see(18, timer.sequence(), 0);
    }

    @Override
    public void onSuspicionTimeout(Timer.SuspicionTimeout timer, long now, Outbox out) {
        see(19, text(timer.node(), timer.incarnation()), 0);
    }

    @Override
    public void onGossipTick(long now, Outbox out) {
        see(20, 0, 0);
    }

    @Override
    public void onForward(Timer.Forward timer, long now, Outbox out) {
        see(27, timer.number(), 0);
    }

    @Override
    public void onGuardTick(long now, Outbox out) {
        see(28, 0, 0);
    }

    @Override
    public void onPushPullTick(long now, Outbox out) {
        see(21, 0, 0);
    }

    @Override
    public void onReconnectTick(long now, Outbox out) {
        see(22, 0, 0);
    }

    @Override
    public void onReapTick(long now, Outbox out) {
        see(23, 0, 0);
    }

    @Override
    public void onLeaveTimeout(Timer.LeaveTimeout timer, long now, Outbox out) {
        see(24, timer.step(), 0);
    }

    @Override
    public void onQueryDeadline(Timer.QueryDeadline timer, long now, Outbox out) {
        see(40, timer.number(), 0);
    }

    @Override
    public void onHeartbeatTick(long now, Outbox out) {
        see(44, 0, 0);
    }
}
