package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The operations of {@code state-write}. Any thread; a call blocks until this member has the write, durably if it has a store. */
final class StateWrites {
    private static final String OPERATIONS =
            "fact-put, fact-delete, map-put, map-delete, set-add, set-remove, counter-add, "
                    + "register-set, register-clear";

    private final Cluster cluster;

    StateWrites(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Carries one out.
     *
     * @throws StateRequest.InvalidException if a field breaks a rule
     * @throws IllegalArgumentException above a limit
     * @throws RpcException if it failed for another reason: no room, written too fast, not kept by the store
     */
    Map<String, @Nullable Object> perform(StateRequest request, State state)
            throws StateRequest.InvalidException, RpcException {
        String operation = request.neededText("Operation");
        if (operation.equals("counter-add")) {
            long value = await(state.counter(request.neededText("Collection"))
                    .add(request.number("Amount"), request.timeToLive()));
            return map("Changed", true, "Number", value);
        }
        return map("Changed", changed(operation, request, state));
    }

    private boolean changed(String operation, StateRequest request, State state)
            throws StateRequest.InvalidException, RpcException {
        return switch (operation) {
            case "fact-put" -> done(state.fact(request.neededKey(), request.bytes("Value")));
            case "fact-delete" -> removeFact(request.neededKey(), state);
            case "map-put" ->
                done(mapOf(request, state).put(request.key(), request.bytes("Value"), request.timeToLive()));
            case "map-delete" -> await(mapOf(request, state).remove(request.key()));
            case "set-add" -> done(setOf(request, state).add(request.bytes("Key"), request.timeToLive()));
            case "set-remove" -> await(setOf(request, state).remove(request.bytes("Key")));
            case "register-set" -> done(registerOf(request, state).set(request.bytes("Value"), request.timeToLive()));
            case "register-clear" -> {
                State.SharedRegister<byte[]> register = registerOf(request, state);
                boolean full = !register.values().isEmpty();
                await(register.clear());
                yield full;
            }
            default ->
                throw new StateRequest.InvalidException(
                        "Operation", "'" + StateRequest.shown(operation) + "' is none of " + OPERATIONS);
        };
    }

    private boolean removeFact(String key, State state) throws RpcException {
        boolean there = state.snapshot().facts(cluster.self().name()).containsKey(key);
        await(state.removeFact(key));
        return there;
    }

    private static State.SharedMap<byte[]> mapOf(StateRequest request, State state)
            throws StateRequest.InvalidException {
        return state.map(request.neededText("Collection"), Codec.BYTES);
    }

    private static State.SharedSet<byte[]> setOf(StateRequest request, State state)
            throws StateRequest.InvalidException {
        return state.set(request.neededText("Collection"), Codec.BYTES);
    }

    private static State.SharedRegister<byte[]> registerOf(StateRequest request, State state)
            throws StateRequest.InvalidException {
        return state.register(request.neededText("Collection"), Codec.BYTES);
    }

    private static boolean done(CompletableFuture<Void> write) throws RpcException {
        await(write);
        return true;
    }

    /** Waits until it is done; what breaks a limit is thrown as it is. */
    private static <T> T await(CompletableFuture<T> write) throws RpcException {
        Optional<Throwable> failure =
                RpcActions.await(write.handle((done, failed) -> Optional.<Throwable>ofNullable(failed)));
        if (failure.isEmpty()) {
            return write.join();
        }
        Throwable cause = failure.get();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof IllegalArgumentException limit) {
            throw limit;
        }
        throw new RpcException(String.valueOf(cause.getMessage()));
    }
}
