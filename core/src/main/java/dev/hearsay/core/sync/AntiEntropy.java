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
import dev.hearsay.core.membership.Claim;
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

    /** Exchanges this node began, by stream. */
    private final Map<Long, Exchange> open = new HashMap<>();

    private static final long NO_JOIN = -1;
    private long lastStream;
    private int exchanges;

    /** With whom, and the join it serves or {@link #NO_JOIN}. */
    private record Exchange(long join, Address with) {}

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

    /**
     * Begins the periodic exchanges, each kind at a random phase; an interval of 0 means never.
     *
     * @param young whether this node does not know the others yet
     */
    public void start(boolean young, Outbox out) {
        if (!young) {
            exchanges = YOUTH;
            membership.growUp();
        }
        if (config.pushPullIntervalNanos() > 0) {
            long first = young ? pushPullDelay() : random.delayBelow(pushPullInterval());
            out.schedule(first, new Timer.PushPullTick());
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
                Sampling.pickLive(table, 1, random, m -> !membership.isSelf(m) && m.state() == MemberState.ALIVE);
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
        int failed = table.failed();
        if (failed == 0 || membership.leaving() || random.below(Math.max(1, table.live())) >= failed) {
            return;
        }
        Member chosen = table.at(table.live() + random.below(failed));
        begin(NO_JOIN, true, chosen.address(), out);
    }

    /**
     * Somebody begins an exchange: answer with what is known before taking over what it says. Also somebody whom this node
     * cannot merge with is answered: our versions tell him why.
     */
    public void onRequest(long stream, PushPull remote, long now, Outbox out) {
        Claim stranger = stranger(remote.claims(), null);
        if (stranger != null) {
            out.reply(stream, local(remote.join()));
            counters.count(Counter.VERSIONS_REJECTED);
            out.emit(refused(stranger));
            return;
        }
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
        Exchange exchange = open.remove(stream);
        if (exchange == null) {
            return;
        }
        Claim stranger = stranger(remote.claims(), exchange.with);
        if (stranger != null) {
            counters.count(Counter.VERSIONS_REJECTED);
            Event.MergeRefused refused = refused(stranger);
            failed(exchange, StreamFailure.INCOMPATIBLE, refused.reason(), out);
            if (exchange.join == NO_JOIN) {
                out.emit(refused);
            }
            return;
        }
        String refusal = exchange.join != NO_JOIN ? refuseMerge(remote) : null;
        if (refusal != null) {
            out.emit(new Event.SeedFailed(exchange.join, StreamFailure.REJECTED, refusal));
            return;
        }
        merge(remote, now, out);
        if (exchange.join != NO_JOIN) {
            out.emit(new Event.SeedJoined(exchange.join, table.live()));
        }
    }

    /** An exchange that this node began gave nothing. */
    public void onFailed(long stream, StreamFailure failure, String detail, Outbox out) {
        Exchange exchange = open.remove(stream);
        if (exchange != null) {
            failed(exchange, failure, detail, out);
        }
    }

    private void failed(Exchange exchange, StreamFailure failure, String detail, Outbox out) {
        counters.count(Counter.PUSH_PULLS_FAILED);
        if (exchange.join != NO_JOIN) {
            out.emit(new Event.SeedFailed(exchange.join, failure, detail));
        }
    }

    /**
     * Somebody who shows that the other side belongs to a cluster which this node cannot merge with: the member at its
     * address or, where that is unknown or translated, any live one if there is none that this node could talk to. Null if
     * it can merge; single members whose versions do not fit are then ignored one by one.
     */
    private @Nullable Claim stranger(List<Claim> claims, @Nullable Address with) {
        Member self = membership.self();
        Claim stranger = null;
        boolean friends = false;
        for (Claim claim : claims) {
            if (!claim.state().live() || claim.node().equals(self.name())) {
                continue;
            }
            boolean compatible = self.versions().compatible(claim.versions());
            if (with != null && claim.address().equals(with)) {
                return compatible ? null : claim;
            }
            friends |= compatible;
            stranger = compatible ? stranger : claim;
        }
        return friends ? null : stranger;
    }

    private Event.MergeRefused refused(Claim stranger) {
        Member self = membership.self();
        String reason = self.versions().objection(self.name(), stranger.node(), stranger.versions());
        return new Event.MergeRefused(stranger.node(), stranger.address(), reason);
    }

    private void begin(long join, boolean joining, Address to, Outbox out) {
        long stream = ++lastStream;
        open.put(stream, new Exchange(join, to));
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
