package dev.hearsay.api.node.state;

import dev.hearsay.api.Codec;
import dev.hearsay.api.State.SharedRegister;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A shared register with values of a type. */
final class TypedRegister<V> implements SharedRegister<V> {
    private final NodeState state;
    private final String name;
    private final Codec<V> codec;

    TypedRegister(NodeState state, String name, Codec<V> codec) {
        this.state = state;
        this.name = name;
        this.codec = codec;
    }

    @Override
    public List<V> values() {
        return Decoding.all(codec, state.view().register(name));
    }

    @Override
    public CompletableFuture<Void> set(V value, Duration timeToLive) {
        Bytes content = Bytes.adopt(codec.encode(value));
        return state.write(
                () -> new Write.RegisterSet(KeyText.name(name), content, Ttl.millis(timeToLive)), NodeState::nothing);
    }

    @Override
    public CompletableFuture<Void> clear() {
        return state.write(() -> new Write.RegisterClear(KeyText.name(name)), NodeState::nothing);
    }
}
