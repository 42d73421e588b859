package dev.hearsay.api.node;

import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.query.Question;
import dev.hearsay.core.query.Replies;
import dev.hearsay.wire.QueryFilters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What Serf adds to a node: the queries it asks, and Serf's own queries, which the application does not see. On the loop,
 * unless said otherwise.
 */
final class SerfLayer {
    private final NodeCluster<?> cluster;
    private final ClusterKeys keys;
    private final NameVotes votes;
    private final Map<Long, Asking> asking = new HashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();

    SerfLayer(NodeCluster<?> cluster, ClusterKeys keys, NameVotes votes) {
        this.cluster = cluster;
        this.keys = keys;
        this.votes = votes;
    }

    /** Asks the members, for an application; any thread. */
    CompletableFuture<QueryResult> ask(QueryRequest request, QueryListener listener) {
        boolean reachability =
                request.name().equals(Replies.PING) && request.payload().length() == 0;
        if (request.name().startsWith(Replies.INTERNAL) && !reachability) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("Queries cannot contain the '" + Replies.INTERNAL + "' prefix"));
        }
        List<Bytes> filters;
        try {
            filters = QueryFilters.encode(request.nodes(), request.tags());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return ask(
                new Question(
                        request.name(),
                        request.payload(),
                        filters,
                        request.ack(),
                        request.timeout().toNanos(),
                        request.relayFactor()),
                listener);
    }

    /** Asks the members; any thread. */
    CompletableFuture<QueryResult> ask(Question question, QueryListener listener) {
        CompletableFuture<QueryResult> result = cluster.promise();
        long number = lastNumber.incrementAndGet();
        Asking query = new Asking(cluster.driver, listener, result, cluster.callbacks(), cluster.listenerDropped);
        var unused = result.whenComplete((any, failure) -> {
            if (failure != null) {
                cluster.command(() -> abandon(number));
            }
        });
        cluster.command(() -> {
            asking.put(number, query);
            cluster.attempt(result, (node, now, out) -> node.ask(number, question, now, out));
        });
        return result;
    }

    private void abandon(long number) {
        Asking query = asking.remove(number);
        if (query != null) {
            query.abandon();
            cluster.driver.turn((node, now, out) -> node.cancelQuery(number));
        }
    }

    /** What the node said, if it is about Serf's layer. Returns the query that concerns the application, or null. */
    @Nullable Incoming on(Event event) {
        if (event instanceof Event.QueryAcked ack) {
            Asking query = asking.get(ack.number());
            if (query != null) {
                query.acked(ack);
            }
        } else if (event instanceof Event.QueryAnswered answer) {
            Asking query = asking.get(answer.number());
            if (query != null) {
                query.answered(answer);
            }
        } else if (event instanceof Event.QueryEnded end) {
            Asking query = asking.remove(end.number());
            if (query != null) {
                query.ended(end);
            }
        } else if (event instanceof Event.NameConflict conflict) {
            votes.onConflict(conflict, this);
        } else if (event instanceof Event.QueryAsked asked) {
            Incoming query = new Incoming(cluster, asked);
            if (!asked.name().startsWith(Replies.INTERNAL)) {
                return query;
            }
            if (!votes.answer(query)) {
                keys.offer(query);
            }
        }
        return null;
    }
}
