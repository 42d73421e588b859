package dev.hearsay.agent.cluster;

import dev.hearsay.api.Cluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Where clusters are tried: sockets, or virtual time. */
interface Ground extends AutoCloseable {
    /** The nodes, named n0 and so on; none has joined another. */
    List<Cluster> nodes();

    /** Lets time pass until the future is done. */
    <T> T await(CompletableFuture<T> future) throws Exception;

    /** Lets time pass until it holds. */
    void await(String what, BooleanSupplier condition);

    @Override
    void close();
}
