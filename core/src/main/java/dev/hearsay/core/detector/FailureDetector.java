package dev.hearsay.core.detector;

import dev.hearsay.core.Address;
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
 *
 * <p>Members that somebody doubts are probed besides, with ping and stream at once ({@link #verify}).
 */
public final class FailureDetector {
    /** Marks the numbers of the detector's streams, so that nobody else's can be meant. */
    private static final long STREAMS = 1L << 32;

    private static final int NACK_SINCE_PROTOCOL = 4;
    private static final int STREAM_PING_SINCE_PROTOCOL = 3;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Suspicions suspicions;
    private final Gossip gossip;
    private final Answering answering;
    private final Counters counters;
    private final Prng random;
    private final PingNumbers numbers;
    private final Probes probes;

    private int cursor;

    /** Makes a detector; {@link #start} begins probing. */
    public FailureDetector(
            Config config,
            MemberTable table,
            Membership membership,
            Suspicions suspicions,
            Gossip gossip,
            Answering answering,
            Counters counters,
            Prng random,
            PingNumbers numbers) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.suspicions = suspicions;
        this.gossip = gossip;
        this.answering = answering;
        this.counters = counters;
        this.random = random;
        this.numbers = numbers;
        this.probes = new Probes(counters);
    }

    /** The first period begins at a random phase. */
    public void start(Outbox out) {
        out.schedule(random.delayBelow(config.protocolPeriodNanos()), new Timer.ProtocolPeriod());
    }

    /** Begins the next probe of the round. */
    public void onProtocolPeriod(long now, Outbox out) {
        suspicions.load().advance(now);
        Member target = nextTarget();
        long period = config.protocolPeriodNanos();
        if (target != null) {
            period *= suspicions.healthScore() + 1;
            begin(target, Probe.Reason.ROUND, now, now + period, out);
        }
        out.schedule(period, new Timer.ProtocolPeriod());
    }

    /**
     * Somebody has reason to doubt that this member lives: probes it now, by ping and stream at once. No effect if it is
     * not live, or if so many are being verified already that it must wait for its turn.
     */
    public void verify(Member member, long now, Outbox out) {
        Member known = table.find(member.name());
        if (known != null && known.claimed().live() && !membership.isSelf(known)) {
            long time = config.protocolPeriodNanos() * (suspicions.healthScore() + 1);
            begin(known, Probe.Reason.DOUBT, now, now + time, out);
        }
    }

    private void begin(Member target, Probe.Reason reason, long now, long due, Outbox out) {
        Probe probe = new Probe(target, numbers.next(), reason, now, due);
        if (!probes.begin(probe)) {
            return;
        }
        Message.Ping ping = pingOf(probe);
        if (config.buddySystem() && target.claimed() == MemberState.SUSPECT) {
            // Whoever is accused must hear of it first (Lifeguard's buddy system, section IV-C).
            Message.Suspect accusation = new Message.Suspect(
                    target.name(), target.incarnation(), membership.self().name());
            out.send(target.address(), new Message.Compound(List.of(ping, accusation)));
        } else {
            gossip.sendWithNews(target.address(), ping, out);
        }
        if (reason == Probe.Reason.DOUBT) {
            openStream(probe, out);
        }
        out.schedule(config.probeTimeoutNanos(), new Timer.ProbeTimeout(probe.number()));
        out.schedule(due - now, new Timer.ProbeEnd(probe.number()));
    }

    private Message.Ping pingOf(Probe probe) {
        Member self = membership.self();
        return new Message.Ping(probe.number(), probe.target().name(), self.name(), self.address());
    }

    /** The direct ping has had its chance: ask others, and try a stream. */
    public void onProbeTimeout(Timer.ProbeTimeout timer, long now, Outbox out) {
        Probe probe = probes.find(timer.sequence());
        if (probe == null) {
            return;
        }
        if (!probe.helpersAsked()) {
            askHelpers(probe, out);
        }
        if (!probe.streamOpened()) {
            openStream(probe, out);
        }
    }

    /**
     * A packet to that address did not leave this machine: whoever is probed there cannot answer it, so the rest is tried at
     * once. If the packets to the helpers fail as well, their nacks are missing, which is evidence against this node.
     */
    public void onSendFailed(Address to, Outbox out) {
        Probe probe = probes.unaskedAt(to);
        if (probe != null) {
            counters.count(Counter.PINGS_UNSENT);
            askHelpers(probe, out);
            if (!probe.streamOpened()) {
                openStream(probe, out);
            }
        }
    }

    private void askHelpers(Probe probe, Outbox out) {
        Member target = probe.target();
        Member self = membership.self();
        List<Member> helpers = Sampling.pick(
                table,
                config.indirectProbes(),
                random,
                m -> m.state() == MemberState.ALIVE
                        && !membership.isSelf(m)
                        && !m.name().equals(target.name()));
        probe.askHelpers();
        for (Member helper : helpers) {
            boolean nack = helper.versions().protocolMax() >= NACK_SINCE_PROTOCOL;
            probe.expectHelper(nack);
            gossip.sendWithNews(
                    helper.address(),
                    new Message.IndirectPing(
                            probe.number(), target.name(), target.address(), nack, self.name(), self.address()),
                    out);
        }
    }

    private void openStream(Probe probe, Outbox out) {
        if (config.streamProbes() && probe.target().versions().protocolMax() >= STREAM_PING_SINCE_PROTOCOL) {
            probe.openStream();
            out.open(
                    STREAMS | (probe.number() & 0xFFFF_FFFFL),
                    probe.target().address(),
                    new StreamMessage.StreamPing(pingOf(probe)));
        }
    }

    /** An answer: to this node's own probe, or to a ping on somebody's behalf. */
    public void onAck(Message.Ack ack, long now, Outbox out) {
        if (!answering.onAck(ack, out)) {
            answered(ack.sequence(), now, out);
        }
    }

    /** A helper is there and says that the target did not answer it. */
    public void onNack(Message.Nack nack) {
        Probe probe = probes.find(nack.sequence());
        if (probe == null) {
            counters.count(Counter.ACKS_STALE);
        } else {
            probe.nack();
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
        Probe probe = probes.find((int) stream);
        if (probe == null) {
            return;
        }
        if (failure == StreamFailure.REFUSED) {
            probe.refuse();
            probes.end(probe.number());
            accuse(probe, now, out);
        } else {
            probe.streamFailed();
        }
    }

    private void answered(int number, long now, Outbox out) {
        Probe probe = probes.end(number);
        if (probe != null) {
            suspicions.answered(probe.target().name(), now, out);
            suspicions.health().add(-1);
        } else {
            counters.count(Counter.ACKS_STALE);
        }
    }

    /** The probe's time is over. */
    public void onProbeEnd(Timer.ProbeEnd timer, long now, Outbox out) {
        Probe probe = probes.end(timer.sequence());
        if (probe != null) {
            concludeUnanswered(probe, now, out);
        }
    }

    /** Accuses nobody if this node was away itself: the answers may be among the packets it has not read yet. */
    private void concludeUnanswered(Probe probe, long now, Outbox out) {
        if (suspicions.load().away(probe.due(), now, out)) {
            counters.count(Counter.ACCUSATIONS_WITHHELD);
            suspicions.health().add(1);
            return;
        }
        suspicions.health().add(probe.evidenceAgainstSelf());
        accuse(probe, now, out);
    }

    private void accuse(Probe probe, long now, Outbox out) {
        Member known = table.find(probe.target().name());
        if (known != null && known.claimed().live()) {
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
}
