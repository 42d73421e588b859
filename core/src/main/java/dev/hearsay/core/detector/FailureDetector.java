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
import dev.hearsay.core.coordinate.Coordinates;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import java.util.List;
import java.util.function.Predicate;

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
 * <p>Members that somebody doubts are probed besides, with ping and stream at once ({@link #verify}). Those that this node judges
 * by their {@link Heartbeats} have no turn in the round.
 */
public final class FailureDetector implements Suspicions.Verifier {
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
    private final Round round;
    private final RoundTrips roundTrips;
    private final Coordinates coordinates;
    private final Helpers helpers;
    private Predicate<Member> taken = member -> false;

    /** Makes a detector; {@link #start} begins probing. */
    public FailureDetector(
            Config config,
            MemberTable table,
            Membership membership,
            Suspicions suspicions,
            Gossip gossip,
            Answering answering,
            Coordinates coordinates,
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
        this.round = new Round(table, membership, random);
        this.roundTrips = answering.roundTrips();
        this.coordinates = coordinates;
        this.helpers = new Helpers(config, table, membership, coordinates, random);
    }

    /** From now on those have no turn in the round: somebody else watches them. */
    public void leaveTo(Predicate<Member> watched) {
        taken = watched;
    }

    /** The first period begins at a random phase. */
    public void start(Outbox out) {
        out.schedule(random.delayBelow(config.protocolPeriodNanos()), new Timer.ProtocolPeriod());
    }

    /** Begins the next probe of the round. */
    public void onProtocolPeriod(long now, Outbox out) {
        suspicions.load().advance(now);
        Member target = round.next(taken.negate());
        long period = config.protocolPeriodNanos();
        if (target != null) {
            period *= suspicions.healthScore() + 1;
            Probe probe = new Probe(target, numbers.next(), Probe.Reason.ROUND, now);
            if (probes.begin(probe)) {
                send(probe, now, out);
            }
        }
        out.schedule(period, new Timer.ProtocolPeriod());
    }

    /**
     * Somebody has reason to doubt that this member lives: probes it, by ping and stream at once. No effect if it is not
     * live, or if so many are being verified already that it must wait for its turn. The probe is sent by a timer that is
     * due at once, and not as an answer to the packet that raised the doubt: no packet may cause more bytes than it has.
     */
    @Override
    public void verify(Member member, long now, Outbox out) {
        Member known = table.find(member.name());
        if (known != null && known.claimed().live() && !membership.isSelf(known)) {
            Probe probe = new Probe(known, numbers.next(), Probe.Reason.DOUBT, now);
            if (probes.begin(probe)) {
                out.schedule(0, new Timer.Verification(probe.number()));
            }
        }
    }

    /** Somebody was doubted a moment ago. */
    public void onVerification(Timer.Verification timer, long now, Outbox out) {
        Probe probe = probes.find(timer.sequence());
        if (probe != null) {
            send(probe, now, out);
            openStream(probe, out);
        }
    }

    /**
     * The member is about to be given up, and this node relies on what others say: a ping tells it once more that it is
     * accused. If it answers, it lives.
     */
    @Override
    public void remind(Member member, long now, Outbox out) {
        Probe probe = new Probe(member, numbers.next(), Probe.Reason.REMINDER, now);
        if (probes.begin(probe)) {
            send(probe, now, out);
        }
    }

    private void send(Probe probe, long now, Outbox out) {
        Member target = probe.target();
        int slowness = suspicions.healthScore() + 1;
        probe.begin(now, config.protocolPeriodNanos() * slowness, roundTrips.timeout(target) * slowness);
        Message.Ping ping = pingOf(probe);
        if (config.buddySystem() && target.claimed() == MemberState.SUSPECT) {
            // Whoever is accused must hear of it first (Lifeguard's buddy system, section IV-C).
            Message.Suspect accusation = new Message.Suspect(
                    target.name(), target.incarnation(), membership.self().name());
            out.send(target.address(), new Message.Compound(List.of(ping, accusation)));
        } else {
            gossip.sendWithNews(target.address(), ping, out);
        }
        out.schedule(probe.pingTime(), new Timer.ProbeTimeout(probe.number()));
        out.schedule(probe.due() - now, new Timer.ProbeEnd(probe.number()));
    }

    private Message.Ping pingOf(Probe probe) {
        Member self = membership.self();
        return new Message.Ping(probe.number(), probe.target().name(), self.name(), self.address());
    }

    /** The direct ping has had its chance: ask others, and try a stream. */
    public void onProbeTimeout(Timer.ProbeTimeout timer, long now, Outbox out) {
        Probe probe = probes.find(timer.sequence());
        if (probe == null || probe.helpersAsked() || probe.reason() == Probe.Reason.REMINDER) {
            return;
        }
        if (probe.refused()) {
            concludeRefused(probe, now, out);
            return;
        }
        roundTrips.unanswered(probe.target());
        askOthers(probe, now, out);
    }

    /**
     * A packet to that address did not leave this machine: whoever is probed there cannot answer it, so the rest is tried at
     * once. If the packets to the helpers fail as well, their nacks are missing, which is evidence against this node.
     */
    public void onSendFailed(Address to, long now, Outbox out) {
        Probe probe = probes.unaskedAt(to);
        if (probe != null) {
            counters.count(Counter.PINGS_UNSENT);
            askOthers(probe, now, out);
        }
    }

    /** Helpers and a stream, beside the ping. */
    private void askOthers(Probe probe, long now, Outbox out) {
        askHelpers(probe, out);
        if (!probe.streamOpened()) {
            openStream(probe, out);
        }
        // A stream takes two round trips. And who is silent for less than the whole probe timeout need not be
        // suspected.
        long share = (probe.due() - probe.begun()) / config.protocolPeriodNanos() * config.probeTimeoutNanos();
        long ripe = Math.max(now + 2 * probe.pingTime(), probe.begun() + share);
        if (ripe < probe.due()) {
            out.schedule(ripe - now, new Timer.ProbeEnd(probe.number()));
        }
    }

    private void askHelpers(Probe probe, Outbox out) {
        Member target = probe.target();
        Member self = membership.self();
        probe.askHelpers();
        for (Member helper : helpers.choose(target)) {
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
    public void onAck(Address from, Message.Ack ack, long now, Outbox out) {
        if (answering.onAck(ack, out)) {
            return;
        }
        Probe probe = probes.find(ack.sequence());
        // What a helper passes on has the same number: it says nothing about the time to the member.
        if (probe != null
                && (!probe.helpersAsked() || from.equals(probe.target().address()))) {
            roundTrips.answered(probe.target(), now - probe.begun());
            coordinates.observe(probe.target(), ack.coordinate(), now - probe.begun());
        }
        answered(ack.sequence(), now, out);
    }

    /** A helper is there and says that the target did not answer it. */
    public void onNack(Message.Nack nack, long now, Outbox out) {
        Probe probe = probes.find(nack.sequence());
        if (probe == null) {
            counters.count(Counter.ACKS_STALE);
            return;
        }
        probe.nack();
        concludeIfExhausted(probe, now, out);
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
     * If nobody listens at the target's address, its machine refuses the stream; if the process dies meanwhile, the stream
     * breaks, and a second one is refused. Once the ping has had its chance, too (a firewall may refuse streams, and let
     * packets pass), waiting for the rest of the period would add nothing.
     */
    public void onStreamFailed(long stream, StreamFailure failure, long now, Outbox out) {
        Probe probe = probes.find((int) stream);
        if (probe == null) {
            return;
        }
        if (failure == StreamFailure.CLOSED && !probe.broken()) {
            openStream(probe, out);
        } else if (failure == StreamFailure.REFUSED || failure == StreamFailure.CLOSED) {
            probe.refuse();
            // The refusal took a round trip, so the ping is not given more than the least that pings are given.
            long chance = Math.min(probe.pingTime(), roundTrips.least() * (suspicions.healthScore() + 1));
            if (probe.helpersAsked() || now - probe.begun() >= chance) {
                concludeRefused(probe, now, out);
            } else {
                out.schedule(probe.begun() + chance - now, new Timer.ProbeTimeout(probe.number()));
            }
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

    /** The probe's time is over, or all that a stream needs. */
    public void onProbeEnd(Timer.ProbeEnd timer, long now, Outbox out) {
        Probe probe = probes.find(timer.sequence());
        if (probe != null && now < probe.due()) {
            probe.ripen();
            concludeIfExhausted(probe, now, out);
        } else if (probe != null) {
            concludeUnanswered(probe, now, out);
        }
    }

    private void concludeIfExhausted(Probe probe, long now, Outbox out) {
        if (probe.exhausted()) {
            concludeUnanswered(probe, now, out);
        }
    }

    /** Accuses nobody if this node was away itself: the answers may be among the packets it has not read yet. */
    private void concludeUnanswered(Probe probe, long now, Outbox out) {
        probes.end(probe.number());
        if (probe.reason() == Probe.Reason.REMINDER) {
            return;
        }
        if (withheld(probe.due(), now, out)) {
            return;
        }
        suspicions.health().add(probe.evidenceAgainstSelf());
        accuse(probe, Evidence.SILENCE, now, out);
    }

    /** The refusal is true however late it is heard, but the ping's silence is part of the evidence. */
    private void concludeRefused(Probe probe, long now, Outbox out) {
        probes.end(probe.number());
        long due = probe.helpersAsked() ? now : probe.begun() + probe.pingTime();
        if (!withheld(due, now, out)) {
            accuse(probe, Evidence.REFUSED, now, out);
        }
    }

    /** Whether this node was away when an answer was due: then it accuses nobody of silence. */
    private boolean withheld(long due, long now, Outbox out) {
        boolean away = suspicions.load().away(due, now, out);
        if (away) {
            counters.count(Counter.ACCUSATIONS_WITHHELD);
            suspicions.health().add(1);
        }
        return away;
    }

    private void accuse(Probe probe, Evidence evidence, long now, Outbox out) {
        Member known = table.find(probe.target().name());
        // Whoever has moved meanwhile was not asked.
        boolean asked = known != null && known.address().equals(probe.target().address());
        if (known != null && asked && known.claimed().live()) {
            counters.count(Counter.PROBES_FAILED);
            membership.declareSuspect(known, now, out);
            if (evidence == Evidence.REFUSED) {
                suspicions.refused(known.name(), now, out);
            }
        }
    }

    /** A suspicion may be due. */
    public void onSuspicionTimeout(Timer.SuspicionTimeout timer, long now, Outbox out) {
        suspicions.onTimeout(timer, membership, this, now, out);
    }
}
