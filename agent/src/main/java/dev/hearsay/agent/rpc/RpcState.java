package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.State;
import dev.hearsay.api.StateType;
import dev.hearsay.api.StateView;
import dev.hearsay.api.node.state.KeyText;
import dev.hearsay.wire.Capability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out our own commands about shared state: {@code state-get}, {@code state-list}, {@code state-write} and {@code
 * state-watch}; {@code docs/state-commands.md} has their fields. One for all sessions. Any thread; a write blocks until it is done.
 */
final class RpcState {
    /** Most lists under way at a time, all clients together: each holds what it lists in memory until the client has read it. */
    static final int MAX_LISTS = 16;
    /** Most items in one part of a list. */
    static final int PART_ITEMS = 1000;
    /** A part of a list ends with the item that reaches this. */
    static final int PART_BYTES = 1 << 18;

    private final Cluster cluster;
    private final RpcServer.Figures figures;
    private final StateWrites writes;
    private final Semaphore lists = new Semaphore(MAX_LISTS);

    RpcState(Cluster cluster, RpcServer.Figures figures) {
        this.cluster = cluster;
        this.figures = figures;
        this.writes = new StateWrites(cluster);
    }

    /** Where the parts of a list go; may block. */
    interface Parts {
        void send(Map<String, @Nullable Object> part) throws IOException;
    }

    /** Reads one thing: {@code Found}, {@code Values}, and of a counter {@code Number}. */
    Map<String, @Nullable Object> get(StateRequest request) throws RpcException {
        return refusing(() -> {
            StateType type = request.neededType();
            StateView view = state().snapshot();
            if (type == StateType.FACT) {
                return found(Optional.ofNullable(view.facts(member(request)).get(request.neededKey())));
            }
            String name = request.neededText("Collection");
            return switch (type) {
                case MAP -> found(view.mapValue(name, request.key()));
                case SET -> map("Found", view.contains(name, request.bytes("Key")), "Values", null);
                case COUNTER -> map("Found", true, "Number", view.counter(name), "Values", null);
                default -> found(view.register(name));
            };
        });
    }

    /** Changes one thing: {@code Changed}, and of a counter {@code Number}, its value after that. */
    Map<String, @Nullable Object> write(StateRequest request) throws RpcException {
        return refusing(() -> writes.perform(request, state()));
    }

    /**
     * Lists the collections, those of a type, or what is in one: one or more parts with {@code Items} and, but for the last,
     * {@code More}. All of it is of one moment.
     */
    void list(StateRequest request, Parts parts) throws RpcException, IOException {
        if (!lists.tryAcquire()) {
            throw new RpcException("Too many lists at a time: at most " + MAX_LISTS + "; try again");
        }
        try {
            Iterator<Map<String, @Nullable Object>> items =
                    refusing(() -> items(request).iterator());
            do {
                parts.send(part(items));
            } while (items.hasNext());
        } finally {
            lists.release();
        }
    }

    /** Has the pump carry the changes that the request wants. */
    Cluster.Subscription watch(StateRequest request, RpcPump pump) throws RpcException {
        return refusing(() -> {
            State state = state();
            return state.watch(new StateFeed(state, request.type(), request.text("Collection"), pump));
        });
    }

    /** Without a part in it, everything would seem empty. */
    private State state() {
        if (!cluster.self().capabilities().contains(Capability.STATE)) {
            throw new IllegalStateException("this agent takes no part in shared state: it runs with -state=false");
        }
        return cluster.state();
    }

    private Stream<Map<String, @Nullable Object>> items(StateRequest request) throws StateRequest.InvalidException {
        StateType type = request.type();
        String name = request.text("Collection");
        StateView view = state().snapshot();
        if (name.isEmpty()) {
            return Stream.of(StateType.values())
                    .filter(each -> type == null || each == type)
                    .flatMap(each -> view.names(each).stream().map(of -> collection(view, each, of)));
        }
        return switch (request.neededType()) {
            case FACT -> entries(view.facts(name));
            case MAP -> entries(view.map(name));
            case SET -> view.set(name).stream().map(each -> map("Key", each));
            case REGISTER -> view.register(name).stream().map(each -> map("Value", each));
            case COUNTER -> throw new StateRequest.InvalidException("Type", "a counter has no items: state-get has it");
        };
    }

    private static Stream<Map<String, @Nullable Object>> entries(SortedMap<String, byte[]> values) {
        return values.entrySet().stream()
                .map(each -> map("Key", KeyText.bytes(each.getKey()).toArray(), "Value", each.getValue()));
    }

    private static Map<String, @Nullable Object> collection(StateView view, StateType type, String name) {
        Map<String, @Nullable Object> item = map("Type", type.text(), "Name", name);
        switch (type) {
            case FACT -> item.put("Count", view.facts(name).size());
            case MAP -> item.put("Count", view.map(name).size());
            case SET -> item.put("Count", view.set(name).size());
            case REGISTER -> item.put("Count", view.register(name).size());
            case COUNTER -> item.put("Number", view.counter(name));
        }
        return item;
    }

    private static Map<String, @Nullable Object> part(Iterator<Map<String, @Nullable Object>> items) {
        List<Object> part = new ArrayList<>();
        int bytes = 0;
        while (items.hasNext() && part.size() < PART_ITEMS && bytes < PART_BYTES) {
            Map<String, @Nullable Object> item = items.next();
            part.add(item);
            for (Object value : item.values()) {
                bytes +=
                        value instanceof byte[] array ? array.length : value instanceof String text ? text.length() : 8;
            }
        }
        return map("Items", part, "More", items.hasNext());
    }

    /** Of whom a fact is asked; this agent's member if nobody is named. */
    private String member(StateRequest request) throws StateRequest.InvalidException {
        String name = request.text("Collection");
        return name.isEmpty() ? cluster.self().name() : name;
    }

    private static Map<String, @Nullable Object> found(Optional<byte[]> value) {
        return found(value.stream().toList());
    }

    private static Map<String, @Nullable Object> found(List<byte[]> values) {
        return map("Found", !values.isEmpty(), "Values", values);
    }

    /** What a request is worked on with. */
    private interface Work<T> {
        T done() throws RpcException, StateRequest.InvalidException;
    }

    /** Does the work; a request that breaks a rule is counted, and the client hears which. */
    private <T> T refusing(Work<T> work) throws RpcException {
        try {
            return work.done();
        } catch (StateRequest.InvalidException | IllegalArgumentException e) {
            figures.stateRefused.incrementAndGet();
            throw new RpcException(String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }
}
