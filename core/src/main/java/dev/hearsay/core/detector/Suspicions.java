package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Health;
import dev.hearsay.core.Load;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import java.util.HashMap;
import java.util.Map;

/** The suspicions in force, whoever raised them: each ends in a refutation or in the member being given up. */
public final class Suspicions implements Membership.Detector {
    private final Config config;
    private final MemberTable table;
    private final LocalHealth health;
    private final LocalLoad load;
    private final Map<String, Suspicion> suspicions = new HashMap<>();

    /** Makes an empty set. */
    public Suspicions(Config config, MemberTable table, Counters counters) {
        this.config = config;
        this.table = table;
        this.health = new LocalHealth(config.healthMax());
        this.load = new LocalLoad(config, counters);
    }

    /** Number of suspicions in force. */
    public int size() {
        return suspicions.size();
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
                Suspicion.confirmationsWanted(config.suspicionMult(), n));
        suspicions.put(member.name(), suspicion);
        schedule(member.name(), suspicion, now, out);
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
     * Gives the member up if its time is over. If this node was away itself until a moment ago, the refutation may be among
     * the packets it has not read yet, so the member gets one more period.
     */
    public void onTimeout(Timer.SuspicionTimeout timer, Membership membership, long now, Outbox out) {
        Suspicion suspicion = suspicions.get(timer.node());
        if (suspicion == null || suspicion.incarnation() != timer.incarnation() || now < suspicion.deadline()) {
            return;
        }
        if (load.away(suspicion.deadline(), now, out)) {
            suspicion.notBefore(now + config.protocolPeriodNanos());
            schedule(timer.node(), suspicion, now, out);
            return;
        }
        membership.declareDead(timer.node(), timer.incarnation(), now, out);
    }

    private static void schedule(String node, Suspicion suspicion, long now, Outbox out) {
        long delay = Math.max(0, suspicion.deadline() - now);
        out.schedule(delay, new Timer.SuspicionTimeout(node, suspicion.incarnation()));
    }
}
