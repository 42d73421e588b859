package dev.hearsay.sim;

import dev.hearsay.core.Config;
import dev.hearsay.core.membership.Incarnation;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every event. Only the node that acted is looked at, and of its table only what it changed, so
 * that checking costs a constant amount per change.
 *
 * <ol>
 *   <li>In one node's eyes, a member's incarnation never goes back.
 *   <li>Nobody but the member itself raises its incarnation.
 *   <li>A member that is up and reachable is declared dead by nobody. Excused are members that were down, paused or cut
 *       off by the scenario, until {@linkplain #grace a while} after it ended: old suspicions must run out first. So are
 *       those that it made lose packets, slow, or have a clock that is wrong by more than a tenth, and their verdicts; and
 *       for that while those whose uplink dropped a packet, or held one up for half a probe timeout. While a
 *       network loses, corrupts or delays packets at random, and for the same while after, SWIM promises less: such a verdict
 *       must be taken back within that while. So must one that a node comes to when it reads what waited while it was paused
 *       or blocked: that may be the news of a death that was true. And so must one about an address that the member had
 *       before it was started elsewhere: there it is dead indeed.
 *   <li>A node believes itself alive, or to have left because it was told to.
 *   <li>The counts of a table are the counts of its content.
 *   <li>No packet exceeds {@link Config#packetBytes()}, no table {@link Config#maxMembers()}.
 * </ol>
 *
 * While somebody lies, the first three do not hold, and there are members that nobody started.
 */
public final class Invariants {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long ALWAYS = Long.MAX_VALUE;

    private final Engine engine;
    private final boolean hostile;
    private final Map<String, SimNode> byName = new HashMap<>();
    private final long[] excusedUntil;
    private final long[] distrustedUntil;
    private final long[] readsOldAt;
    private final long grace;
    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private int falseVerdicts;
    private long lossyUntil = NEVER;

    /** A reachable member was declared dead; by the deadline that must have changed. */
    private record Verdict(long deadline, SimNode observer, SimNode subject, Member verdict) {}

    Invariants(Engine engine, boolean hostile) {
        this.engine = engine;
        this.hostile = hostile;
        this.excusedUntil = new long[engine.nodes().size()];
        this.distrustedUntil = new long[excusedUntil.length];
        this.readsOldAt = new long[excusedUntil.length];
        Arrays.fill(excusedUntil, NEVER);
        Arrays.fill(distrustedUntil, NEVER);
        Arrays.fill(readsOldAt, NEVER);
        for (SimNode node : engine.nodes()) {
            byName.put(node.name(), node);
        }
        this.grace = grace(engine.config(), excusedUntil.length);
    }

    /**
     * How long after a fault its victims may still be declared dead, in nanoseconds: the longest suspicion there is, and
     * half as long again for its news to spread.
     */
    static long grace(Config config, int nodes) {
        int digits = Integer.toString(nodes).length();
        long suspicion = config.protocolPeriodNanos() * config.suspicionMult() * config.suspicionMaxMult() * digits;
        return suspicion + suspicion / 2;
    }

    /** The scenario does something to the node: whatever others believe of it from now on is excused. */
    void excuse(SimNode node) {
        excusedUntil[node.index()] = ALWAYS;
    }

    /** The scenario takes from the node what it needs to judge: what it believes of others is excused from now on. */
    void distrust(SimNode node) {
        distrustedUntil[node.index()] = ALWAYS;
    }

    /** The node can judge again. */
    void trust(SimNode node, long now) {
        distrustedUntil[node.index()] = now + grace;
    }

    /** At this moment the node reads what has waited for it: it may hear of a death that is long over, and then that it is. */
    void readsOld(SimNode node, long now) {
        readsOldAt[node.index()] = now;
    }

    /** For a while nothing that the node sends is in time: what it believes of others, and they of it, is excused for longer. */
    void congested(SimNode node, long until) {
        int at = node.index();
        excusedUntil[at] = Math.max(excusedUntil[at], until + grace);
        distrustedUntil[at] = Math.max(distrustedUntil[at], until + grace);
    }

    /** The network stops losing packets. */
    void lossEnds(long now) {
        lossyUntil = now + grace;
    }

    /** The node is well again. */
    void endExcuse(SimNode node, long now) {
        int at = node.index();
        excusedUntil[at] = excusedUntil[at] == ALWAYS ? now + grace : Math.max(excusedUntil[at], now + grace);
    }

    /** A node is about to enter, or to change, a member in its table. */
    void changed(SimNode observer, @Nullable Member before, Member after) {
        if (!hostile && before != null && Incarnation.newer(before.incarnation(), after.incarnation())) {
            throw violated(
                    observer, "the incarnation of " + after.name() + " went back: from " + before + " to " + after);
        }
        SimNode subject = byName.get(after.name());
        if (hostile && subject != observer) {
            return;
        }
        if (subject == null) {
            throw violated(observer, "there is no member of that name: " + after);
        }
        if (subject == observer) {
            ownEntry(observer, after);
            return;
        }
        if (after.incarnation() > subject.lastIncarnation) {
            throw violated(
                    observer,
                    after.name() + " never had the incarnation of " + after + ", but at most "
                            + subject.lastIncarnation);
        }
        boolean declaredDead = after.state() == MemberState.DEAD
                && (before == null || before.state().live());
        boolean excused =
                engine.now() <= excusedUntil[subject.index()] || engine.now() <= distrustedUntil[observer.index()];
        if (declaredDead && subject.isUp() && !excused) {
            boolean forgiven = engine.links().lossy()
                    || engine.now() <= lossyUntil
                    || engine.now() == readsOldAt[observer.index()]
                    || !after.address().equals(subject.address());
            if (!forgiven) {
                throw violated(observer, after.name() + " is up and reachable, but declared dead: " + after);
            }
            falseVerdicts++;
            verdicts.add(new Verdict(engine.now() + grace, observer, subject, after));
        }
    }

    /** How often a member that was up and reachable was declared dead, by one observer each. */
    int falseVerdicts() {
        return falseVerdicts;
    }

    private void checkTakenBack(Verdict verdict) {
        SimNode subject = verdict.subject;
        boolean excused = !subject.isUp()
                || engine.now() <= excusedUntil[subject.index()]
                || engine.now() <= distrustedUntil[verdict.observer.index()];
        if (!excused && verdict.observer.isUp()) {
            Member now = verdict.observer.sees(subject.name());
            if (now != null && now.equals(verdict.verdict)) {
                throw violated(verdict.observer, "it has not taken back for too long: " + now);
            }
        }
    }

    private void ownEntry(SimNode node, Member self) {
        node.hasHad(self.incarnation());
        boolean fits = self.state() == MemberState.ALIVE || (self.state() == MemberState.LEFT && node.isLeaving());
        if (!fits) {
            throw violated(node, "it believes itself to be " + self);
        }
    }

    /** The node has acted. */
    void after(SimNode node) {
        Verdict oldest = verdicts.peek();
        if (oldest != null && engine.now() > oldest.deadline) {
            verdicts.remove();
            checkTakenBack(oldest);
        }
        SimProcess process = node.process();
        if (process == null) {
            return;
        }
        MemberTable table = process.core().members();
        if (table.size() > engine.config().maxMembers()) {
            throw violated(node, "it knows " + table.size() + " members: more than maxMembers");
        }
        if (table instanceof WatchedTable watched) {
            if (watched.live() != watched.countedLive() || watched.size() != watched.countedSize()) {
                throw violated(
                        node,
                        "its table counts " + watched.live() + " live of " + watched.size() + ", but holds "
                                + watched.countedLive() + " of " + watched.countedSize());
            }
        }
    }

    /** The node has made a packet of that many bytes. */
    void packet(SimNode node, int bytes) {
        if (bytes > engine.config().packetBytes()) {
            throw violated(node, "it sends " + bytes + " bytes in one packet");
        }
    }

    private InvariantViolation violated(SimNode node, String what) {
        return engine.violated(node, what);
    }
}
