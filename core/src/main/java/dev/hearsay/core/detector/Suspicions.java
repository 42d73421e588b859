package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Health;
import dev.hearsay.core.Load;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Suspected;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The suspicions in force, whoever raised them: each ends in a refutation or in the member being given up. */
public final class Suspicions implements Membership.Detector {
    /** Second opinions begin within this time, so that those who give one do not all knock at the same moment. */
    private static final long OPINION_SPREAD_NANOS = 10_000_000;

    private final String self;
    private final Config config;
    private final MemberTable table;
    private final Prng random;
    private final LocalHealth health;
    private final LocalLoad load;
    private final Map<String, Suspicion> suspicions = new HashMap<>();

    /** Who can probe a member out of turn. */
    interface Verifier extends Membership.Verifier {
        /** Tells the member that it is accused, and asks for an answer. */
        void remind(Member member, long now, Outbox out);
    }

    /** Makes an empty set for the node with that name. */
    public Suspicions(String self, Config config, MemberTable table, Counters counters, Prng random) {
        this.self = self;
        this.random = random;
        this.config = config;
        this.table = table;
        this.health = new LocalHealth(config.healthMax());
        this.load = new LocalLoad(config, counters);
    }

    /** Number of suspicions in force. */
    public int size() {
        return suspicions.size();
    }

    /** The suspicion of the member of that name; null if there is none. */
    public @Nullable Suspected find(String member, long now) {
        Suspicion suspicion = suspicions.get(member);
        return suspicion == null
                ? null
                : new Suspected(
                        member, suspicion.accusers(), now - suspicion.since(), Math.max(0, deadline(suspicion) - now));
    }

    /** The local health score, 0 (healthy) to {@link Config#healthMax()} - 1. */
    public int healthScore() {
        return Math.max(health.score(), load.floor());
    }

    /** Where the health score comes from. */
    public Health explainHealth() {
        return load.health(health.score());
    }

    /** Takes a measure of the driver's. */
    public void onLoad(Load measured, long now, Outbox out) {
        load.report(measured, now, out);
    }

    LocalHealth health() {
        return health;
    }

    LocalLoad load() {
        return load;
    }

    @Override
    public void suspected(Member member, String accuser, long now, Outbox out) {
        int n = table.live();
        long min = Suspicion.minTimeout(config.suspicionMult(), n, config.protocolPeriodNanos());
        Suspicion suspicion = new Suspicion(
                member.incarnation(),
                accuser,
                now,
                min,
                min * config.suspicionMaxMult(),
                Suspicion.confirmationsWanted(config.confirmations(), n));
        suspicions.put(member.name(), suspicion);
        schedule(member.name(), suspicion, now, out);
        if (!accuser.equals(self) && givesOpinion(n) && !load.away(now, now, out)) {
            verifyIn(random.delayBelow(OPINION_SPREAD_NANOS), member.name(), suspicion, now, out);
        }
    }

    /**
     * Whether this node sees for itself. Of all who hear of the suspicion, about {@link Config#secondOpinions()} do. A node
     * that doubts itself is no witness.
     */
    private boolean givesOpinion(int n) {
        return config.secondOpinions() > 0
                && healthScore() == 0
                && random.below(Math.max(1, n - 2)) < config.secondOpinions();
    }

    private static void verifyIn(long delay, String node, Suspicion suspicion, long now, Outbox out) {
        suspicion.verifyAt(now + delay);
        out.schedule(delay, new Timer.SuspicionTimeout(node, suspicion.incarnation()));
    }

    /**
     * The member's machine has told this node that the process is gone. It is asked once more later: a process that is only
     * being restarted is back by then.
     */
    void refused(String node, long now, Outbox out) {
        Suspicion suspicion = suspicions.get(node);
        if (suspicion == null || config.goneTimeoutNanos() == 0) {
            return;
        }
        if (suspicion.refused(now)) {
            verifyIn(config.goneTimeoutNanos() / 2, node, suspicion, now, out);
        }
        schedule(node, suspicion, now, out);
    }

    @Override
    public boolean confirmed(Member member, String accuser, long now, Outbox out) {
        Suspicion suspicion = suspicions.get(member.name());
        if (suspicion == null || !suspicion.confirm(accuser)) {
            return false;
        }
        schedule(member.name(), suspicion, now, out);
        return true;
    }

    @Override
    public void cleared(String node) {
        suspicions.remove(node);
    }

    /**
     * The member, if suspect, has answered this node's own probe. It lives, and the ping told it of the accusation: it gets
     * the shortest suspicion over again to refute.
     */
    void answered(String node, long now, Outbox out) {
        Suspicion suspicion = suspicions.get(node);
        if (suspicion != null) {
            suspicion.answered(now);
            schedule(node, suspicion, now, out);
        }
    }

    @Override
    public void accused() {
        health.add(1);
    }

    /**
     * Gives the member up if its time is over, or probes it if this node wants to see for itself. If this node was away
     * itself until a moment ago, the refutation may be among the packets it has not read yet, so the member gets one more
     * period.
     */
    void onTimeout(Timer.SuspicionTimeout timer, Membership membership, Verifier verifier, long now, Outbox out) {
        Suspicion suspicion = suspicions.get(timer.node());
        Member member = table.find(timer.node());
        if (suspicion == null || member == null || suspicion.incarnation() != timer.incarnation()) {
            return;
        }
        if (suspicion.verificationDue(now) && !load.away(now, now, out)) {
            verifier.verify(member, now, out);
        }
        long deadline = deadline(suspicion);
        if (now < deadline) {
            if (now >= deadline - config.protocolPeriodNanos()) {
                remind(member, suspicion, verifier, now, out);
            }
            return;
        }
        if (load.away(deadline, now, out)) {
            suspicion.notBefore(now + config.protocolPeriodNanos());
            schedule(timer.node(), suspicion, now, out);
            return;
        }
        if (now >= suspicion.deadline() && suspicion.lastLook()) {
            verifier.verify(member, now, out);
            suspicion.notBefore(now + config.protocolPeriodNanos() * (healthScore() + 1));
            schedule(timer.node(), suspicion, now, out);
            return;
        }
        membership.declareDead(timer.node(), timer.incarnation(), now, out);
    }

    /**
     * News misses each member with a small probability, e^-m at m sends a member (Demers et al. 1987, section 1.4): with many
     * suspicions, somebody misses a refutation that everybody else has heard. So whoever relies on others' word asks the
     * member once before the end. An accuser has looked itself by then.
     */
    private void remind(Member member, Suspicion suspicion, Verifier verifier, long now, Outbox out) {
        if (config.secondOpinions() > 0 && !suspicion.accusedBy(self) && suspicion.reminderDue()) {
            verifier.remind(member, now, out);
        }
    }

    private long deadline(Suspicion suspicion) {
        boolean alone = table.live() - 1 <= suspicions.size();
        return suspicion.deadline(config.goneTimeoutNanos(), self, alone);
    }

    private void schedule(String node, Suspicion suspicion, long now, Outbox out) {
        long delay = Math.max(0, deadline(suspicion) - now);
        if (suspicion.accusedBy(self) && delay > config.protocolPeriodNanos()) {
            // An accuser looks again before the end, because it may have missed the refutation. The others rely on it.
            verifyIn(delay - config.protocolPeriodNanos(), node, suspicion, now, out);
        } else if (delay > config.protocolPeriodNanos() && config.secondOpinions() > 0) {
            long before = config.protocolPeriodNanos() - random.delayBelow(config.protocolPeriodNanos() / 2);
            out.schedule(delay - before, new Timer.SuspicionTimeout(node, suspicion.incarnation()));
        }
        out.schedule(delay, new Timer.SuspicionTimeout(node, suspicion.incarnation()));
    }
}
