package dev.hearsay.api;

import dev.hearsay.core.Suspected;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.wire.WireConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One node's view of its cluster, and what it can do there.
 *
 * <p>Every method may be called from any thread, also from inside a {@link Listener}; none blocks. Reads come from an
 * immutable snapshot that is published after each change. Futures complete on the application's executor.
 */
public interface Cluster extends AutoCloseable {
    /** How many Lamport times back user events are remembered, for members that come later (Serf's {@code EventBuffer}). */
    int MAX_REMEMBERED_EVENTS = 512;

    /** This node as a member. */
    ClusterMember self();

    /** Everybody this node knows, itself included, failed and departed members too, ordered by name. Immutable. */
    List<ClusterMember> members();

    /** The member with that name, if known. */
    default Optional<ClusterMember> member(String name) {
        return members().stream().filter(m -> m.name().equals(name)).findFirst();
    }

    /**
     * Joins through seeds: all are tried at once, and each gets a result of its own. A seed is {@code host}, {@code
     * host:port}, {@code [ipv6]:port} or {@code ipv6}; a DNS name stands for all its addresses. Without a port, this
     * node's own port is meant.
     *
     * <p>The future completes normally when every seed has answered or failed, within the stream timeout, even if all
     * failed: see {@link JoinResult#orThrow()}. Cancelling it abandons the attempts still under way.
     *
     * @throws IllegalArgumentException if a seed cannot be understood; the message names it
     */
    default CompletableFuture<JoinResult> join(Collection<String> seeds) {
        return join(seeds, false);
    }

    /**
     * Joins through seeds; see {@link #join(Collection)}.
     *
     * @param replay whether to hear user events again that the cluster remembers from before this node joined; otherwise
     *     only later ones
     */
    CompletableFuture<JoinResult> join(Collection<String> seeds, boolean replay);

    /** Joins through seeds; see {@link #join(Collection)}. */
    default CompletableFuture<JoinResult> join(String... seeds) {
        return join(Arrays.asList(seeds));
    }

    /**
     * Calls the listener for every event from now on, one at a time, in order, on the application's executor. A slow
     * listener delays itself only: up to {@value Listener#MAX_PENDING} events wait for it, then the oldest is dropped and
     * counted.
     *
     * @return closes the subscription; no call begins after it returned
     */
    Subscription listen(Listener listener);

    /** Calls for every user event from now on; see {@link #listen}. */
    default Subscription onUserEvent(Consumer<? super UserEvent> action) {
        return listen(new Listener() {
            @Override
            public void onEvent(MemberEvent event) {}

            @Override
            public void onUserEvent(UserEvent event) {
                action.accept(event);
            }
        });
    }

    /** Calls for every query of that name from now on; see {@link #listen}. */
    default Subscription onQuery(String name, Consumer<? super IncomingQuery> action) {
        return listen(new Listener() {
            @Override
            public void onEvent(MemberEvent event) {}

            @Override
            public void onQuery(IncomingQuery query) {
                if (query.name().equals(name)) {
                    action.accept(query);
                }
            }
        });
    }

    /**
     * Replaces this node's tags and tells the others.
     *
     * @throws IllegalArgumentException if the encoded tags exceed 512 bytes, less 5 for this node's capabilities; the
     *     message says how many there are
     */
    CompletableFuture<Void> tags(Map<String, String> tags);

    /**
     * Says goodbye: the others will see this node as left, not as failed. Completes when everybody could have heard; this
     * node still answers until {@link #close()}.
     */
    CompletableFuture<Void> leave();

    /**
     * Has a failed member regarded as left, so that nobody tries to reach it again (Serf's force-leave). A live member
     * refutes it. Completes with whether the member was known.
     *
     * @param prune also forget it at once
     */
    CompletableFuture<Boolean> forceLeave(String name, boolean prune);

    /**
     * Tells everybody that something happened (Serf's user event): each member, this one included, hears it once. Spread by
     * gossip, it reaches all but with a small probability at once, and the others with their next push/pull, unless
     * {@link #MAX_REMEMBERED_EVENTS} later ones have come meanwhile.
     *
     * @param name what happened; name and payload together have at most 512 bytes, unless configured otherwise
     * @param coalesce whether of several with this name in quick succession only the last matters
     * @return completes when the node has taken it; exceptionally with {@link IllegalArgumentException} above a limit, with
     *     {@link IllegalStateException} on bare memberlist
     */
    CompletableFuture<Void> event(String name, byte[] payload, boolean coalesce);

    /** Tells everybody that something happened, each time it does; see {@link #event(String, byte[], boolean)}. */
    default CompletableFuture<Void> event(String name, byte[] payload) {
        return event(name, payload, false);
    }

    /**
     * Asks the members something (Serf's query). Whoever is asked and {@linkplain Listener#onQuery listens} may answer once;
     * this node, too. It ends when all have answered that were asked, or with the timeout.
     *
     * @param listener hears answers as they come
     * @return completes when the query has ended, never exceptionally for want of answers; with
     *     {@link IllegalArgumentException} above a limit or for an expression that is none, with
     *     {@link IllegalStateException} on bare memberlist. Cancelling it ends the query
     */
    CompletableFuture<QueryResult> query(QueryRequest request, QueryListener listener);

    /** Asks the members something; see {@link #query(QueryRequest, QueryListener)}. */
    default CompletableFuture<QueryResult> query(QueryRequest request) {
        return query(request, QueryListener.SILENT);
    }

    /** Changes the encryption keys of all members. */
    Keys keys();

    /**
     * What the cluster knows beside its members.
     *
     * @throws IllegalStateException on bare memberlist
     */
    State state();

    /**
     * The network coordinate of a member, this one included, as it said when it last answered a ping of this node; empty if it
     * has not yet, or if coordinates are disabled here or there.
     */
    CompletableFuture<Optional<Coordinate>> coordinate(String member);

    /** The coordinates of all members of which this node has one, by name; see {@link #coordinate}. Sorted by name. */
    CompletableFuture<Map<String, Coordinate>> coordinates();

    /** Estimated round trip between two members, from their coordinates; empty if one has none. */
    default CompletableFuture<Optional<Duration>> roundTrip(String one, String other) {
        return coordinate(one)
                .thenCombine(
                        coordinate(other),
                        (from, to) -> from.flatMap(start ->
                                to.filter(start::compatible).map(end -> Duration.ofNanos(start.distanceNanos(end)))));
    }

    /** Who is under suspicion at this moment, by whose word, and for how long still; in no order. */
    CompletableFuture<List<Suspected>> suspicions();

    /**
     * How suspicious the silence of each member is at this moment, by name: 0 and more, to be read as "wrong once in 10^phi
     * times" ({@link dev.hearsay.core.detector.PhiAccrual}). Of the members that this node judges by their heartbeats ({@link
     * dev.hearsay.core.HeartbeatConfig}): none where members are probed. Sorted by name.
     */
    CompletableFuture<Map<String, Double>> phi();

    /** How suspicious that member's silence is; empty if it is not judged by its heartbeats. See {@link #phi()}. */
    default CompletableFuture<OptionalDouble> phi(String member) {
        return phi().thenApply(all -> {
            Double phi = all.get(member);
            return phi == null ? OptionalDouble.empty() : OptionalDouble.of(phi);
        });
    }

    /** What goes around messages now: keys, label, compression. */
    WireConfig wire();

    /**
     * Puts something else around messages, from the next packet and the next stream on; this is how a key is rotated while
     * the node runs: install the new key on all members, then use it on all, then remove the old one.
     *
     * @param change called once, with what is there now; changes wait for each other
     * @throws IllegalArgumentException if it changes whether Serf is the layer above
     */
    void wire(UnaryOperator<WireConfig> change);

    /** Figures about this node, by name: what {@code hearsay info} prints under "serf". */
    Map<String, String> stats();

    /** Completes when this node has stopped, for whatever reason; exceptionally if a broken invariant stopped it. */
    CompletableFuture<Void> closed();

    /** Stops at once, without saying goodbye: the others will see this node as failed. Repeating it has no effect. */
    @Override
    void close();

    /** Hears what happens in the cluster. */
    @FunctionalInterface
    interface Listener {
        /** How many events wait for a slow listener before the oldest is dropped. */
        int MAX_PENDING = 4096;

        /** Called when something happened to a member. What it throws is logged and otherwise ignored. */
        void onEvent(MemberEvent event);

        /** Called when a member, perhaps this one, told everybody something; likewise. */
        default void onUserEvent(UserEvent event) {}

        /** Called when a member, perhaps this one, asks something; who has no answer does nothing. Likewise. */
        default void onQuery(IncomingQuery query) {}
    }

    /** Stops a listener from being called. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
