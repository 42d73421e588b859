package dev.hearsay.api.node.state;

import dev.hearsay.api.Codec;
import dev.hearsay.api.State.SharedMap;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Write;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A shared map with values of a type. */
final class TypedMap<V> implements SharedMap<V> {
    private final NodeState state;
    private final String name;
    private final Codec<V> codec;

    TypedMap(NodeState state, String name, Codec<V> codec) {
        this.state = state;
        this.name = name;
        this.codec = codec;
    }

    @Override
    public @Nullable V get(String key) {
        return state.view().mapValue(name, key).map(codec::decode).orElse(null);
    }

    @Override
    public SortedMap<String, V> all() {
        SortedMap<String, V> values = new TreeMap<>();
        state.view().map(name).forEach((key, value) -> {
            V decoded = Decoding.orNull(codec, value);
            if (decoded != null) {
                values.put(key, decoded);
            }
        });
        return values;
    }

    @Override
    public int size() {
        return state.view().size(StateKind.MAP, name);
    }

    @Override
    public CompletableFuture<Void> put(String key, V value, Duration timeToLive) {
        Bytes content = Bytes.adopt(codec.encode(value));
        return state.write(
                () -> new Write.MapPut(KeyText.name(name), KeyText.bytes(key), content, Ttl.millis(timeToLive)),
                NodeState::nothing);
    }

    @Override
    public CompletableFuture<Boolean> remove(String key) {
        return state.write(() -> new Write.MapRemove(KeyText.name(name), KeyText.bytes(key)), NodeState::any);
    }
}
