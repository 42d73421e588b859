package dev.hearsay.core;

import dev.hearsay.core.Counters.Counter;

/** Which component takes which packet and which timer: nothing is decided here. */
final class Router implements Message.Receiver, Timer.Handler {
    private final Node node;

    /** Routes to the components of that node. */
    Router(Node node) {
        this.node = node;
    }

    @Override
    public void onPing(Address from, Message.Ping ping, long now, Outbox out) {
        node.answering.onPing(from, ping, out);
    }

    @Override
    public void onIndirectPing(Address from, Message.IndirectPing request, long now, Outbox out) {
        node.answering.onIndirectPing(from, request, out);
    }

    @Override
    public void onAck(Address from, Message.Ack ack, long now, Outbox out) {
        node.detector.onAck(from, ack, now, out);
    }

    @Override
    public void onNack(Address from, Message.Nack nack, long now, Outbox out) {
        node.detector.onNack(nack, now, out);
    }

    @Override
    public void onSuspect(Address from, Message.Suspect suspect, long now, Outbox out) {
        node.membership.onSuspect(suspect, now, out);
    }

    @Override
    public void onAlive(Address from, Message.Alive alive, long now, Outbox out) {
        node.membership.onAlive(alive, now, out);
    }

    @Override
    public void onDead(Address from, Message.Dead dead, long now, Outbox out) {
        node.membership.onDead(dead, now, out);
    }

    @Override
    public void onCompound(Address from, Message.Compound compound, long now, Outbox out) {
        for (Message part : compound.parts()) {
            part.deliver(from, this, now, out);
        }
    }

    @Override
    public void onLeaveIntent(Address from, Message.LeaveIntent intent, long now, Outbox out) {
        node.intents.onLeave(intent, node.membership, now, out);
    }

    @Override
    public void onJoinIntent(Address from, Message.JoinIntent intent, long now, Outbox out) {
        node.intents.onJoin(intent, node.membership, out);
    }

    @Override
    public void onUserEvent(Address from, Message.UserEvent event, long now, Outbox out) {
        node.userEvents.onEvent(event, out);
    }

    @Override
    public void onQuery(Address from, Message.Query query, long now, Outbox out) {
        node.replies.onQuery(query, now, out);
    }

    @Override
    public void onQueryAnswer(Address from, Message.QueryAnswer answer, long now, Outbox out) {
        node.queries.onAnswer(answer, out);
    }

    @Override
    public void onRelay(Address from, Message.Relay relay, long now, Outbox out) {
        node.replies.onRelay(relay, out);
    }

    @Override
    public void onUser(Address from, Message.User message, long now, Outbox out) {
        node.userMessages.onMessage(message, out);
    }

    @Override
    public void onExtension(Address from, Message.Extension frame, long now, Outbox out) {
        node.counters.count(Counter.EXTENSIONS_UNKNOWN);
    }

    @Override
    public void onHeartbeats(Address from, Message.Heartbeats heartbeats, long now, Outbox out) {
        node.heartbeats.onHeartbeats(heartbeats, now, out);
    }

    @Override
    public void onHeartbeatTick(long now, Outbox out) {
        node.heartbeats.onTick(now, out);
    }

    @Override
    public void onState(Address from, Message.State state, long now, Outbox out) {
        node.state.onPacket(from, state.frame(), now, out);
    }

    @Override
    public void onStateRound(Timer.StateRound timer, long now, Outbox out) {
        node.state.onRound(timer, now, out);
    }

    @Override
    public void onStateExchangeTick(long now, Outbox out) {
        node.state.onExchangeTick(now, out);
    }

    @Override
    public void onProtocolPeriod(long now, Outbox out) {
        node.detector.onProtocolPeriod(now, out);
    }

    @Override
    public void onVerification(Timer.Verification timer, long now, Outbox out) {
        node.detector.onVerification(timer, now, out);
    }

    @Override
    public void onProbeTimeout(Timer.ProbeTimeout timer, long now, Outbox out) {
        node.detector.onProbeTimeout(timer, now, out);
    }

    @Override
    public void onProbeEnd(Timer.ProbeEnd timer, long now, Outbox out) {
        node.detector.onProbeEnd(timer, now, out);
    }

    @Override
    public void onRelayTimeout(Timer.RelayTimeout timer, long now, Outbox out) {
        node.answering.onRelayTimeout(timer, out);
    }

    @Override
    public void onSuspicionTimeout(Timer.SuspicionTimeout timer, long now, Outbox out) {
        node.detector.onSuspicionTimeout(timer, now, out);
    }

    @Override
    public void onGossipTick(long now, Outbox out) {
        node.gossip.onTick(now, out);
        node.departure.onGossiped(now, out);
    }

    @Override
    public void onForward(Timer.Forward timer, long now, Outbox out) {
        node.forwarding.onTimer(timer, now, out);
    }

    @Override
    public void onGuardTick(long now, Outbox out) {
        node.guards.onTick(now, out);
    }

    @Override
    public void onPushPullTick(long now, Outbox out) {
        node.antiEntropy.onPushPullTick(out);
    }

    @Override
    public void onReconnectTick(long now, Outbox out) {
        node.antiEntropy.onReconnectTick(out);
    }

    @Override
    public void onReapTick(long now, Outbox out) {
        node.reaper.reap(now, out);
        node.membership.tendDamped(now, out);
        out.schedule(Node.REAP_INTERVAL_NANOS, new Timer.ReapTick());
    }

    @Override
    public void onLeaveTimeout(Timer.LeaveTimeout timer, long now, Outbox out) {
        node.departure.onTimeout(timer, now, out);
    }

    @Override
    public void onQueryDeadline(Timer.QueryDeadline timer, long now, Outbox out) {
        node.queries.onDeadline(timer, out);
    }
}
