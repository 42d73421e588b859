package dev.hearsay.core.sync;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Intents;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Merge;
import dev.hearsay.core.membership.Sampling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the whole member list with one other member at a time: to join, periodically, and to find out whether a
 * member that failed has come back (a partition that healed).
 */
public final class AntiEntropy {
    private static final int UNSTRETCHED_MEMBERS = 32;
    private static final int UNSTRETCHED_LOG2 = 5;

    /** A node is young until it has begun so many periodic exchanges; the first comes after interval / 2^YOUTH. */
    private static final int YOUTH = 5;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Merge merge;
    private final Admission admission;
    private final Delegate delegate;
    private final Intents intents;
    private final Counters counters;
    private final Prng random;

    /** Exchanges this node began: per stream, the join it serves, or {@link #NO_JOIN}. */
    private final Map<Long, Long> open = new HashMap<>();

    private static final long NO_JOIN = -1;
    private long lastStream;
    private int exchanges;

    /** Makes the anti-entropy of a node; {@link #start} begins the periodic exchanges. */
    public AntiEntropy(
            Config config,
            MemberTable table,
            Membership membership,
            Admission admission,
            Delegate delegate,
            Intents intents,
            Counters counters,
            Prng random) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.merge = new Merge(table, membership, counters);
        this.admission = admission;
        this.delegate = delegate;
        this.intents = intents;
        this.counters = counters;
        this.random = random;
    }

    /** Begins the periodic exchanges, each kind at a random phase; an interval of 0 means never. */
    public void start(Outbox out) {
        if (config.pushPullIntervalNanos() > 0) {
            out.schedule(pushPullDelay(), new Timer.PushPullTick());
        } else {
            // Without exchanges there is nothing to wait for: gossip alone has to reach everybody.
            membership.growUp();
        }
        if (config.reconnectIntervalNanos() > 0) {
            out.schedule(random.delayBelow(config.reconnectIntervalNanos()), new Timer.ReconnectTick());
        }
    }

    /** Joins through a seed; answers with an event that carries the join's number. */
    public void join(long join, Address seed, Outbox out) {
        begin(join, true, seed, out);
    }

    /** The periodic exchange with a random live member. */
    public void onPushPullTick(Outbox out) {
        List<Member> partner =
                Sampling.pick(table, 1, random, m -> !membership.isSelf(m) && m.state() == MemberState.ALIVE);
        if (!partner.isEmpty()) {
            grow();
        }
        out.schedule(pushPullDelay(), new Timer.PushPullTick());
        if (!partner.isEmpty()) {
            begin(NO_JOIN, false, partner.get(0).address(), out);
        }
    }

    /**
     * Tries a random failed member, with the probability failed / live: all members together try about as often as there
     * are failed ones, however large the cluster (Serf {@code reconnect}).
     */
    public void onReconnectTick(Outbox out) {
        out.schedule(config.reconnectIntervalNanos(), new Timer.ReconnectTick());
        int failed = 0;
        for (int i = 0; i < table.size(); i++) {
            failed += table.at(i).state() == MemberState.DEAD ? 1 : 0;
        }
        if (failed == 0 || membership.leaving() || random.below(Math.max(1, table.live())) >= failed) {
            return;
        }
        int chosen = random.below(failed);
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            if (member.state() == MemberState.DEAD && chosen-- == 0) {
                begin(NO_JOIN, true, member.address(), out);
            }
        }
    }

    /** Somebody begins an exchange: answer with what is known before taking over what it says. */
    public void onRequest(long stream, PushPull remote, long now, Outbox out) {
        String refusal = remote.join() ? refuseMerge(remote) : null;
        if (refusal != null) {
            out.reply(stream, new StreamMessage.Refusal(refusal));
            return;
        }
        out.reply(stream, local(remote.join()));
        merge(remote, now, out);
    }

    /** The other side of an exchange that this node began. */
    public void onReply(long stream, PushPull remote, long now, Outbox out) {
        Long join = open.remove(stream);
        if (join == null) {
            return;
        }
        String refusal = join != NO_JOIN ? refuseMerge(remote) : null;
        if (refusal != null) {
            out.emit(new Event.SeedFailed(join, StreamFailure.REJECTED, refusal));
            return;
        }
        merge(remote, now, out);
        if (join != NO_JOIN) {
            out.emit(new Event.SeedJoined(join, table.live()));
        }
    }

    /** An exchange that this node began gave nothing. */
    public void onFailed(long stream, StreamFailure failure, String detail, Outbox out) {
        Long join = open.remove(stream);
        if (join == null) {
            return;
        }
        counters.count(Counter.PUSH_PULLS_FAILED);
        if (join != NO_JOIN) {
            out.emit(new Event.SeedFailed(join, failure, detail));
        }
    }

    private void begin(long join, boolean joining, Address to, Outbox out) {
        long stream = ++lastStream;
        open.put(stream, join);
        out.open(stream, to, local(joining));
    }

    private void merge(PushPull remote, long now, Outbox out) {
        counters.count(Counter.PUSH_PULLS);
        merge.apply(remote.claims(), now, out);
        if (remote.upper() instanceof StreamMessage.IntentState state && delegate.serf()) {
            intents.merge(state, membership, now, out);
        } else if (remote.upper() instanceof StreamMessage.UserState state && !delegate.serf()) {
            out.emit(new Event.RemoteState(state.content(), remote.join()));
        } else if (remote.upper() != null) {
            counters.count(Counter.USER_MESSAGES_UNKNOWN);
        }
    }

    private @Nullable String refuseMerge(PushPull remote) {
        String refusal = admission.refuseMerge(remote.claims());
        if (refusal != null) {
            counters.count(Counter.MERGES_REFUSED);
        }
        return refusal;
    }

    private PushPull local(boolean join) {
        return new PushPull(join, membership.claims(), upper(join));
    }

    private StreamMessage.@Nullable UpperState upper(boolean join) {
        if (delegate.serf()) {
            return intents.state();
        }
        Bytes state = delegate.localState(join);
        return state.length() == 0 ? null : new StreamMessage.UserState(state);
    }

    private void grow() {
        exchanges = Math.min(YOUTH, exchanges + 1);
        if (exchanges == YOUTH) {
            membership.growUp();
        }
    }

    /**
     * Until the next periodic exchange. A young node asks often, each time after twice the pause: of those that joined
     * along with it, its seed did not know all, and what is missing is squared with each exchange. The pauses vary by
     * half, so that nodes that started together do not stay in step.
     */
    private long pushPullDelay() {
        if (exchanges == YOUTH) {
            return pushPullInterval();
        }
        long pause = config.pushPullIntervalNanos() >> (YOUTH - exchanges);
        return pause / 2 + random.delayBelow(pause);
    }

    /** Stretched in large clusters, so that the load of an exchange, which grows with n, comes less often. */
    private long pushPullInterval() {
        int n = table.live();
        if (n <= UNSTRETCHED_MEMBERS) {
            return config.pushPullIntervalNanos();
        }
        int log2 = Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
        return config.pushPullIntervalNanos() * (log2 - UNSTRETCHED_LOG2 + 1);
    }
}
