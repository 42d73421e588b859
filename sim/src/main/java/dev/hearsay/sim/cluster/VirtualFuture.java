package dev.hearsay.sim.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A future that completes in virtual time: to block for it would be to block for ever, and is refused. */
final class VirtualFuture<T> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new VirtualFuture<>();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuse(isDone());
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuse(isDone());
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        refuse(isDone());
        return super.join();
    }

    static void refuse(boolean done) {
        if (!done) {
            throw new IllegalStateException(
                    "not done yet, and to wait here would be for ever: virtual time passes only while "
                            + "the test has it pass; use SimulatedClusters.await, or whenComplete");
        }
    }
}
