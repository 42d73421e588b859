package dev.hearsay.core.membership;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.LamportClock;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.StreamMessage.StatusTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Serf's intents: who means to leave and who means to stay, ordered by Lamport time.
 *
 * <p>memberlist knows that a member is gone; the intent tells that it meant to go. A Serf agent shows a member as left
 * only after a leave intent, otherwise as failed, so the intent must travel first.
 */
public final class Intents implements Membership.Arrivals {
    /** Most intents kept for members that are not known yet; the oldest makes room (Serf keeps any number for 5 min). */
    public static final int MAX_WAITING = 1024;

    private final MemberTable table;
    private final Rumors rumors;
    private final boolean serf;
    private final Counters counters;

    /** Newest Lamport time heard per member; only members in the table have an entry. */
    private final Map<String, Long> statusTimes = new HashMap<>();

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final LamportClock clock;

    /** An intent about a member that is not known yet. */
    private record Waiting(long time, boolean leave) {}

    /** The newest intents of some members, and who of them has left. */
    public record Known(List<StatusTime> times, List<String> left) {}

    /**
     * Makes the intents of a node; its clock starts at 1.
     *
     * @param serf whether to tell others; without Serf above, nobody would understand
     */
    public Intents(MemberTable table, Rumors rumors, boolean serf, Counters counters) {
        this.table = table;
        this.rumors = rumors;
        this.serf = serf;
        this.clock = new LamportClock(counters);
        this.counters = counters;
    }

    /** Lamport time of intents. */
    public long time() {
        return clock.time();
    }

    /** Goes on after that time, which this node has reached before its process ended. */
    public void restore(long time) {
        clock.witness(time);
    }

    /** Somebody means to leave, or is wished gone. New intents are repeated. */
    public void onLeave(Message.LeaveIntent intent, Membership membership, long now, Outbox out) {
        if (acceptLeave(intent, membership, now, out)) {
            tell(intent.node(), intent);
        }
    }

    /** Somebody means to be here. New intents are repeated. */
    public void onJoin(Message.JoinIntent intent, Membership membership, Outbox out) {
        if (acceptJoin(intent, membership, out)) {
            tell(intent.node(), intent);
        }
    }

    /** Says that this node means to stay, under a newer time than anything it is remembered for. */
    private void announceJoin(String self) {
        long time = clock.tick();
        statusTimes.put(self, time);
        tell(self, new Message.JoinIntent(time, self));
    }

    /** Says that this node leaves, or that another should be regarded as having left. Returns whether it is known. */
    public boolean announceLeave(String node, boolean prune, Membership membership, long now, Outbox out) {
        boolean known = table.find(node) != null;
        long time = clock.tick();
        // Who learned by an exchange that it has left remembers it one later than it was said (merge, below).
        Message.LeaveIntent intent = new Message.LeaveIntent(prune ? clock.tick() : time, node, prune);
        acceptLeave(intent, membership, now, out);
        tell(node, intent);
        return known;
    }

    private void tell(String node, Message.Upper intent) {
        if (serf) {
            rumors.spreadIntent(node, intent);
        }
    }

    /** What there is to say about the intents of these members. Members without one are left out. */
    public Known known(Predicate<Member> about) {
        List<StatusTime> times = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            if (!about.test(member)) {
                continue;
            }
            Long at = statusTimes.get(member.name());
            if (at != null) {
                times.add(new StatusTime(member.name(), at));
            }
            if (member.claimed() == MemberState.LEFT) {
                left.add(member.name());
            }
        }
        return new Known(List.copyOf(times), List.copyOf(left));
    }

    /**
     * Takes over the other side's half. Members that left come first, if known as leave intents one later than their status, so that they win over the joins that follow
     * (Serf {@code MergeRemoteState}). Nothing of this is repeated: the exchange itself reaches everybody in time.
     */
    public void merge(SerfState remote, Membership membership, long now, Outbox out) {
        hear(remote.time());
        Map<String, Long> times = new HashMap<>();
        for (StatusTime status : remote.statusTimes()) {
            times.put(status.node(), status.time());
        }
        for (String node : remote.left()) {
            Member member = table.find(node);
            // Of somebody unknown there is no join to win over. One later could be as late as the join with which
            // it comes back, as nodes of ours do not move the clocks when they join: it would seem to leave for good.
            long at = times.getOrDefault(node, 0L) + (member == null ? 0 : 1);
            times.remove(node);
            // The claims were merged before: if the member is live now, it has come back since, and only its own join
            // intent may be late. Marking it would leave it marked for good.
            if (member == null || membership.isSelf(member) || !member.claimed().live()) {
                acceptLeave(new Message.LeaveIntent(at, node, false), membership, now, out);
            }
        }
        String self = membership.self().name();
        long remembered = times.getOrDefault(self, 0L);
        if (!membership.leaving() && remembered > statusTimes.getOrDefault(self, 0L) && clock.witness(remembered)) {
            // They remember what this name meant before this node began: say what it means now.
            announceJoin(self);
        }
        for (StatusTime status : remote.statusTimes()) {
            if (times.containsKey(status.node())) {
                acceptJoin(new Message.JoinIntent(status.time(), status.node()), membership, out);
            }
        }
    }

    /** Another node's clock. It has already ticked for its next message, hence one less. */
    public void hear(long time) {
        clock.witness(time - 1);
    }

    @Override
    public boolean leaving(String node) {
        Waiting intent = waiting.remove(node);
        if (intent == null || intent.time() <= statusTimes.getOrDefault(node, 0L)) {
            return false;
        }
        statusTimes.put(node, intent.time());
        return intent.leave();
    }

    @Override
    public void forgotten(String node) {
        statusTimes.remove(node);
    }

    private boolean acceptLeave(Message.LeaveIntent intent, Membership membership, long now, Outbox out) {
        if (!clock.witness(intent.time())) {
            return false;
        }
        Member member = table.find(intent.node());
        if (member == null) {
            return keepWaiting(intent.node(), new Waiting(intent.time(), true));
        }
        if (membership.isSelf(member) && !membership.leaving()) {
            // Not ours, or from before a restart: contradict it with a newer time.
            announceJoin(member.name());
            return false;
        }
        if (intent.time() <= statusTimes.getOrDefault(member.name(), 0L)) {
            return false;
        }
        statusTimes.put(member.name(), intent.time());
        if (member.claimed() == MemberState.DEAD) {
            membership.markLeft(member, now, out);
        } else if (member.claimed().live() && !member.leaving()) {
            membership.markLeaving(member, true, out);
        }
        Member after = table.find(member.name());
        // A node that has left is asked to forget many, and may be told to forget itself: it stays in its table.
        if (intent.prune() && after != null && !after.claimed().live() && !membership.isSelf(after)) {
            membership.forget(after, out);
            // An older intent that is still on its way would else look new, and take this one's place while it spreads.
            keepWaiting(after.name(), new Waiting(intent.time(), false));
        }
        return true;
    }

    private boolean acceptJoin(Message.JoinIntent intent, Membership membership, Outbox out) {
        // Nearly all intents have been heard before; whoever has a status time is in the table.
        if (!clock.witness(intent.time()) || intent.time() <= statusTimes.getOrDefault(intent.node(), 0L)) {
            return false;
        }
        Member member = table.find(intent.node());
        if (member == null) {
            return keepWaiting(intent.node(), new Waiting(intent.time(), false));
        }
        statusTimes.put(member.name(), intent.time());
        if (member.leaving() && member.claimed().live()) {
            membership.markLeaving(member, false, out);
        }
        return true;
    }

    private boolean keepWaiting(String node, Waiting intent) {
        Waiting older = waiting.get(node);
        if (older != null && older.time() >= intent.time()) {
            return false;
        }
        if (older == null && waiting.size() >= MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
            counters.count(Counter.INTENTS_DROPPED);
        }
        waiting.put(node, intent);
        return true;
    }
}
