package dev.hearsay.api.node;

import dev.hearsay.api.JoinResult;
import dev.hearsay.core.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of join: all seeds are looked up at once, every address is tried as soon as it is known, and each gets a
 * result. Everything on the loop.
 */
final class JoinRun {
    private final NodeLoop loop;
    private final List<Seed> seeds;
    private final boolean replay;
    private final long lookUpNanos;
    private final Consumer<JoinResult> onDone;

    /** Per seed, the results of its addresses in the order of the answer; null while a result is missing. */
    private final List<List<JoinResult.@Nullable Seed>> results = new ArrayList<>();

    private final List<Boolean> lookedUp = new ArrayList<>();
    private final Set<Long> attempts = new HashSet<>();
    private @Nullable Runnable lookUpDeadline;
    private boolean over;

    /**
     * Prepares a join; {@link #start} begins it.
     *
     * @param replay whether to hear user events that the seeds remember
     * @param lookUpNanos how long names may take to be looked up
     * @param onDone gets the result, unless the run is abandoned before
     */
    JoinRun(NodeLoop loop, List<Seed> seeds, boolean replay, long lookUpNanos, Consumer<JoinResult> onDone) {
        this.loop = loop;
        this.seeds = seeds;
        this.replay = replay;
        this.lookUpNanos = lookUpNanos;
        this.onDone = onDone;
        for (int i = 0; i < seeds.size(); i++) {
            results.add(new ArrayList<>());
            lookedUp.add(false);
        }
    }

    /**
     * Begins, on the loop.
     *
     * @param resolver the addresses of a seed, at least one; fails with {@link Seed.Unresolved} if there are none
     */
    @SuppressWarnings("FutureReturnValueIgnored") // What a lookup brings is taken over by resolved().
    void start(Function<Seed, CompletableFuture<List<Address>>> resolver) {
        lookUpDeadline = loop.schedule(this::lookUpTimedOut, lookUpNanos);
        for (int i = 0; i < seeds.size(); i++) {
            int index = i;
            resolver.apply(seeds.get(i))
                    .whenComplete((addresses, failure) -> loop.execute(() -> resolved(index, addresses, failure)));
        }
        finishIfComplete();
    }

    /** Gives up what is still under way; {@code onDone} is not called any more. */
    void abandon() {
        end();
        for (long attempt : new ArrayList<>(attempts)) {
            loop.abandonJoin(attempt);
        }
    }

    private void resolved(int index, @Nullable List<Address> addresses, @Nullable Throwable failure) {
        if (over || lookedUp.get(index)) {
            return;
        }
        lookedUp.set(index, true);
        List<JoinResult.@Nullable Seed> slots = results.get(index);
        if (addresses == null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            String error = cause instanceof Seed.Unresolved ? cause.getMessage() : null;
            slots.add(failed(index, error == null ? String.valueOf(cause) : error));
            finishIfComplete();
            return;
        }
        for (int i = 0; i < addresses.size(); i++) {
            slots.add(null);
        }
        for (int i = 0; i < addresses.size(); i++) {
            attempt(index, i, addresses.get(i));
        }
    }

    private void attempt(int index, int slot, Address address) {
        long[] number = new long[1];
        number[0] = loop.join(address, replay, outcome -> {
            attempts.remove(number[0]);
            results.get(index)
                    .set(
                            slot,
                            new JoinResult.Seed(
                                    seeds.get(index).text(),
                                    address.toString(),
                                    outcome.error().isEmpty(),
                                    outcome.members(),
                                    outcome.error()));
            finishIfComplete();
        });
        attempts.add(number[0]);
    }

    private void lookUpTimedOut() {
        for (int i = 0; i < seeds.size(); i++) {
            resolved(
                    i,
                    null,
                    new Seed.Unresolved(
                            seeds.get(i),
                            "no answer within " + Duration.ofNanos(lookUpNanos).toMillis() + " ms"));
        }
    }

    private void finishIfComplete() {
        if (over || lookedUp.contains(false) || results.stream().anyMatch(slots -> slots.contains(null))) {
            return;
        }
        end();
        List<JoinResult.Seed> all = new ArrayList<>();
        for (List<JoinResult.@Nullable Seed> slots : results) {
            for (JoinResult.@Nullable Seed result : slots) {
                if (result != null) {
                    all.add(result);
                }
            }
        }
        onDone.accept(new JoinResult(List.copyOf(all)));
    }

    private void end() {
        over = true;
        if (lookUpDeadline != null) {
            lookUpDeadline.run();
        }
    }

    private JoinResult.Seed failed(int index, String error) {
        return new JoinResult.Seed(seeds.get(index).text(), "", false, 0, error);
    }
}
