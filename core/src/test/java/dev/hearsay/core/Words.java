package dev.hearsay.core;

import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.SummedTable;
import java.util.stream.Collectors;

/** Messages, timers and events as short lines of text. */
final class Words {
    private Words() {}

    static String of(Message message) {
        if (message instanceof Message.Ping ping) {
            return "ping#" + own(ping.sequence()) + " " + ping.target();
        }
        if (message instanceof Message.IndirectPing request) {
            return "indirectPing#" + own(request.sequence()) + " " + request.target() + " at "
                    + request.targetAddress().host() + (request.nack() ? " nack" : "");
        }
        if (message instanceof Message.Ack ack) {
            return "ack#" + ack.sequence();
        }
        if (message instanceof Message.Nack nack) {
            return "nack#" + nack.sequence();
        }
        if (message instanceof Message.Suspect suspect) {
            return "suspect " + suspect.node() + "@" + suspect.incarnation() + " by " + suspect.accuser();
        }
        if (message instanceof Message.Alive alive) {
            return "alive " + alive.node() + "@" + alive.incarnation() + " at "
                    + alive.address().host();
        }
        if (message instanceof Message.Dead dead) {
            return "dead " + dead.node() + "@" + dead.incarnation() + " by " + dead.accuser();
        }
        if (message instanceof Message.Compound compound) {
            return compound.parts().stream().map(Words::of).collect(Collectors.joining(" + "));
        }
        if (message instanceof Message.LeaveIntent leave) {
            return "leave " + leave.node() + " L" + leave.time() + (leave.prune() ? " prune" : "");
        }
        if (message instanceof Message.JoinIntent join) {
            return "join " + join.node() + " L" + join.time();
        }
        if (message instanceof Message.UserEvent event) {
            return "event " + event.name() + " L" + event.time() + (event.coalesce() ? " coalesce" : "");
        }
        if (message instanceof Message.Query query) {
            return "query " + query.name() + " L" + query.time() + (query.ack() ? " ack" : "")
                    + (query.relayFactor() > 0 ? " relay" : "") + " within " + query.timeoutNanos() / 1_000_000 + " ms";
        }
        if (message instanceof Message.QueryAnswer answer) {
            return (answer.ack() ? "query-ack" : "query-answer '" + SerfScript.text(answer.payload()) + "'") + " L"
                    + answer.time() + " of " + answer.from();
        }
        if (message instanceof Message.Relay relay) {
            return "relay to " + relay.name() + ": " + of(relay.message());
        }
        if (message instanceof Message.Heartbeats heartbeats) {
            return "heartbeats"
                    + heartbeats.beats().stream().map(Words::of).sorted().collect(Collectors.joining());
        }
        if (message instanceof Message.State state) {
            return "state: " + StateWords.of(state.frame());
        }
        return message.toString();
    }

    /** The names in transcripts are few enough to find out whose counter it is. */
    private static String of(Message.Beat beat) {
        for (int member = 1; member < 10; member++) {
            for (int incarnation = 1; incarnation < 10; incarnation++) {
                if (SummedTable.identity("n" + member, incarnation) == beat.member()) {
                    return " n" + member + "@" + incarnation + ":" + beat.counter();
                }
            }
        }
        return " " + beat;
    }

    private static int own(int sequence) {
        return sequence - Script.NUMBERS;
    }

    static String of(StreamMessage message) {
        if (message instanceof StreamMessage.PushPull state) {
            return (state.join() ? "join-pushpull " : "pushpull ")
                    + state.claims().stream().map(Words::of).sorted().collect(Collectors.joining(" "));
        }
        if (message instanceof StreamMessage.StreamPing ping) {
            return "stream-" + of(ping.ping());
        }
        if (message instanceof StreamMessage.StreamAck ack) {
            return "stream-ack#" + ack.sequence();
        }
        if (message instanceof StreamMessage.Guard guard) {
            return "guard " + guard.node() + "@" + guard.incarnation();
        }
        if (message instanceof StreamMessage.Digest digest) {
            int parts = digest.parts().length() / Integer.BYTES;
            return "digest L" + digest.time() + (parts == 0 ? "" : " with " + parts + " parts");
        }
        if (message instanceof StreamMessage.Delta delta) {
            return "delta " + delta.parts() + " " + of(delta.content());
        }
        if (message instanceof StreamMessage.StateExchange state) {
            return "state: " + StateWords.of(state.frame());
        }
        if (message instanceof StreamMessage.Refusal refusal) {
            return "refuse: " + refusal.reason();
        }
        return message.toString();
    }

    private static String of(Claim claim) {
        return claim.node() + "@" + claim.incarnation() + "=" + claim.state();
    }

    static String of(Timer timer) {
        if (timer instanceof Timer.Verification verification) {
            return "Verification#" + own(verification.sequence());
        }
        if (timer instanceof Timer.ProbeTimeout probe) {
            return "ProbeTimeout#" + own(probe.sequence());
        }
        if (timer instanceof Timer.ProbeEnd end) {
            return "ProbeEnd#" + own(end.sequence());
        }
        if (timer instanceof Timer.RelayTimeout relay) {
            return "RelayTimeout#" + own(relay.sequence());
        }
        if (timer instanceof Timer.SuspicionTimeout suspicion) {
            return "SuspicionTimeout " + suspicion.node() + "@" + suspicion.incarnation();
        }
        if (timer instanceof Timer.LeaveTimeout leave) {
            return "LeaveTimeout#" + leave.step();
        }
        if (timer instanceof Timer.QueryDeadline deadline) {
            return "QueryDeadline#" + deadline.number();
        }
        if (timer instanceof Timer.Forward forward) {
            return "Forward#" + forward.number();
        }
        if (timer instanceof Timer.StateRound round) {
            return "StateRound#" + round.number();
        }
        return timer.getClass().getSimpleName();
    }

    static String of(Event event) {
        String kind = event.getClass().getSimpleName();
        if (event instanceof Event.MemberSuspected suspected) {
            return kind + " " + suspected.member().name() + " by " + suspected.accuser();
        }
        if (event instanceof Event.MemberFailed failed) {
            return kind + " " + failed.member().name() + " by " + failed.accuser();
        }
        if (event instanceof Event.NameConflict conflict) {
            return kind + " " + conflict.member().name() + " claimed from "
                    + conflict.claimant().host();
        }
        if (event instanceof Event.UserEvent user) {
            return kind + " " + user.name() + " '" + SerfScript.text(user.payload()) + "' L" + user.time()
                    + (user.coalesce() ? " coalesce" : "");
        }
        if (event instanceof Event.QueryAsked asked) {
            return kind + " " + asked.name() + " '" + SerfScript.text(asked.payload()) + "' L" + asked.time() + " of "
                    + asked.source() + ", for " + asked.nanos() / 1_000_000 + " ms";
        }
        if (event instanceof Event.QueryAcked ack) {
            return kind + "#" + ack.number() + " " + ack.from();
        }
        if (event instanceof Event.QueryAnswered answer) {
            return kind + "#" + answer.number() + " " + answer.from() + " '" + SerfScript.text(answer.payload()) + "'";
        }
        if (event instanceof Event.QueryEnded end) {
            return kind + "#" + end.number() + (end.silent().isEmpty() ? "" : ", silent: " + end.silent());
        }
        if (event instanceof Event.MemberEvent about) {
            return kind + " " + about.member().name() + "@" + about.member().incarnation();
        }
        if (event instanceof Event.SeedJoined joined) {
            return kind + "#" + joined.join() + " " + joined.members() + " members";
        }
        if (event instanceof Event.SeedFailed failed) {
            return kind + "#" + failed.join() + " " + failed.failure() + " " + failed.detail();
        }
        if (event instanceof Event.LocalPause pause) {
            return kind + " " + pause.nanos() / 1_000_000 + " ms, collection " + pause.collectionNanos() / 1_000_000
                    + " ms";
        }
        if (event instanceof Event.MergeRefused refused) {
            return kind + " " + refused.node() + ": " + refused.reason();
        }
        String aboutState = StateWords.of(event);
        return aboutState == null ? kind : aboutState;
    }
}
