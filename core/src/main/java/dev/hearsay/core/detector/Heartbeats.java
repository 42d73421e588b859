package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Timer;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.membership.Sampling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Suspects members whose heartbeats stay away (van Renesse, Minsky, Hayden, Middleware 1998): each interval a node raises its
 * own counter, and sends the counters it knows to a few random members. A counter that is newer than the one known is a
 * heartbeat of its member, at the time it arrives. How much silence is too much say {@link PhiAccrual} and {@link Rhythm}, or a
 * fixed timeout.
 *
 * <p>The paper sends all counters, so that the load of each member grows with the cluster. Here a packet has at most {@link
 * HeartbeatConfig#subsetBytes()} of them: its sender's own, and those of others in turn, in a random order that is drawn
 * anew each round. While a packet has room for all, heartbeats come about once an interval; above, they come later in
 * proportion to the cluster.
 *
 * <p>It judges only members that announced to take part ({@link Peers.Ability#HEARTBEATS}). The others are left to {@link
 * FailureDetector}, which also probes whomever somebody doubts.
 */
public final class Heartbeats {
    /** Most members suspected in one interval; the others follow in the next. Whoever finds all silent may be deaf. */
    static final int MAX_ACCUSATIONS = 32;

    private final int packetBytes;
    private final HeartbeatConfig settings;
    private final MemberTable table;
    private final Membership membership;
    private final Suspicions suspicions;
    private final Gossip gossip;
    private final Peers peers;
    private final Counters counters;
    private final Prng random;
    private final Rhythm rhythm;

    /** All live members but this node, by name: never more than the table has. */
    private final Map<String, Pulse> pulses = new HashMap<>();

    /** The same, by {@link Pulse#key}. */
    private final Map<Long, Pulse> byKey = new HashMap<>();

    /** The same again, those whose counters have been sent in this round first. */
    private final List<Pulse> turns = new ArrayList<>();

    private int turn;
    private int own;
    private long ticks;
    private long due;
    private long lastHeard;
    private int participants;

    /** Makes a component that does nothing unless it is {@linkplain HeartbeatConfig#selected() selected}. */
    public Heartbeats(
            Config config,
            MemberTable table,
            Membership membership,
            Suspicions suspicions,
            Gossip gossip,
            Peers peers,
            Counters counters,
            Prng random) {
        this.packetBytes = config.packetBytes();
        this.settings = config.heartbeats();
        this.table = table;
        this.membership = membership;
        this.suspicions = suspicions;
        this.gossip = gossip;
        this.peers = peers;
        this.counters = counters;
        this.random = random;
        this.rhythm = new Rhythm(settings);
    }

    /** The first interval begins at a random phase. */
    public void start(long now, Outbox out) {
        if (settings.selected()) {
            lastHeard = now;
            schedule(random.delayBelow(rhythm.interval()), now, out);
        }
    }

    private void schedule(long delay, long now, Outbox out) {
        due = now + delay;
        out.schedule(delay, new Timer.HeartbeatTick());
    }

    /** Whether the member is judged here, so that it need not be probed. */
    public boolean judges(Member member) {
        Pulse pulse = pulses.get(member.name());
        return pulse != null && pulse.habit() != null;
    }

    /** How suspicious the member's silence is at this moment ({@link Rhythm#phi}); empty if it is not judged here. */
    public OptionalDouble phi(String member, long now) {
        Pulse pulse = pulses.get(member);
        PhiAccrual habit = pulse == null ? null : pulse.habit();
        Member known = table.find(member);
        if (pulse == null || habit == null || known == null || !known.claimed().live()) {
            return OptionalDouble.empty();
        }
        // Whoever has come back, or refuted, since the last tick begins anew.
        boolean anew = known.incarnation() != pulse.claim().incarnation();
        return OptionalDouble.of(rhythm.phi(habit, anew ? 0 : now - pulse.last()));
    }

    /** An interval is over: judges the silent, and sends counters. */
    public void onTick(long now, Outbox out) {
        boolean away = suspicions.load().away(due, now, out);
        suspicions.load().advance(now);
        ticks++;
        own++;
        lookAtMembers(now);
        if (rhythm.next(participants, !away)) {
            suspicions.health().add(-1);
        }
        judge(away, now, out);
        if (membership.self().state().live()) {
            send(out);
        }
        schedule(rhythm.interval(), now, out);
    }

    /** Counters have arrived, this node's own perhaps among them. */
    public void onHeartbeats(Message.Heartbeats message, long now, Outbox out) {
        // What an absence of this node has delayed says nothing about the members.
        boolean counts = !suspicions.load().away(now, now, out);
        lastHeard = now;
        rhythm.packet(message.beats().size() - 1);
        long self = Pulse.key(membership.self());
        for (int i = 0; i < message.beats().size(); i++) {
            Message.Beat beat = message.beats().get(i);
            Pulse pulse = byKey.get(beat.member());
            if (pulse == null) {
                counters.add(Counter.HEARTBEATS_UNKNOWN, beat.member() == self ? 0 : 1);
            } else if (pulse.isNewer(beat.counter())) {
                counters.count(Counter.HEARTBEATS);
                pulse.beat(beat.counter(), counts, now);
                suspicions.answered(pulse.name(), now, out);
            }
        }
    }

    // ---- who is there

    /** Takes over who has come, changed or gone. */
    private void lookAtMembers(long now) {
        participants = 0;
        for (int i = 0; i < table.live(); i++) {
            Member member = table.at(i);
            if (membership.isSelf(member)) {
                continue;
            }
            Pulse pulse = pulses.get(member.name());
            if (pulse == null) {
                pulse = new Pulse(member, habit(member, null), now);
                pulses.put(member.name(), pulse);
                byKey.put(pulse.key(), pulse);
                turns.add(pulse);
            } else if (!pulse.claim().equals(member.claim())) {
                byKey.remove(pulse.key());
                pulse.become(member, habit(member, pulse.habit()), now);
                byKey.put(pulse.key(), pulse);
            }
            pulse.seen(ticks);
            participants += pulse.habit() == null ? 0 : 1;
        }
        forgetTheGone();
    }

    private @Nullable PhiAccrual habit(Member member, @Nullable PhiAccrual before) {
        if (!peers.can(member, Peers.Ability.HEARTBEATS)) {
            return null;
        }
        return before == null ? rhythm.habit() : before;
    }

    private void forgetTheGone() {
        int kept = 0;
        int had = 0;
        for (int i = 0; i < turns.size(); i++) {
            Pulse pulse = turns.get(i);
            if (pulse.seenIn(ticks)) {
                had += i < turn ? 1 : 0;
                turns.set(kept++, pulse);
            } else {
                pulses.remove(pulse.name());
                byKey.remove(pulse.key());
            }
        }
        turns.subList(kept, turns.size()).clear();
        turn = had;
    }

    // ---- judging

    /** Accuses nobody if this node was away itself: the heartbeats may be among the packets it has not read yet. */
    private void judge(boolean away, long now, Outbox out) {
        int slowness = suspicions.healthScore() + 1;
        int accusations = 0;
        boolean deaf = false;
        for (int i = 0; i < turns.size() && accusations < MAX_ACCUSATIONS; i++) {
            Pulse pulse = turns.get(i);
            PhiAccrual habit = pulse.habit();
            long silence = now - pulse.last();
            if (habit == null || pulse.accused() || silence / slowness < rhythm.limit(habit)) {
                continue;
            }
            if (away) {
                counters.count(Counter.ACCUSATIONS_WITHHELD);
                suspicions.health().add(1);
                return;
            }
            accusations++;
            deaf |= lastHeard - pulse.last() <= 0;
            accuse(pulse, now, out);
        }
        // Nobody at all was heard for as long: perhaps it is this node that does not hear (Lifeguard, section IV-A).
        if (deaf) {
            suspicions.health().add(1);
            rhythm.outage();
        }
    }

    private void accuse(Pulse pulse, long now, Outbox out) {
        pulse.accuse();
        Member known = table.find(pulse.name());
        if (known != null && known.claimed().live()) {
            counters.count(Counter.HEARTBEATS_MISSED);
            membership.declareSuspect(known, now, out);
        }
    }

    // ---- sending

    private void send(Outbox out) {
        List<Member> to = Sampling.pickLive(table, settings.fanout(), random, this::judges);
        if (to.isEmpty()) {
            return;
        }
        Message.Heartbeats message = message();
        for (Member member : to) {
            gossip.sendWithNews(member.address(), message, out);
        }
    }

    /** This node's own counter, and those of others whose turn it is, as many as fit. */
    private Message.Heartbeats message() {
        List<Message.Beat> beats = new ArrayList<>();
        beats.add(new Message.Beat(Pulse.key(membership.self()), own));
        int most = rhythm.subset();
        for (int looks = turns.size(); looks > 0 && beats.size() <= most; looks--) {
            if (turn >= turns.size()) {
                turn = 0;
            }
            Collections.swap(turns, turn, turn + random.below(turns.size() - turn));
            Pulse pulse = turns.get(turn++);
            if (pulse.heard() && pulse.habit() != null && !pulse.sentIn(ticks)) {
                pulse.send(ticks);
                beats.add(new Message.Beat(pulse.key(), pulse.counter()));
            }
        }
        Message.Heartbeats whole = new Message.Heartbeats(List.copyOf(beats));
        int over = gossip.bytes(whole) - packetBytes;
        if (over <= 0) {
            return whole;
        }
        int fit = beats.size() - (over + Message.Beat.BYTES - 1) / Message.Beat.BYTES;
        return new Message.Heartbeats(List.copyOf(beats.subList(0, Math.max(1, fit))));
    }
}
