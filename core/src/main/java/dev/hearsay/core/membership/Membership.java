package dev.hearsay.core.membership;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import java.util.List;

/**
 * Applies what is heard about members to what is known of them, defends this node against false rumors, and passes on
 * what was new (SWIM, section 4.2; memberlist's {@code aliveNode}, {@code suspectNode}, {@code deadNode}).
 *
 * <p>The rule is {@link Precedence}; this class adds what surrounds it: unknown members, this node itself, names claimed
 * twice, versions that cannot be true or have nothing in common with ours.
 */
public final class Membership {
    private final MemberTable table;
    private final int maxMembers;
    private final Admission admission;
    private final Rumors rumors;
    private final Detector detector;
    private final Arrivals arrivals;
    private final Counters counters;
    private final Prng random;
    private final NameConflicts conflicts = new NameConflicts();
    private final Damping damping;
    private final Doubts doubts;

    private Member self;
    private boolean leaving;
    private boolean young = true;

    /** What membership tells the failure detector. */
    public interface Detector {
        /** The member has become suspect: give it time to refute. */
        void suspected(Member member, String accuser, long now, Outbox out);

        /** Somebody suspects it too. Returns whether that was worth repeating to others. */
        boolean confirmed(Member member, String accuser, long now, Outbox out);

        /** The suspicion, if there was one, is over. */
        void cleared(String node);

        /** This node was accused and has refuted: a hint that it is slow itself (Lifeguard, section IV-A). */
        void accused();
    }

    /** Looks how a member is, out of turn: the failure detector, which is made after this. */
    @FunctionalInterface
    public interface Verifier {
        /** Probe this member now; accuse it if it does not answer. */
        void verify(Member member, long now, Outbox out);
    }

    /** Hears of members that come or come back, before anybody else does. */
    public interface Arrivals {
        /** Whether a newer leave intent has been waiting for this member. */
        boolean leaving(String node);

        /** The member is forgotten. */
        void forgotten(String node);
    }

    /** Makes the membership of a node; {@link #start} enters the node itself. */
    public Membership(
            Identity identity,
            MemberTable table,
            Config config,
            Admission admission,
            Rumors rumors,
            Detector detector,
            Arrivals arrivals,
            Counters counters,
            Prng random) {
        this.table = table;
        this.maxMembers = config.maxMembers();
        this.damping = new Damping(config);
        this.doubts = new Doubts(this, table, damping, conflicts, rumors, detector, counters, random);
        this.admission = admission;
        this.rumors = rumors;
        this.detector = detector;
        this.arrivals = arrivals;
        this.counters = counters;
        this.random = random;
        this.self = alive(
                new Message.Alive(
                        identity.name(),
                        identity.incarnation(),
                        identity.address(),
                        identity.meta(),
                        identity.versions()),
                false,
                0);
    }

    /** From now on members are looked at by that. */
    public void verifyWith(Verifier detector) {
        doubts.verifyWith(detector);
    }

    /**
     * Enters this node as its own first member, and after it those that it knows already. If there are any, they know this
     * node as well, and nothing is spread.
     */
    public void start(List<Claim> known, long now, Outbox out) {
        self = alive(self.toAlive(), false, now);
        table.put(self);
        out.emit(new Event.MemberJoined(self));
        if (known.isEmpty()) {
            rumors.spread(self.toAlive());
        }
        for (Claim claim : known) {
            if (table.find(claim.node()) == null && table.size() < maxMembers) {
                Member member = Member.remembered(claim, now);
                table.put(member);
                if (member.state().live()) {
                    out.emit(new Event.MemberJoined(member));
                }
            }
        }
    }

    /** This node. */
    public Member self() {
        return self;
    }

    /** Whether the member is this node. */
    public boolean isSelf(Member member) {
        return member.name().equals(self.name());
    }

    /**
     * This node is young no more. A young one repeats arrivals only briefly: it hears of everybody for the first time, but
     * whoever told it is telling the others too. When n nodes start at once this saves most of their n^2 repetitions.
     */
    public void growUp() {
        young = false;
    }

    /** Whether this node has begun to leave: it defends itself no longer. */
    public boolean leaving() {
        return leaving;
    }

    /** Everything known, one claim a member. */
    public List<Claim> claims() {
        Claim[] claims = new Claim[table.size()];
        for (int i = 0; i < claims.length; i++) {
            claims[i] = table.at(i).claim();
        }
        return List.of(claims);
    }

    /** A member says, or somebody repeats, that it is there. */
    public void onAlive(Message.Alive news, long now, Outbox out) {
        Member known = table.find(news.node());
        if (!self.versions().compatible(news.versions()) && !news.node().equals(self.name())) {
            counters.count(Counter.VERSIONS_REJECTED);
        } else if (known == null) {
            arrive(news, now, out);
        } else if (!known.address().equals(news.address()) && known.claimed().live()) {
            nameConflict(known, news, now, out);
        } else if (isSelf(known)) {
            aliveSelf(news);
        } else if (!Precedence.overrides(MemberState.ALIVE, news.incarnation(), known.claimed(), known.incarnation())) {
            counters.count(Counter.NEWS_STALE);
        } else {
            renew(known, news, now, out);
        }
    }

    /**
     * A restart under a new address looks the same as a second process that took the name. So the holder is looked at: if
     * it answers, it keeps the name; if it does not, it will be given up, and the claim that has waited for that wins. A
     * claim to this node's own name is answered by being there.
     */
    private void nameConflict(Member known, Message.Alive news, long now, Outbox out) {
        if (Incarnation.newer(known.incarnation(), news.incarnation())) {
            counters.count(Counter.NEWS_STALE);
            return;
        }
        counters.count(Counter.NAME_CONFLICTS);
        // At the same incarnation it is no restart: that would be newer.
        if (Incarnation.newer(news.incarnation(), known.incarnation())) {
            conflicts.claimed(news, now);
            if (!isSelf(known) && conflicts.worthVerifying(known.name(), now)) {
                doubts.verify(known, now, out);
            }
        }
        if (conflicts.worthTelling(known.name(), now)) {
            out.emit(new Event.NameConflict(known, news.address()));
        }
    }

    /** Others still spread an older self of ours, or something we never said: outbid it. */
    private void aliveSelf(Message.Alive news) {
        boolean same = news.incarnation() == self.incarnation()
                && news.meta().equals(self.meta())
                && news.versions().equals(self.versions());
        if (leaving || same || Incarnation.newer(self.incarnation(), news.incarnation())) {
            counters.count(Counter.NEWS_STALE);
        } else {
            refute(news.incarnation());
        }
    }

    private void arrive(Message.Alive news, long now, Outbox out) {
        if (refused(news)) {
            return;
        }
        if (table.size() >= maxMembers && !makeRoom(out)) {
            counters.count(Counter.MEMBERS_REJECTED);
            return;
        }
        Member member = alive(news, arrivals.leaving(news.node()), now);
        table.put(member);
        if (young) {
            rumors.spreadBriefly(news);
        } else {
            rumors.spread(news);
        }
        out.emit(new Event.MemberJoined(member));
    }

    /** The gone are kept only so that late news cannot revive them: in a full table a newcomer is worth more. */
    private boolean makeRoom(Outbox out) {
        Member gone = Sampling.longestGone(table, random, self);
        if (gone == null) {
            return false;
        }
        counters.count(Counter.MEMBERS_DISPLACED);
        forget(gone, out);
        return true;
    }

    private void renew(Member known, Message.Alive news, long now, Outbox out) {
        boolean back = !known.claimed().live();
        boolean changed = !known.meta().equals(news.meta()) || !known.address().equals(news.address());
        if ((back || changed) && refused(news)) {
            return;
        }
        if (back) {
            damping.returned(known, news.incarnation(), now);
        } else if (known.claimed() == MemberState.SUSPECT) {
            damping.refuted(known.name(), now);
        }
        boolean damped = known.damped() || damping.excessive(known.name(), table.live(), now);
        counters.add(Counter.MEMBERS_DAMPED, damped && !known.damped() ? 1 : 0);
        boolean leaving = back ? arrivals.leaving(news.node()) : known.leaving();
        Member member = known.next(claim(news), leaving, damped, now);
        become(member);
        detector.cleared(news.node());
        doubts.cleared(news.node());
        conflicts.outbid(news.node(), news.incarnation());
        rumors.spread(news);
        Changes.tell(known, member, self.name(), out);
    }

    private boolean refused(Message.Alive news) {
        boolean refused = admission.refuse(claim(news)) != null;
        if (refused) {
            counters.count(Counter.ADMISSIONS_REFUSED);
        }
        return refused;
    }

    private static Member alive(Message.Alive news, boolean leaving, long since) {
        return new Member(claim(news), leaving, since);
    }

    private static Claim claim(Message.Alive news) {
        return new Claim(
                news.node(), news.incarnation(), news.address(), news.meta(), news.versions(), MemberState.ALIVE);
    }

    /** Somebody, perhaps this node's own failure detector, could not reach the member. */
    public void onSuspect(Message.Suspect news, long now, Outbox out) {
        doubts.onSuspect(news, now, out);
    }

    /** Somebody has given the member up, or the member itself has said goodbye. */
    public void onDead(Message.Dead news, long now, Outbox out) {
        doubts.onDead(news, now, out);
    }

    /** The other side of a push/pull holds the member for suspect or dead. */
    void onDoubt(Claim claim, long now, Outbox out) {
        doubts.onDoubt(claim, now, out);
    }

    /** Shows those again that have been damped for long enough, and has the others looked at. */
    public void tendDamped(long now, Outbox out) {
        doubts.tendDamped(now, out);
    }

    /** This node did not refute in time, as far as its own detector can tell: give the member up. */
    public void declareDead(String node, long incarnation, long now, Outbox out) {
        doubts.onDead(new Message.Dead(node, incarnation, self.name()), now, out);
    }

    /** This node's own detector could not reach the member. */
    public void declareSuspect(Member member, long now, Outbox out) {
        doubts.onUnreachable(member, now, out);
    }

    /** Announces new metadata under a new incarnation. */
    public void updateMeta(Bytes meta, Outbox out) {
        Claim updated = new Claim(
                self.name(),
                Incarnation.outbid(self.incarnation(), self.incarnation()),
                self.address(),
                meta,
                self.versions(),
                self.state());
        become(new Member(updated, self.leaving(), self.since()));
        if (!leaving) {
            rumors.spread(self.toAlive());
        }
        out.emit(new Event.MemberUpdated(self));
    }

    /** From now on this node no longer contradicts those who call it gone. */
    public void beginLeave() {
        leaving = true;
    }

    /** Says goodbye: this node has left. */
    public void sayGoodbye(long now, Outbox out) {
        become(self.become(MemberState.LEFT, self.incarnation(), now));
        rumors.spread(new Message.Dead(self.name(), self.incarnation(), self.name()));
        out.emit(new Event.MemberLeft(self));
    }

    /** Marks a live member as about to leave, or takes the mark back. */
    void markLeaving(Member member, boolean mark, Outbox out) {
        Member marked = member.withLeaving(mark);
        become(marked);
        if (mark) {
            out.emit(new Event.MemberLeaving(marked));
        }
    }

    /** A failed member counts as left from now on. */
    void markLeft(Member member, long now, Outbox out) {
        Member left = member.become(MemberState.LEFT, member.incarnation(), now);
        become(left);
        Changes.tell(member, left, self.name(), out);
    }

    /** Forgets a member. */
    void forget(Member member, Outbox out) {
        table.remove(member.name());
        detector.cleared(member.name());
        arrivals.forgotten(member.name());
        conflicts.forgotten(member.name());
        damping.forgotten(member.name());
        doubts.cleared(member.name());
        out.emit(new Event.MemberReaped(member));
    }

    void defend(long accusedIncarnation) {
        if (leaving) {
            counters.count(Counter.NEWS_STALE);
        } else if (Incarnation.newer(self.incarnation(), accusedIncarnation)) {
            // Refuted before, but the accusation still travels: so must the refutation.
            counters.count(Counter.NEWS_STALE);
            rumors.spread(self.toAlive());
        } else {
            refute(accusedIncarnation);
        }
    }

    private void refute(long accused) {
        become(self.become(self.state(), Incarnation.outbid(self.incarnation(), accused), self.since()));
        counters.count(Counter.REFUTATIONS);
        detector.accused();
        rumors.spread(self.toAlive());
    }

    void become(Member member) {
        if (isSelf(member)) {
            self = member;
        }
        table.put(member);
    }
}
