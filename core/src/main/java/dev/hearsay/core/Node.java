package dev.hearsay.core;

import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.coordinate.Coordinates;
import dev.hearsay.core.detector.Answering;
import dev.hearsay.core.detector.FailureDetector;
import dev.hearsay.core.detector.Guards;
import dev.hearsay.core.detector.Heartbeats;
import dev.hearsay.core.detector.PingNumbers;
import dev.hearsay.core.detector.Suspicions;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.dissemination.Forwarding;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.event.UserEvents;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Intents;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.membership.Reaper;
import dev.hearsay.core.membership.SummedTable;
import dev.hearsay.core.query.Heard;
import dev.hearsay.core.query.Queries;
import dev.hearsay.core.query.Question;
import dev.hearsay.core.query.Replies;
import dev.hearsay.core.state.SharedState;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.sync.AntiEntropy;
import dev.hearsay.core.sync.LayerAbove;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One member's protocol: the state machine that a driver runs. It routes inputs to the components and owns nothing else.
 *
 * <p>Not thread-safe: one thread at a time, and never from inside a call to the {@link Outbox}. {@code now} is a
 * monotonic clock in nanoseconds with any origin; it never runs backwards. Call {@link #start} once, before anything
 * else.
 */
public final class Node {
    /** The length of answers to a packet whose sender is authenticated. */
    public static final int ANY_LENGTH = Integer.MAX_VALUE;

    /** The numbers of streams that peers opened begin here; those of the node's own are below. */
    public static final long ACCEPTED_STREAMS = 1L << 40;

    static final long REAP_INTERVAL_NANOS = 15_000_000_000L;

    private final MemberTable members;
    final Counters counters = new Counters();
    final Dissemination dissemination;
    final Gossip gossip;
    final Forwarding forwarding;
    final Intents intents;
    final Suspicions suspicions;
    final Membership membership;
    final Answering answering;
    final FailureDetector detector;
    final Heartbeats heartbeats;
    final Guards guards;
    final AntiEntropy antiEntropy;
    final Reaper reaper;
    final Departure departure;
    final UserMessages userMessages;
    final UserEvents userEvents;
    final Queries queries;
    final Replies replies;
    final SharedState state;
    final Heard heard;
    final Coordinates coordinates;
    private final AnswerBudget answers = new AnswerBudget();
    private final Router router = new Router(this);
    private final StreamRouter streams;

    /** Makes a node with Serf above it, which takes anybody for a member; see the other constructor. */
    public Node(Identity self, Config config, MemberTable table, Sizes sizes, long seed) {
        this(self, config, table, sizes, seed, Peers.PLAIN, Admission.ANYBODY, Delegate.SERF);
    }

    /**
     * Makes a node; nothing happens before {@link #start}.
     *
     * @param self who this node is
     * @param config how it behaves
     * @param members an empty table, owned by this node from now on
     * @param sizes what messages cost on the wire
     * @param seed of this node's random numbers: equal seeds and inputs give equal outputs
     * @param peers what members can do beyond memberlist
     * @param admission who may become a member
     * @param delegate the layer above
     */
    public Node(
            Identity self,
            Config config,
            MemberTable members,
            Sizes sizes,
            long seed,
            Peers peers,
            Admission admission,
            Delegate delegate) {
        Prng random = new Prng(seed);
        this.members = members;
        SummedTable table = new SummedTable(members);
        dissemination = new Dissemination(config, table, sizes, counters);
        gossip = new Gossip(self.name(), config, table, dissemination, sizes, random);
        forwarding = new Forwarding(config, dissemination, gossip);
        intents = new Intents(table, dissemination, delegate.serf(), counters);
        suspicions = new Suspicions(self.name(), config, table, counters, random);
        membership =
                new Membership(self, table, config, admission, dissemination, suspicions, intents, counters, random);
        PingNumbers numbers = new PingNumbers(new Prng(~seed).nextInt());
        boolean places = delegate.serf() && delegate.serfConfig().coordinates();
        coordinates = new Coordinates(places, counters, new Prng(Prng.mix(seed + 1)));
        answering =
                new Answering(config, table, membership, admission, gossip, answers, coordinates, counters, numbers);
        detector = new FailureDetector(
                config, table, membership, suspicions, gossip, answering, coordinates, counters, random, numbers);
        // Without Serf, metadata is the application's: nothing in it can be believed to be ours.
        Peers able = delegate.serf() ? peers : Peers.PLAIN;
        heartbeats = new Heartbeats(config, table, membership, suspicions, gossip, able, counters, new Prng(~seed + 3));
        detector.leaveTo(heartbeats::judges);
        membership.verifyWith(detector);
        guards = new Guards(config, table, membership, able, detector, counters, new Prng(Prng.mix(seed)));
        IntSupplier longest = () -> UserMessages.maxPart(config, sizes);
        Prng choice = new Prng(Prng.mix(seed + 2));
        userEvents = new UserEvents(delegate.serfConfig(), sizes, longest, dissemination, counters);
        heard = new Heard(counters);
        queries = new Queries(config, table, membership, delegate, sizes, longest, heard, counters, choice);
        replies = new Replies(
                table, membership, delegate, sizes, longest, heard, queries, answers, dissemination, counters, choice);
        LayerAbove above = new LayerAbove(delegate, membership, intents, userEvents, heard, counters);
        antiEntropy = new AntiEntropy(config, table, membership, able, admission, above, counters, random);
        reaper = new Reaper(config, table, membership);
        departure = new Departure(config, table, membership, intents, dissemination, gossip, guards);
        userMessages = new UserMessages(config, sizes, delegate, dissemination, gossip, counters);
        StateConfig shared = delegate.serf() ? delegate.stateConfig() : StateConfig.OFF;
        state = new SharedState(
                self.name(), shared, config, table, able, sizes, counters, new Prng(Prng.mix(seed + 3)));
        streams = new StreamRouter(this, router);
    }

    /** Begins: this node is its own first member, and its timers start. */
    public void start(long now, Outbox out) {
        start(List.of(), now, out);
    }

    /**
     * Begins as a member that has been there for long: it knows those members, is known to them, and has nothing to tell.
     * A node that was away, and remembers them, should {@link #join} after that, since they may have given it up.
     *
     * @param known what to believe of other members; a claim about this node itself is ignored. Nobody: {@link #start(long,
     *     Outbox)}
     */
    public void start(List<Claim> known, long now, Outbox out) {
        membership.start(known, now, out);
        detector.start(out);
        heartbeats.start(now, out);
        guards.start(now, out);
        gossip.start(out);
        antiEntropy.start(known.isEmpty(), out);
        state.start(now, out);
        out.schedule(REAP_INTERVAL_NANOS, new Timer.ReapTick());
        forwarding.afterInput(now, out);
    }

    /**
     * A packet has arrived.
     * @param answerBytes how long all answers to it may be together: its own length, or {@link #ANY_LENGTH} if it was
     *     encrypted with a key of the cluster
     */
    public void onMessage(Address from, Message message, int answerBytes, long now, Outbox out) {
        answers.refill(answerBytes);
        message.deliver(from, router, now, out);
        forwarding.afterInput(now, out);
    }

    /**
     * A peer opened a stream. Answered with {@link Outbox#reply} during this call, or not at all. A request that
     * {@linkplain StreamMessage#holds holds} its stream keeps it unless it is answered or {@linkplain Outbox#close closed}.
     * @param stream chosen by the driver, above {@link #ACCEPTED_STREAMS}, unique among the streams that peers have open
     */
    public void onStreamRequest(long stream, StreamMessage request, long now, Outbox out) {
        request.deliver(stream, streams.requests, now, out);
        forwarding.afterInput(now, out);
    }

    /** The reply on a stream that this node opened. */
    public void onStreamReply(long stream, StreamMessage reply, long now, Outbox out) {
        reply.deliver(stream, streams.replies, now, out);
        forwarding.afterInput(now, out);
    }

    /**
     * A stream that this node opened ended without a reply.
     *
     * @param detail for a person; may be empty
     */
    public void onStreamFailed(long stream, StreamFailure failure, String detail, long now, Outbox out) {
        streams.onFailed(stream, failure, detail, now, out);
        forwarding.afterInput(now, out);
    }

    /** A request that expects no reply has been handed over to the peer's machine. */
    public void onStreamSent(long stream, long now, Outbox out) {
        userMessages.onStreamSent(stream, out);
    }

    /** A held stream, whoever opened it, has ended from the other side, or on the way. */
    public void onStreamBroken(long stream, long now, Outbox out) {
        guards.onBroken(stream, now, out);
    }

    /** A timer has come due. */
    public void onTimer(Timer timer, long now, Outbox out) {
        timer.fire(router, now, out);
        forwarding.afterInput(now, out);
    }

    /** A packet to that address did not leave this machine: no route, no permission, an interface that is down. */
    public void onSendFailed(Address to, long now, Outbox out) {
        detector.onSendFailed(to, now, out);
    }

    /** The driver measured its own machine: about once a second, and when it was away at once, before what waited. */
    public void onLoad(Load load, long now, Outbox out) {
        suspicions.onLoad(load, now, out);
    }

    /**
     * Joins through a seed: one push/pull. Answers with {@link Event.SeedJoined} or {@link Event.SeedFailed} of that
     * number.
     *
     * @param join chosen by the driver, 0 or more
     * @param replay whether to hear user events again that the seed remembers
     */
    public void join(long join, Address seed, boolean replay, long now, Outbox out) {
        antiEntropy.join(join, seed, replay, out);
    }

    /**
     * Says goodbye to the cluster; {@link Event.LeaveCompleted} follows when everybody could have heard. Repeating it has
     * no effect.
     */
    public void leave(long now, Outbox out) {
        departure.begin(now, out);
        forwarding.afterInput(now, out);
    }

    /**
     * Announces new metadata.
     *
     * @throws IllegalArgumentException above {@value Identity#MAX_META_BYTES} bytes
     */
    public void updateMeta(Bytes meta, long now, Outbox out) {
        Identity.checkMeta(meta);
        membership.updateMeta(meta, out);
        forwarding.afterInput(now, out);
    }

    /**
     * Has a failed member regarded as left (Serf's force-leave). A live member refutes it.
     *
     * @param prune also forget it at once
     * @return false if no such member is known; the intent is spread all the same
     */
    public boolean forceLeave(String name, boolean prune, long now, Outbox out) {
        boolean known = intents.announceLeave(name, prune, membership, now, out);
        forwarding.afterInput(now, out);
        return known;
    }

    /**
     * Spreads a user message by gossip (memberlist's {@code QueueBroadcast}), from this node to members chosen at random,
     * until it has been sent to the transmit limit. The receivers do not repeat it.
     *
     * @param key a later message with the same key takes the place of this one; null for none
     * @throws IllegalArgumentException if it does not fit into a packet
     * @throws IllegalStateException if Serf is above
     */
    public void broadcast(@Nullable String key, Bytes content, long now, Outbox out) {
        userMessages.broadcast(key, content);
        forwarding.afterInput(now, out);
    }

    /**
     * Sends a user message in one packet, which may get lost (memberlist's {@code SendBestEffort}).
     *
     * @throws IllegalArgumentException if it does not fit into a packet
     * @throws IllegalStateException if Serf is above
     */
    public void sendUser(Address to, Bytes content, long now, Outbox out) {
        userMessages.send(to, content, out);
    }

    /**
     * Sends a user message over a stream (memberlist's {@code SendReliable}). Answers with {@link Event.UserMessageSent} or
     * {@link Event.UserMessageFailed} of that number.
     *
     * @param number chosen by the driver
     * @throws IllegalStateException if Serf is above
     */
    public void sendUserReliably(long number, Address to, Bytes content, long now, Outbox out) {
        userMessages.sendReliably(number, to, content, out);
    }

    /**
     * Goes on after the Lamport times that this node had reached before its process ended: what is older is no news. Only
     * before {@link #start}.
     */
    public void restore(long memberTime, long eventTime, long queryTime) {
        intents.restore(memberTime);
        userEvents.restore(eventTime);
        heard.restore(queryTime);
    }

    /**
     * Tells everybody that something happened (Serf's user event); this node hears it as well.
     *
     * @throws IllegalArgumentException above a limit
     * @throws IllegalStateException if Serf is not above
     */
    public void fire(String name, Bytes payload, boolean coalesce, long now, Outbox out) {
        userMessages.refuseWithoutSerf();
        forwarding.mail(userEvents.fire(name, payload, coalesce, out), now, out);
    }

    /**
     * Asks the members something (Serf's query), this node included. Answers with {@link Event.QueryAcked},
     * {@link Event.QueryAnswered} and in the end {@link Event.QueryEnded} of that number.
     *
     * @param number chosen by the driver
     * @throws IllegalArgumentException above a limit
     * @throws IllegalStateException if too many queries wait, or Serf is not above
     */
    public void ask(long number, Question question, long now, Outbox out) {
        userMessages.refuseWithoutSerf();
        Message.Query query = queries.ask(number, question, out);
        replies.onQuery(query, now, out);
        forwarding.mail(query, now, out);
    }

    /** Ends a query of this node without a word; no effect if it has ended. */
    public void cancelQuery(long number) {
        queries.cancel(number);
    }

    /**
     * Answers a query of that time and id ({@link Event.QueryAsked}), once.
     *
     * @throws IllegalArgumentException above a limit
     * @throws IllegalStateException if there was an answer before, or it is too late
     */
    public void answer(long time, int id, Bytes payload, long now, Outbox out) {
        replies.answer(time, id, payload, now, out);
    }

    /** This node's part in the shared state. */
    public SharedState state() {
        return state;
    }

    /** Where the member is in the network, this node included; null if that is not known. */
    public @Nullable Coordinate coordinate(String member) {
        return self().name().equals(member) ? coordinates.own() : coordinates.of(member);
    }

    /** How suspicious the member's silence is, where heartbeats are counted: {@link Heartbeats#phi}. */
    public OptionalDouble phi(String member, long now) {
        return heartbeats.phi(member, now);
    }

    /** Longest user message that fits into a packet, in bytes. It changes with the layers around messages. */
    public int maxUserMessage() {
        return userMessages.maxBytes();
    }

    /** This node as a member. */
    public Member self() {
        return membership.self();
    }

    /** Whom this node knows, itself included; read only, valid until the next input. */
    public MemberTable members() {
        return members;
    }

    /** What this node counted since it started. */
    public Counters counters() {
        return counters;
    }

    /** Figures at this moment. */
    public Vitals vitals() {
        return Vitals.of(this);
    }
}
