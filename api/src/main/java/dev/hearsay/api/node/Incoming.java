package dev.hearsay.api.node;

import dev.hearsay.api.IncomingQuery;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A query that this node is to answer. */
final class Incoming implements IncomingQuery {
    private final NodeCluster<?> cluster;
    private final Event.QueryAsked asked;
    private final long deadline;

    Incoming(NodeCluster<?> cluster, Event.QueryAsked asked) {
        this.cluster = cluster;
        this.asked = asked;
        this.deadline = cluster.driver.nanoTime() + asked.nanos();
    }

    @Override
    public String name() {
        return asked.name();
    }

    @Override
    public Bytes payload() {
        return asked.payload();
    }

    @Override
    public String from() {
        return asked.source();
    }

    @Override
    public long time() {
        return asked.time();
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - cluster.driver.nanoTime()));
    }

    @Override
    public CompletableFuture<Void> respond(byte[] payload) {
        Bytes content = Bytes.of(payload);
        return cluster.attempt((node, now, out) -> node.answer(asked.time(), asked.id(), content, now, out));
    }

    /** The query, for a log. */
    @Override
    public String toString() {
        return "query '" + name() + "' of '" + from() + "'";
    }
}
