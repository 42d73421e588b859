package dev.hearsay.core.membership;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import java.util.HashMap;
import java.util.Map;

/**
 * What is said against members, and how much of it counts (memberlist's {@code suspectNode} and {@code deadNode}; whose
 * word is doubted in turn: {@link Damping}).
 */
final class Doubts {
    /** So many members look at a damped one each time, on average. */
    private static final int PROBATION_LOOKS = 16;

    private final Membership membership;
    private final MemberTable table;
    private final Damping damping;
    private final NameConflicts conflicts;
    private final Rumors rumors;
    private final Membership.Detector detector;
    private final Counters counters;
    private final Prng random;

    /** So long a death that nobody announced waits for this node's own probe; meanwhile repetitions cause no further one. */
    static final long UNHERALDED_NANOS = 10_000_000_000L;

    /** Deaths of members that were never suspect here, one a member at most. */
    private final Map<String, Unheralded> unheralded = new HashMap<>();

    /** What was said, and when. */
    private record Unheralded(Message.Dead news, long at) {}

    private Membership.Verifier verifier = (member, now, out) -> {};

    Doubts(
            Membership membership,
            MemberTable table,
            Damping damping,
            NameConflicts conflicts,
            Rumors rumors,
            Membership.Detector detector,
            Counters counters,
            Prng random) {
        this.membership = membership;
        this.table = table;
        this.damping = damping;
        this.conflicts = conflicts;
        this.rumors = rumors;
        this.detector = detector;
        this.counters = counters;
        this.random = random;
    }

    void verifyWith(Membership.Verifier probes) {
        verifier = probes;
    }

    /** Has the member probed now. */
    void verify(Member member, long now, Outbox out) {
        verifier.verify(member, now, out);
    }

    /** Nothing is held against the member any more. */
    void cleared(String node) {
        unheralded.remove(node);
    }

    /**
     * The other side of a push/pull holds the member for suspect or dead. Who believes otherwise neither spreads that nor
     * confirms it: the other side may be the only one, or may have missed the refutation. The member is told, so that it
     * refutes, and probed: only if it is silent, this node accuses it.
     */
    void onDoubt(Claim claim, long now, Outbox out) {
        Member known = table.find(claim.node());
        if (known != null && membership.isSelf(known)) {
            membership.defend(claim.incarnation());
        } else if (known != null
                && Precedence.overrides(
                        MemberState.SUSPECT, claim.incarnation(), known.claimed(), known.incarnation())) {
            String self = membership.self().name();
            out.send(known.address(), new Message.Suspect(claim.node(), claim.incarnation(), self));
            verify(known, now, out);
        } else {
            counters.count(Counter.NEWS_STALE);
        }
    }

    /** This node's own probe has failed: it confirms what somebody else has said, or is an accusation of its own. */
    void onUnreachable(Member member, long now, Outbox out) {
        Unheralded death = unheralded.remove(member.name());
        if (death != null
                && now - death.at < UNHERALDED_NANOS
                && death.news.incarnation() == member.incarnation()
                && member.claimed() == MemberState.ALIVE) {
            damping.accused(member.name(), membership.self().name(), now);
            giveUp(member, death.news, member.leaving() ? MemberState.LEFT : MemberState.DEAD, now, out);
        } else {
            onSuspect(
                    new Message.Suspect(
                            member.name(),
                            member.incarnation(),
                            membership.self().name()),
                    now,
                    out);
        }
    }

    /** Somebody, perhaps this node's own failure detector, could not reach the member. */
    public void onSuspect(Message.Suspect news, long now, Outbox out) {
        Member known = table.find(news.node());
        if (known == null) {
            counters.count(Counter.NEWS_STALE);
        } else if (membership.isSelf(known)) {
            membership.defend(news.incarnation());
        } else if (Precedence.overrides(
                MemberState.SUSPECT, news.incarnation(), known.claimed(), known.incarnation())) {
            if (hasVoice(news.accuser(), now)) {
                Member suspect = known.become(MemberState.SUSPECT, news.incarnation(), now);
                membership.become(suspect);
                damping.accused(news.node(), news.accuser(), now);
                rumors.spread(news);
                Changes.tell(known, suspect, news.accuser(), out);
                detector.suspected(suspect, news.accuser(), now, out);
            }
        } else if (known.claimed() == MemberState.SUSPECT && news.incarnation() == known.incarnation()) {
            confirm(known, news, now, out);
        } else {
            counters.count(Counter.NEWS_STALE);
        }
    }

    private void confirm(Member known, Message.Suspect news, long now, Outbox out) {
        if (!hasVoice(news.accuser(), now)) {
            return;
        }
        damping.accused(news.node(), news.accuser(), now);
        if (detector.confirmed(known, news.accuser(), now, out)) {
            rumors.spread(news);
        } else {
            counters.count(Counter.NEWS_STALE);
        }
    }

    /**
     * Whether an accusation counts. Not that of a member that is gone itself: it may be deaf, and take everybody for dead.
     * Nor that of one that has mostly been wrong.
     */
    private boolean hasVoice(String accuser, long now) {
        Member known = table.find(accuser);
        boolean gone =
                known != null && !membership.isSelf(known) && !known.state().live();
        if (gone || !damping.hasVoice(accuser, now)) {
            counters.count(Counter.ACCUSATIONS_IGNORED);
            return false;
        }
        return true;
    }

    /**
     * Somebody has given the member up, or the member itself has said goodbye. Whoever is said to be dead without ever
     * having been suspect here had no chance to refute that this node has heard of: it is probed first. Otherwise a member
     * that can hear but not speak, takes all for dead, and then recovers, would have everybody given up.
     */
    public void onDead(Message.Dead news, long now, Outbox out) {
        Member known = table.find(news.node());
        if (known == null) {
            counters.count(Counter.NEWS_STALE);
            return;
        }
        if (membership.isSelf(known)) {
            membership.defend(news.incarnation());
            return;
        }
        // A member that said it was leaving has left, whoever noticed first (Serf's handleNodeLeave).
        MemberState next = news.leaving() || known.leaving() ? MemberState.LEFT : MemberState.DEAD;
        if (!Precedence.overrides(next, news.incarnation(), known.claimed(), known.incarnation())) {
            counters.count(Counter.NEWS_STALE);
            return;
        }
        if (!news.leaving() && !hasVoice(news.accuser(), now)) {
            return;
        }
        if (next == MemberState.DEAD && known.claimed() == MemberState.ALIVE) {
            check(known, news, now, out);
            return;
        }
        giveUp(known, news, next, now, out);
    }

    private void check(Member known, Message.Dead news, long now, Outbox out) {
        Unheralded before = unheralded.get(news.node());
        if (before != null && before.news.incarnation() == news.incarnation() && now - before.at < UNHERALDED_NANOS) {
            counters.count(Counter.NEWS_STALE);
        } else {
            unheralded.put(news.node(), new Unheralded(news, now));
            verify(known, now, out);
        }
    }

    private void giveUp(Member known, Message.Dead news, MemberState next, long now, Outbox out) {
        unheralded.remove(news.node());
        Member gone = known.become(next, news.incarnation(), now);
        membership.become(gone);
        detector.cleared(news.node());
        if (next == MemberState.DEAD && known.claimed().live()) {
            damping.accused(news.node(), news.accuser(), now);
            damping.given(news.node(), now);
        }
        rumors.spread(news);
        Changes.tell(known, gone, news.accuser(), out);
        Message.Alive claimant = conflicts.take(news.node(), now);
        if (claimant != null) {
            membership.onAlive(claimant, now, out);
        }
    }

    /**
     * Looks at the damped: those whose penalty has faded are shown again. On the way there they are probed now and then,
     * by about {@value #PROBATION_LOOKS} of the members each time: who still does not answer is accused again, and whoever
     * refutes that has its penalty raised everywhere.
     */
    public void tendDamped(long now, Outbox out) {
        damping.sweep(now);
        for (Member member : damping.damped(table)) {
            if (damping.fadedAway(member.name(), now)) {
                Member shown = member.withDamped(false, now);
                membership.become(shown);
                Changes.tell(member, shown, membership.self().name(), out);
            } else if (member.claimed().live()
                    && damping.onProbation(member.name(), now)
                    && random.below(Math.max(1, table.live())) < PROBATION_LOOKS) {
                verify(member, now, out);
            }
        }
    }
}
