package dev.hearsay.api.node.state;

import dev.hearsay.api.State.SharedCounter;
import dev.hearsay.core.state.Views;
import dev.hearsay.core.state.Write;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A shared counter. */
final class TypedCounter implements SharedCounter {
    private final NodeState state;
    private final String name;

    TypedCounter(NodeState state, String name) {
        this.state = state;
        this.name = name;
    }

    @Override
    public long value() {
        return state.view().counter(name);
    }

    @Override
    public CompletableFuture<Long> add(long amount, Duration timeToLive) {
        return state.write(
                () -> new Write.CounterAdd(KeyText.name(name), amount, Ttl.millis(timeToLive)),
                (entries, shared, now) -> Views.counter(shared.entries(), name, shared.wallMillis(now)));
    }
}
