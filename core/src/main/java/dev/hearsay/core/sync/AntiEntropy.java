package dev.hearsay.core.sync;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.Delta;
import dev.hearsay.core.StreamMessage.Digest;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Merge;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.membership.Sampling;
import dev.hearsay.core.membership.SummedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the member list with one other member at a time: to join, periodically, and to find out whether a member that
 * failed has come back (a partition that healed). The periodic exchange with a member that can begins with a {@link Digest}:
 * when both believe the same, nothing else is sent, and when not, only what is in the parts that are different.
 *
 * <pre>
 *   this             partner
 *    |== digest ======&gt;|      the sum of all beliefs
 *    |&lt;===== digest ===|      the same sum: done; another: the sums of parts
 *    |== delta =======&gt;|      on a second stream: the claims in the parts that differ
 *    |&lt;====== delta ===|      and those of the partner
 * </pre>
 */
public final class AntiEntropy {
    private final Config config;
    private final SummedTable table;
    private final Digests digests;
    private final Peers peers;
    private final Membership membership;
    private final Merge merge;
    private final Admission admission;
    private final LayerAbove above;
    private final Counters counters;
    private final Prng random;
    private final Pace pace;

    /** Exchanges this node began, by stream. */
    private final Map<Long, Exchange> open = new HashMap<>();

    private static final long NO_JOIN = -1;
    private long lastStream;

    /** What an exchange may be answered with: the same as it was asked with. */
    private enum Kind {
        PUSH_PULL,
        DIGEST,
        DELTA
    }

    /**
     * The join it serves or {@link #NO_JOIN}, with whom, what the next answer must be, and whether the events that the
     * answer remembers are to be heard.
     */
    private record Exchange(long join, Address with, Kind kind, boolean replay) {
        static Exchange periodic(Address with, Kind kind) {
            return new Exchange(NO_JOIN, with, kind, true);
        }
    }

    /** Makes the anti-entropy of a node; {@link #start} begins the periodic exchanges. */
    public AntiEntropy(
            Config config,
            SummedTable table,
            Membership membership,
            Peers peers,
            Admission admission,
            LayerAbove above,
            Counters counters,
            Prng random) {
        this.config = config;
        this.table = table;
        this.digests = new Digests(table, above);
        this.membership = membership;
        this.peers = peers;
        this.merge = new Merge(table, membership, counters);
        this.admission = admission;
        this.above = above;
        this.counters = counters;
        this.random = random;
        this.pace = new Pace(config, table, random);
    }

    /**
     * Begins the periodic exchanges, each kind at a random phase; an interval of 0 means never.
     *
     * @param young whether this node does not know the others yet
     */
    public void start(boolean young, Outbox out) {
        if (!young) {
            pace.skipYouth();
            membership.growUp();
        }
        if (config.pushPullIntervalNanos() > 0) {
            out.schedule(pace.first(), new Timer.PushPullTick());
        } else {
            // Without exchanges there is nothing to wait for: gossip alone has to reach everybody.
            membership.growUp();
        }
        if (config.reconnectIntervalNanos() > 0) {
            out.schedule(random.delayBelow(config.reconnectIntervalNanos()), new Timer.ReconnectTick());
        }
    }

    /**
     * Joins through a seed; answers with an event that carries the join's number.
     *
     * @param replay whether to hear user events that the seed remembers
     */
    public void join(long join, Address seed, boolean replay, Outbox out) {
        begin(new Exchange(join, seed, Kind.PUSH_PULL, replay), true, out);
    }

    /** The periodic exchange with a random live member. */
    public void onPushPullTick(Outbox out) {
        List<Member> partner =
                Sampling.pickLive(table, 1, random, m -> !membership.isSelf(m) && m.state() == MemberState.ALIVE);
        if (partner.isEmpty()) {
            out.schedule(pace.next(false), new Timer.PushPullTick());
            return;
        }
        pace.begun();
        if (!pace.young()) {
            membership.growUp();
        }
        Address with = partner.get(0).address();
        boolean brief = !pace.young() && peers.can(partner.get(0), Peers.Ability.DIFFERENCES);
        out.schedule(pace.next(brief), new Timer.PushPullTick());
        if (brief) {
            ask(Exchange.periodic(with, Kind.DIGEST), digests.brief(), out);
        } else {
            begin(Exchange.periodic(with, Kind.PUSH_PULL), false, out);
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
        begin(Exchange.periodic(chosen.address(), Kind.PUSH_PULL), true, out);
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
        Exchange exchange = answered(stream, Kind.PUSH_PULL, out);
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
        if (!exchange.replay) {
            above.ignoreEventsOf(remote);
        }
        merge(remote, now, out);
        if (exchange.join != NO_JOIN) {
            out.emit(new Event.SeedJoined(exchange.join, table.live()));
        }
    }

    /** The exchange on that stream, which ends with this answer; null if there is none, or if this is no answer to it. */
    private @Nullable Exchange answered(long stream, Kind kind, Outbox out) {
        Exchange exchange = open.remove(stream);
        if (exchange == null || exchange.kind == kind) {
            return exchange;
        }
        counters.count(Counter.STREAMS_UNEXPECTED);
        failed(exchange, StreamFailure.MALFORMED, "another kind of answer than was asked for", out);
        return null;
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

    private void begin(Exchange exchange, boolean joining, Outbox out) {
        ask(exchange, local(joining), out);
    }

    private void ask(Exchange exchange, StreamMessage request, Outbox out) {
        long stream = ++lastStream;
        open.put(stream, exchange);
        out.open(stream, exchange.with, request);
    }

    /** Somebody asks whether this node believes the same. */
    public void onDigestRequest(long stream, Digest remote, Outbox out) {
        // First the clocks, which tell what events are still remembered.
        above.hear(remote);
        out.reply(stream, digests.agrees(remote) ? digests.brief() : digests.detailed());
    }

    /** The answer to a digest: nothing to do, or something to exchange. */
    public void onDigestReply(long stream, Digest remote, Outbox out) {
        Exchange exchange = answered(stream, Kind.DIGEST, out);
        if (exchange == null) {
            return;
        }
        above.hear(remote);
        Bytes parts = digests.differing(remote);
        int different = Digests.count(parts);
        if (different == 0 && (parts.length() == 0 || above.agrees(remote))) {
            counters.count(Counter.PUSH_PULLS);
            counters.count(Counter.PUSH_PULLS_EQUAL);
        } else if (different > parts.length() * Byte.SIZE / 2) {
            // Most of the list would be sent anyway.
            begin(Exchange.periodic(exchange.with, Kind.PUSH_PULL), false, out);
        } else {
            ask(Exchange.periodic(exchange.with, Kind.DELTA), local(parts), out);
        }
    }

    /** What another believes about members in some parts: answer with the same. */
    public void onDeltaRequest(long stream, Delta remote, long now, Outbox out) {
        out.reply(stream, local(remote.parts()));
        merge(remote.content(), now, out);
    }

    /** The other side's beliefs about the members in the parts that this node has asked for. */
    public void onDeltaReply(long stream, Delta remote, long now, Outbox out) {
        if (answered(stream, Kind.DELTA, out) != null) {
            merge(remote.content(), now, out);
        }
    }

    private Delta local(Bytes parts) {
        Predicate<Member> different = member -> Digests.within(parts, member.name());
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            if (different.test(member)) {
                claims.add(member.claim());
            }
        }
        return new Delta(parts, new PushPull(false, List.copyOf(claims), above.state(different)));
    }

    private void merge(PushPull remote, long now, Outbox out) {
        counters.count(Counter.PUSH_PULLS);
        merge.apply(remote.claims(), now, out);
        above.merge(remote, now, out);
    }

    private @Nullable String refuseMerge(PushPull remote) {
        String refusal = admission.refuseMerge(remote.claims());
        if (refusal != null) {
            counters.count(Counter.MERGES_REFUSED);
        }
        return refusal;
    }

    private PushPull local(boolean join) {
        return new PushPull(join, membership.claims(), above.state(join));
    }
}
