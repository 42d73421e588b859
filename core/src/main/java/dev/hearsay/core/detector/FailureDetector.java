package dev.hearsay.core.detector;

import dev.hearsay.core.Address;
import dev.hearsay.core.AnswerBudget;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Sampling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Probes one member each protocol period (SWIM, section 3.1): pings it; if it stays silent, asks k others to ping it and
 * tries a stream; if the period ends without any answer, raises a suspicion. Members are taken in a shuffled round, so
 * that each is reached within 2n - 1 periods (section 4.3).
 *
 * <pre>
 *   this            target          helpers
 *    |--- ping -------&gt;|               |      at 0
 *    |&lt;-- ack ---------|               |
 *    |--- indirectPing ---------------&gt;|      at probeTimeout, if silent
 *    |                 |&lt;---- ping ----|
 *    |                 |----- ack ----&gt;|
 *    |&lt;-------------------- ack, nack --|
 *    |=== ping over a stream =&gt;|              at the same time
 * </pre>
 */
public final class FailureDetector {
    /** Marks the numbers of the detector's streams, so that nobody else's can be meant. */
    private static final long STREAMS = 1L << 32;

    private static final int NACK_SINCE_PROTOCOL = 4;
    private static final int STREAM_PING_SINCE_PROTOCOL = 3;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Admission admission;
    private final Suspicions suspicions;
    private final Gossip gossip;
    private final AnswerBudget answers;
    private final Counters counters;
    private final Prng random;
    private final Relays relays;

    /** Begins anywhere, so that an ack from before a restart, sent again by somebody, is not taken for a new one. */
    private int sequence;

    private int cursor;
    private Probe probe = Probe.NONE;

    /** Makes a detector; {@link #start} begins probing. */
    public FailureDetector(
            Config config,
            MemberTable table,
            Membership membership,
            Admission admission,
            Suspicions suspicions,
            Gossip gossip,
            AnswerBudget answers,
            Counters counters,
            Prng random,
            int lastSequence) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.admission = admission;
        this.suspicions = suspicions;
        this.gossip = gossip;
        this.answers = answers;
        this.counters = counters;
        this.random = random;
        this.relays = new Relays(counters);
        this.sequence = lastSequence;
    }

    /** The first period begins at a random phase. */
    public void start(Outbox out) {
        out.schedule(random.delayBelow(config.protocolPeriodNanos()), new Timer.ProtocolPeriod());
    }

    /** Concludes the running probe and begins the next. */
    public void onProtocolPeriod(long now, Outbox out) {
        if (probe.unanswered()) {
            concludeUnanswered(now, out);
        }
        probe = Probe.NONE;
        Member target = nextTarget();
        long period = config.protocolPeriodNanos();
        if (target != null) {
            period *= suspicions.healthScore() + 1;
            begin(target, now + period, out);
        }
        out.schedule(period, new Timer.ProtocolPeriod());
    }

    private void begin(Member target, long due, Outbox out) {
        Member self = membership.self();
        probe = Probe.of(target, ++sequence, due);
        counters.count(Counter.PROBES);
        Message.Ping ping = new Message.Ping(sequence, target.name(), self.name(), self.address());
        if (target.state() == MemberState.SUSPECT) {
            // Whoever is accused must hear of it first (Lifeguard's buddy system, section IV-C).
            Message.Suspect accusation = new Message.Suspect(target.name(), target.incarnation(), self.name());
            out.send(target.address(), new Message.Compound(List.of(ping, accusation)));
        } else {
            gossip.sendWithNews(target.address(), ping, out);
        }
        out.schedule(config.probeTimeoutNanos(), new Timer.ProbeTimeout(sequence));
    }

    /** The direct ping has had its chance: ask others, and try a stream. */
    public void onProbeTimeout(Timer.ProbeTimeout timer, Outbox out) {
        Member target = probe.target();
        if (target == null || !probe.awaits(timer.sequence())) {
            return;
        }
        Member self = membership.self();
        List<Member> helpers = Sampling.pick(
                table,
                config.indirectProbes(),
                random,
                m -> m.state() == MemberState.ALIVE
                        && !membership.isSelf(m)
                        && !m.name().equals(target.name()));
        for (Member helper : helpers) {
            boolean nack = helper.versions().protocolMax() >= NACK_SINCE_PROTOCOL;
            if (nack) {
                probe.expectNack();
            }
            gossip.sendWithNews(
                    helper.address(),
                    new Message.IndirectPing(
                            timer.sequence(), target.name(), target.address(), nack, self.name(), self.address()),
                    out);
        }
        if (config.streamProbes() && target.versions().protocolMax() >= STREAM_PING_SINCE_PROTOCOL) {
            Message.Ping ping = new Message.Ping(timer.sequence(), target.name(), self.name(), self.address());
            out.open(STREAMS | (timer.sequence() & 0xFFFF_FFFFL), target.address(), new StreamMessage.StreamPing(ping));
        }
    }

    /** Somebody asks whether this node is there. */
    public void onPing(Address from, Message.Ping ping, Outbox out) {
        if (!ping.target().isEmpty() && !ping.target().equals(membership.self().name())) {
            counters.count(Counter.PINGS_MISDIRECTED);
            return;
        }
        answer(orElse(ping.sourceAddress(), from), new Message.Ack(ping.sequence(), Bytes.EMPTY), answers.left(), out);
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
        Message.Ack later = new Message.Ack(request.sequence(), Bytes.EMPTY);
        int own = ++sequence;
        // The target is another than the requester: each may get as much as the packet has left.
        int most = answers.left();
        int reserved = answers.reserve(gossip.bytes(later));
        if (!relays.begin(own, requester, request, reserved)) {
            return;
        }
        if (reserved > 0 && answer(target.address(), pingFor(target, own, most), most, out)) {
            out.schedule(config.probeTimeoutNanos(), new Timer.RelayTimeout(own));
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

    /** An answer: to this node's own probe, or to a ping on somebody's behalf. */
    public void onAck(Message.Ack ack, long now, Outbox out) {
        Relays.Relay relay = relays.end(ack.sequence());
        if (relay != null) {
            answer(relay.requester(), new Message.Ack(relay.sequence(), Bytes.EMPTY), relay.answerBytes(), out);
        } else {
            answered(ack.sequence(), now, out);
        }
    }

    /** A helper is there and says that the target did not answer it. */
    public void onNack(Message.Nack nack) {
        if (probe.awaits(nack.sequence())) {
            probe.nack();
        } else {
            counters.count(Counter.ACKS_STALE);
        }
    }

    /** The ping on somebody's behalf stayed unanswered. */
    public void onRelayTimeout(Timer.RelayTimeout timer, Outbox out) {
        Relays.Relay relay = relays.end(timer.sequence());
        if (relay != null && relay.nack()) {
            answer(relay.requester(), new Message.Nack(relay.sequence()), relay.answerBytes(), out);
        }
    }

    /** Whether a stream with that number was opened here. */
    public boolean owns(long stream) {
        return (stream & STREAMS) != 0;
    }

    /** The target answered over the stream: packets do not get through, but it lives. */
    public void onStreamAck(StreamMessage.StreamAck ack, long now, Outbox out) {
        answered(ack.sequence(), now, out);
    }

    /**
     * Nobody listens at the target's address: its machine has refused the stream. Together with the silence before, that
     * is the end of the process, and waiting for the rest of the period would add nothing.
     */
    public void onStreamFailed(long stream, StreamFailure failure, long now, Outbox out) {
        if (failure == StreamFailure.REFUSED && probe.awaits((int) stream)) {
            accuse(now, out);
            probe = Probe.NONE;
        }
    }

    private void answered(int number, long now, Outbox out) {
        Member target = probe.target();
        if (target != null && probe.awaits(number)) {
            probe.answer();
            suspicions.answered(target.name(), now, out);
            suspicions.health().add(-1);
        } else {
            counters.count(Counter.ACKS_STALE);
        }
    }

    /**
     * A period that ends much too late says that this node was away itself: the answers may be among the packets it has
     * not read yet, so it accuses nobody.
     */
    private void concludeUnanswered(long now, Outbox out) {
        if (now - probe.due() > config.probeTimeoutNanos()) {
            suspicions.health().add(1);
            return;
        }
        suspicions.health().add(probe.evidenceAgainstSelf());
        accuse(now, out);
    }

    private void accuse(long now, Outbox out) {
        Member target = probe.target();
        Member known = target == null ? null : table.find(target.name());
        if (known != null && known.state().live()) {
            counters.count(Counter.PROBES_FAILED);
            membership.declareSuspect(known, now, out);
        }
    }

    /** The next live member of the round; a new round begins with a shuffle. Null if there is nobody. */
    private @Nullable Member nextTarget() {
        for (int looked = 0; looked <= table.size(); looked++) {
            if (cursor >= table.size()) {
                shuffle();
                cursor = 0;
            }
            Member member = table.at(cursor++);
            if (!membership.isSelf(member) && member.state().live()) {
                return member;
            }
        }
        return null;
    }

    private void shuffle() {
        for (int i = table.size() - 1; i > 0; i--) {
            table.swap(i, random.below(i + 1));
        }
    }

    private static Address orElse(@Nullable Address stated, Address from) {
        return stated == null ? from : stated;
    }
}
