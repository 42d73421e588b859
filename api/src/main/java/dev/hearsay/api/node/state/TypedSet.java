package dev.hearsay.api.node.state;

import dev.hearsay.api.Codec;
import dev.hearsay.api.State.SharedSet;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A shared set with elements of a type. */
final class TypedSet<E> implements SharedSet<E> {
    private final NodeState state;
    private final String name;
    private final Codec<E> codec;

    TypedSet(NodeState state, String name, Codec<E> codec) {
        this.state = state;
        this.name = name;
        this.codec = codec;
    }

    @Override
    public boolean contains(E element) {
        return state.view().contains(name, codec.encode(element));
    }

    @Override
    public List<E> all() {
        return Decoding.all(codec, state.view().set(name));
    }

    @Override
    public int size() {
        return state.view().size(StateKind.SET, name);
    }

    @Override
    public CompletableFuture<Void> add(E element, Duration timeToLive) {
        Bytes content = Bytes.adopt(codec.encode(element));
        return state.write(
                () -> new Write.SetAdd(KeyText.name(name), content, Ttl.millis(timeToLive)), NodeState::nothing);
    }

    @Override
    public CompletableFuture<Boolean> remove(E element) {
        Bytes content = Bytes.adopt(codec.encode(element));
        return state.write(() -> new Write.SetRemove(KeyText.name(name), content), NodeState::any);
    }
}
