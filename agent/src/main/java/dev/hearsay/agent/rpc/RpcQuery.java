package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.query.Replies;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A query on behalf of a client: a reply to the request, then a record for each ack and each answer as they come, then one
 * that says it is over. Unlike Serf's, that comes when all have answered, and a moment later.
 *
 * <p>The reply says whether the query could be sent. That shows in the first thing that happens to it; a query to which nobody
 * answers counts as sent after {@value #REPLY_MILLIS} ms.
 */
final class RpcQuery implements QueryListener {
    /** How long the reply waits for a reason to refuse. */
    static final int REPLY_MILLIS = 100;

    /** The type of the last record. */
    static final String DONE_TYPE = "done";

    /**
     * How long the end waits after the last answer. Serf's client hands acks and answers on in two queues, and takes the end of
     * one for the end of both: what waits in the other is lost unless it has been read. Its own agent never ends early.
     */
    static final int LINGER_MILLIS = 250;

    private static final Executor LATER = CompletableFuture.delayedExecutor(REPLY_MILLIS, TimeUnit.MILLISECONDS);
    private static final Executor LINGERING = CompletableFuture.delayedExecutor(LINGER_MILLIS, TimeUnit.MILLISECONDS);
    /** Stands for the reply without an error. */
    private static final RpcPump.Item SENT = new RpcPump.Item("", null);

    private static final RpcPump.Item DONE = RpcPump.Item.of(record("", null, DONE_TYPE));

    private final long seq;
    private final RpcSession.Sender sender;
    private final RpcPump pump;
    private boolean replied;
    private @Nullable CompletableFuture<QueryResult> outcome;

    /**
     * A query that is not asked yet.
     *
     * @param seq the request's number
     * @param dropped counts the records that a slow client loses
     */
    RpcQuery(long seq, RpcSession.Sender sender, AtomicLong dropped) {
        this.seq = seq;
        this.sender = sender;
        this.pump = new RpcPump("rpc-query", this::send, dropped, null);
    }

    /**
     * Asks it.
     *
     * @param ended called when there is nothing more to send, from any thread
     */
    void ask(Cluster cluster, QueryRequest request, Runnable ended) {
        CompletableFuture<QueryResult> answers = cluster.query(request, this);
        outcome = answers;
        pump.start();
        LATER.execute(() -> pump.offer(SENT));
        // A reachability check has acks only: nothing waits in another queue.
        boolean linger = !request.name().equals(Replies.PING);
        var unused = answers.whenComplete((result, failure) -> {
                    if (failure != null) {
                        end(new RpcPump.Item(RpcActions.reason(failure), null), ended);
                    } else if (linger) {
                        LINGERING.execute(() -> end(DONE, ended));
                    } else {
                        end(DONE, ended);
                    }
                })
                .exceptionally(told -> null);
    }

    private void end(RpcPump.Item last, Runnable ended) {
        pump.finish(last);
        ended.run();
    }

    /** Ends it: the client is gone. */
    void cancel() {
        pump.stop();
        if (outcome != null) {
            outcome.cancel(false);
        }
    }

    @Override
    public void onAck(String from) {
        pump.offer(RpcPump.Item.of(record(from, null, "ack")));
    }

    @Override
    public void onAnswer(String from, Bytes payload) {
        pump.offer(RpcPump.Item.of(record(from, RpcEncoder.bytesOrNull(payload), "response")));
    }

    private static Map<String, @Nullable Object> record(String from, byte @Nullable [] payload, String type) {
        return map("From", from, "Payload", payload, "Type", type);
    }

    /** Belongs to the pump's thread. */
    private void send(RpcPump.Item item) throws IOException {
        boolean first = !replied;
        replied = true;
        if (item.error().isEmpty()) {
            if (first) {
                sender.send(seq, "", null);
            }
            if (item.body() != null) {
                sender.send(seq, "", item.body());
            }
        } else if (first) {
            sender.send(seq, item.error(), null);
        } else {
            // Too late for an error: the client reads records. It learns at least that nothing more comes.
            sender.send(seq, "", DONE.body());
        }
    }
}
