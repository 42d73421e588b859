package dev.hearsay.core.detector;

import dev.hearsay.core.Address;
import dev.hearsay.core.AnswerBudget;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.coordinate.Coordinates;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import org.jspecify.annotations.Nullable;

/**
 * The other side of probing: answers the pings of others, and pings on their behalf (SWIM, section 3.1). What it sends in
 * answer to a packet stays within the {@link AnswerBudget}.
 */
public final class Answering {
    private final MemberTable table;
    private final Membership membership;
    private final Admission admission;
    private final Gossip gossip;
    private final AnswerBudget answers;
    private final Coordinates coordinates;
    private final Counters counters;
    private final PingNumbers numbers;
    private final RoundTrips roundTrips;
    private final Relays relays;

    /** Makes the answering side; the numbers are shared with the node's own probes. */
    public Answering(
            Config config,
            MemberTable table,
            Membership membership,
            Admission admission,
            Gossip gossip,
            AnswerBudget answers,
            Coordinates coordinates,
            Counters counters,
            PingNumbers numbers) {
        this.table = table;
        this.membership = membership;
        this.admission = admission;
        this.gossip = gossip;
        this.answers = answers;
        this.coordinates = coordinates;
        this.counters = counters;
        this.numbers = numbers;
        this.roundTrips = new RoundTrips(config);
        this.relays = new Relays(counters);
    }

    /** Somebody asks whether this node is there. */
    public void onPing(Address from, Message.Ping ping, Outbox out) {
        if (!ping.target().isEmpty() && !ping.target().equals(membership.self().name())) {
            counters.count(Counter.PINGS_MISDIRECTED);
            return;
        }
        Address pinger = orElse(ping.sourceAddress(), from);
        Message.Ack ack = new Message.Ack(ping.sequence(), coordinates.own());
        int bytes = gossip.bytes(ack);
        if (bytes <= answers.left()) {
            answer(pinger, ack, answers.left(), out);
        } else if (answers.whole() && isMember(ping.source(), pinger)) {
            answer(pinger, ack, bytes, out);
        } else {
            answer(pinger, new Message.Ack(ping.sequence(), null), answers.left(), out);
        }
    }

    /**
     * A member gets a coordinate even in answer to a packet that nobody authenticated, which is then shorter than the answer:
     * else it would never know one without encryption. A forger gains that many bytes against a member, once a packet, and
     * nothing against anybody else.
     */
    private boolean isMember(String name, Address address) {
        Member member = table.find(name);
        return member != null && member.state().live() && member.address().equals(address);
    }

    /** Somebody asks over a stream; a ping for another member stays unanswered there as well. */
    public void onStreamPing(long stream, Message.Ping ping, Outbox out) {
        if (!ping.target().isEmpty() && !ping.target().equals(membership.self().name())) {
            counters.count(Counter.PINGS_MISDIRECTED);
            return;
        }
        out.reply(stream, new StreamMessage.StreamAck(ping.sequence()));
    }

    /** Somebody asks this node to ping a third. */
    public void onIndirectPing(Address from, Message.IndirectPing request, Outbox out) {
        Address requester = orElse(request.sourceAddress(), from);
        Member target = table.find(request.target());
        if (target == null || !target.address().equals(request.targetAddress()) || requester.equals(target.address())) {
            // Whoever is no member may be the victim of a forged request. The requester hears at once that we are here.
            counters.count(Counter.RELAYS_REFUSED);
            if (request.nack()) {
                answer(requester, new Message.Nack(request.sequence()), answers.left(), out);
            }
            return;
        }
        Message.Ack later = new Message.Ack(request.sequence(), null);
        int own = numbers.next();
        // The target is another than the requester: each may get as much as the packet has left.
        int most = answers.left();
        int reserved = answers.reserve(gossip.bytes(later));
        if (!relays.begin(own, requester, request, reserved)) {
            return;
        }
        if (reserved > 0 && answer(target.address(), pingFor(target, own, most), most, out)) {
            out.schedule(roundTrips.relayTimeout(target), new Timer.RelayTimeout(own));
            return;
        }
        relays.end(own);
        if (request.nack()) {
            answer(requester, new Message.Nack(request.sequence()), Math.max(reserved, answers.left()), out);
        }
    }

    /** A long name of ours could make the ping longer than the request; the target can do without it. */
    private Message.Ping pingFor(Member target, int number, int most) {
        Member self = membership.self();
        Message.Ping ping = new Message.Ping(number, target.name(), self.name(), self.address());
        return gossip.bytes(ping) <= most ? ping : new Message.Ping(number, target.name(), "", null);
    }

    /** Sends what answers a packet, with the news that may go along; no more bytes than the packet had. */
    private boolean answer(Address to, Message message, int most, Outbox out) {
        if (!admission.reaches(to)) {
            counters.count(Counter.ANSWERS_REFUSED);
            return false;
        }
        int sent = gossip.answer(to, message, most, out);
        if (sent == 0) {
            counters.count(Counter.ANSWERS_WITHHELD);
            return false;
        }
        answers.spend(sent);
        return true;
    }

    /** How long members take to answer, for whoever pings them. */
    RoundTrips roundTrips() {
        return roundTrips;
    }

    /** Passes the answer to a ping on somebody's behalf on. Returns false if the ping was none of these. */
    boolean onAck(Message.Ack ack, Outbox out) {
        Relays.Relay relay = relays.end(ack.sequence());
        if (relay == null) {
            return false;
        }
        answer(relay.requester(), new Message.Ack(relay.sequence(), null), relay.answerBytes(), out);
        return true;
    }

    /** The ping on somebody's behalf stayed unanswered. */
    public void onRelayTimeout(Timer.RelayTimeout timer, Outbox out) {
        Relays.Relay relay = relays.end(timer.sequence());
        if (relay != null && relay.nack()) {
            answer(relay.requester(), new Message.Nack(relay.sequence()), relay.answerBytes(), out);
        }
    }

    private static Address orElse(@Nullable Address stated, Address from) {
        return stated == null ? from : stated;
    }
}
