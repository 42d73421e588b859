package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.StateType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a running agent about shared state, over its {@link RpcClient}, whose rules hold. */
public final class StateClient {
    private final RpcClient agent;

    StateClient(RpcClient agent) {
        this.agent = agent;
    }

    /**
     * What there is of one thing.
     *
     * @param found whether it is there
     * @param values its values: several only of a register; none of a set or a counter
     * @param number of a counter
     */
    public record Found(boolean found, List<byte[]> values, long number) {}

    /**
     * What a write came to.
     *
     * @param changed whether what was taken out was there; of other writes always
     * @param number of a counter, after that
     */
    public record Written(boolean changed, long number) {}

    /** A fact of a member; an empty name for the agent's own. */
    public Found fact(String member, String key) throws IOException, RpcException {
        return get(map("Type", StateType.FACT.text(), "Collection", member, "Key", key));
    }

    /** A key of a map. */
    public Found mapValue(String name, String key) throws IOException, RpcException {
        return get(map("Type", StateType.MAP.text(), "Collection", name, "Key", key));
    }

    /** Whether an element is in a set. */
    public boolean contains(String name, byte[] element) throws IOException, RpcException {
        return get(map("Type", StateType.SET.text(), "Collection", name, "Key", element))
                .found();
    }

    /** The value of a counter, or the values of a register. */
    public Found get(StateType type, String name) throws IOException, RpcException {
        return get(map("Type", type.text(), "Collection", name));
    }

    /**
     * Goes through the collections of a type, or of all, or through what is in one. A collection has {@code Type}, {@code Name} and {@code
     * Count}, or {@code Number} if it is a counter; what is in one has {@code Key} and {@code Value}, as far as its type has them.
     *
     * @param type null for all; then no collection
     * @param collection empty for the collections themselves
     */
    public void list(@Nullable StateType type, String collection, Consumer<RpcMap> item)
            throws IOException, RpcException {
        RpcMap part = agent.call(
                RpcCommand.STATE_LIST, map("Type", type == null ? null : type.text(), "Collection", collection));
        part.maps("Items").forEach(item);
        while (part.flag("More")) {
            part = agent.next();
            part.maps("Items").forEach(item);
        }
    }

    /** Has this agent's member say something. */
    public Written say(String key, byte[] value) throws IOException, RpcException {
        return write("fact-put", map("Key", key, "Value", value));
    }

    /** Has this agent's member say it no more. */
    public Written unsay(String key) throws IOException, RpcException {
        return write("fact-delete", map("Key", key));
    }

    /** Gives a key of a map a value; zero for no end of it. */
    public Written put(String name, String key, byte[] value, Duration timeToLive) throws IOException, RpcException {
        return write(
                "map-put", map("Collection", name, "Key", key, "Value", value, "TimeToLive", timeToLive.toNanos()));
    }

    /** Takes a key out of a map. */
    public Written delete(String name, String key) throws IOException, RpcException {
        return write("map-delete", map("Collection", name, "Key", key));
    }

    /** Adds an element to a set; zero for good. */
    public Written add(String name, byte[] element, Duration timeToLive) throws IOException, RpcException {
        return write("set-add", map("Collection", name, "Key", element, "TimeToLive", timeToLive.toNanos()));
    }

    /** Takes an element out of a set. */
    public Written remove(String name, byte[] element) throws IOException, RpcException {
        return write("set-remove", map("Collection", name, "Key", element));
    }

    /** Adds to a counter. */
    public Written count(String name, long amount) throws IOException, RpcException {
        return write("counter-add", map("Collection", name, "Amount", amount));
    }

    /** Sets a register; zero for good. */
    public Written set(String name, byte[] value, Duration timeToLive) throws IOException, RpcException {
        return write("register-set", map("Collection", name, "Value", value, "TimeToLive", timeToLive.toNanos()));
    }

    /** Empties a register. */
    public Written clear(String name) throws IOException, RpcException {
        return write("register-clear", map("Collection", name));
    }

    /**
     * Asks for all changes from now on; read them with {@link RpcClient#next}. A map with {@code Gap} stands in the place of so many
     * that were lost; the others have {@code Type}, {@code Collection}, {@code Key}, {@code Written} (milliseconds since 1970), {@code
     * Own}, and {@code Before} and {@code After} as far as something was or is there, or {@code Number}, the value of a counter.
     *
     * @param type null for all
     * @param collection empty for all
     */
    public void watch(@Nullable StateType type, String collection) throws IOException, RpcException {
        agent.call(RpcCommand.STATE_WATCH, map("Type", type == null ? null : type.text(), "Collection", collection));
    }

    private Found get(Map<String, @Nullable Object> body) throws IOException, RpcException {
        RpcMap reply = agent.call(RpcCommand.STATE_GET, body);
        return new Found(reply.flag("Found"), values(reply), reply.number("Number"));
    }

    private static List<byte[]> values(RpcMap reply) {
        List<byte[]> values = new ArrayList<>();
        for (Object each : reply.raw("Values") instanceof List<?> list ? list : List.of()) {
            if (each instanceof byte[] bytes) {
                values.add(bytes);
            }
        }
        return values;
    }

    private Written write(String operation, Map<String, @Nullable Object> fields) throws IOException, RpcException {
        fields.put("Operation", operation);
        RpcMap reply = agent.call(RpcCommand.STATE_WRITE, fields);
        return new Written(reply.flag("Changed"), reply.number("Number"));
    }
}
