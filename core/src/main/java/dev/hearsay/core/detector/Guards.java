package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Incarnation;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.membership.Sampling;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps idle streams to a few random members, and those that others keep here. When a process dies, its kernel closes its
 * connections, so that the other ends know at once what the next probe would tell them a second later. This is what peers in
 * a full TCP mesh have, at a bounded price.
 *
 * <p>A stream that breaks is no verdict. A firewall may have cut it, or the process was restarted: it is only the reason to
 * probe that member now. Both ends look, so that a member has about twice {@link Config#guards} watchers, of whom any two
 * can accuse it independently.
 */
public final class Guards {
    /** Most streams of others that are kept here; who comes later is refused and tries somebody else. */
    public static final int MAX_WARDS = 64;

    /** Marks the numbers of guard streams, so that nobody else's can be meant. */
    private static final long STREAMS = 1L << 34;

    /** Most members probed in one protocol period because their streams broke; ordinary probing comes to the others. */
    private static final int MAX_LOOKS = 16;

    /** After failures the pause doubles up to so many times. */
    private static final int MAX_DOUBLINGS = 6;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Peers peers;
    private final Membership.Verifier verifier;
    private final Counters counters;
    private final Prng random;

    /** By number, both ways, oldest first. At most {@link Config#guards} of its own and {@link #MAX_WARDS} of others. */
    private final Map<Long, Watch> streams = new LinkedHashMap<>();

    private long lastStream;
    private int looks;
    private int failures;
    private long pausedUntil;

    /** Who is at the other end, since when, and whether this node opened the stream. */
    private record Watch(String name, long since, boolean own) {}

    /** Makes guards that watch nobody; {@link #start} begins. */
    public Guards(
            Config config,
            MemberTable table,
            Membership membership,
            Peers peers,
            Membership.Verifier verifier,
            Counters counters,
            Prng random) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.peers = peers;
        this.verifier = verifier;
        this.counters = counters;
        this.random = random;
    }

    /** Looks for members to guard from a random moment on. */
    public void start(long now, Outbox out) {
        pausedUntil = now;
        out.schedule(random.delayBelow(config.protocolPeriodNanos()), new Timer.GuardTick());
    }

    /** Number of guard streams, opened here or by others. */
    public int size() {
        return streams.size();
    }

    /** Whether a stream with that number was opened here. */
    public boolean owns(long stream) {
        return (stream & STREAMS) != 0;
    }

    /** Closes what guards nobody any more, and opens what is missing. */
    public void onTick(long now, Outbox out) {
        looks = 0;
        closeUseless(now, out);
        int missing = config.guards() - own();
        if (membership.leaving() || missing <= 0) {
            failures = 0;
        } else {
            open(missing, now, out);
        }
        out.schedule(config.protocolPeriodNanos(), new Timer.GuardTick());
    }

    private void open(int missing, long now, Outbox out) {
        boolean pausing = now - pausedUntil < 0;
        if (pausing) {
            return;
        }
        Member self = membership.self();
        boolean nobody = true;
        for (Member member : Sampling.pick(table, missing, random, this::eligible)) {
            nobody = false;
            long stream = STREAMS | ++lastStream;
            streams.put(stream, new Watch(member.name(), now, true));
            out.open(stream, member.address(), new StreamMessage.Guard(self.name(), self.incarnation()));
        }
        if (nobody) {
            failures = 0;
        }
    }

    /** One stream between two members is enough: it is watched from both ends. */
    private boolean eligible(Member member) {
        return member.state() == MemberState.ALIVE
                && !member.leaving()
                && !membership.isSelf(member)
                && !watches(member.name())
                && peers.can(member, Peers.Ability.GUARDS);
    }

    /** This node leaves: whoever will notice the end of its streams hears first why they end. */
    public void sayGoodbye(Outbox out) {
        Member self = membership.self();
        for (Watch watch : streams.values()) {
            Member member = table.find(watch.name());
            if (member != null) {
                out.send(member.address(), new Message.Dead(self.name(), self.incarnation(), self.name()));
            }
        }
    }

    /**
     * Closes those of whoever has left, failed, or is still unknown a stream timeout after it came; all, once this node has
     * left. The other end takes it for a break, looks, and finds this node alive, or knows that it has left.
     */
    private void closeUseless(long now, Outbox out) {
        boolean gone = !membership.self().state().live();
        for (Iterator<Map.Entry<Long, Watch>> all = streams.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, Watch> each = all.next();
            Watch watch = each.getValue();
            Member member = table.find(watch.name());
            boolean live = member != null && member.state().live();
            if (gone || (!live && settled(watch, now))) {
                all.remove();
                out.close(each.getKey());
            }
        }
    }

    /** Somebody wants to guard this node, and to be guarded. */
    public void onRequest(long stream, StreamMessage.Guard guard, long now, Outbox out) {
        Member known = table.find(guard.node());
        String objection = null;
        if (guard.node().equals(membership.self().name())) {
            objection = "this is " + guard.node();
        } else if (known != null && Incarnation.newer(known.incarnation(), guard.incarnation())) {
            objection = "a later process has the name " + guard.node();
        } else {
            closeWard(guard.node(), out);
            if (streams.size() - own() >= MAX_WARDS) {
                objection = "this node guards " + MAX_WARDS + " others";
            }
        }
        if (objection == null) {
            streams.put(stream, new Watch(guard.node(), now, false));
        } else {
            counters.count(Counter.WARDS_REFUSED);
            out.reply(stream, new StreamMessage.Refusal(objection));
        }
    }

    /** Of two streams that a member has opened, the older one is a leftover. */
    private void closeWard(String name, Outbox out) {
        for (Map.Entry<Long, Watch> each : streams.entrySet()) {
            if (!each.getValue().own() && each.getValue().name().equals(name)) {
                streams.remove(each.getKey());
                out.close(each.getKey());
                return;
            }
        }
    }

    /** A guard stream of this node did not come about. Only a refused connection says something about the member. */
    public void onFailed(long stream, StreamFailure failure, long now, Outbox out) {
        Watch watch = streams.remove(stream);
        if (watch != null) {
            counters.count(Counter.GUARDS_FAILED);
            pause(now);
            if (failure == StreamFailure.REFUSED) {
                look(watch.name(), now, out);
            }
        }
    }

    /** A guard stream broke: look at once. */
    public void onBroken(long stream, long now, Outbox out) {
        Watch watch = streams.remove(stream);
        if (watch != null) {
            counters.count(Counter.GUARDS_BROKEN);
            if (watch.own() && !settled(watch, now)) {
                pause(now);
            }
            look(watch.name(), now, out);
        }
    }

    /** A member that has gone, or says that it is about to, needs no look. */
    private void look(String name, long now, Outbox out) {
        Member member = table.find(name);
        boolean selfGone = !membership.self().state().live();
        if (selfGone || member == null || !member.state().live() || member.leaving()) {
            return;
        }
        if (looks == MAX_LOOKS) {
            counters.count(Counter.GUARD_LOOKS_DROPPED);
            return;
        }
        looks++;
        verifier.verify(member, now, out);
    }

    private void pause(long now) {
        failures = Math.min(failures + 1, MAX_DOUBLINGS);
        pausedUntil = now + (config.protocolPeriodNanos() << failures);
    }

    /** Whether the stream has lasted longer than opening one can take. */
    private boolean settled(Watch watch, long now) {
        return now - watch.since() > config.streamTimeoutNanos();
    }

    private boolean watches(String name) {
        for (Watch watch : streams.values()) {
            if (watch.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private int own() {
        int own = 0;
        for (Watch watch : streams.values()) {
            own += watch.own() ? 1 : 0;
        }
        return own;
    }
}
