package dev.hearsay.examples.claim;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A member that works: it divides the shards anew whenever somebody comes or goes, claims in queries what is its own, and
 * answers those of others. One thread of its own works, asks and answers; so a shard that it says it has let go is not worked
 * on. It knows nothing of sockets, nor of what time is: its tests run it in virtual time.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails is told in the step itself; an answer that is late is no answer.
final class Worker implements AutoCloseable {
    /** The query; its payload is numbers of shards, its answer a position for each, or a dash. */
    static final String CLAIM = "claim";

    /** The query by which a worker that goes says how far it came; its answer is empty. */
    static final String KNOWN = "known";

    /** The tag by which workers know each other. */
    static final String ROLE = "role";

    /**
     * Its value while one works. It has to be there before the cluster is joined: whoever knows a worker must know that it is
     * one, or would not wait for its answer.
     */
    static final String WORKER = "worker";

    /** Works no more, but still knows how far it came. */
    private static final String RETIRING = "retiring";

    private static final long AGAIN_MILLIS = 500;

    private final Cluster cluster;
    private final String self;
    private final Shards shards;
    private final Work work;
    private final Consumer<String> print;
    private final ScheduledExecutorService steps;
    private boolean retiring;
    private boolean again;

    /**
     * Takes part from {@link #start} on.
     *
     * @param count how many shards there are: 1 or more, the same for all workers
     * @param print told what happens, a line at a time
     * @param steps its thread, which it shuts down in the end
     */
    Worker(Cluster cluster, int count, Work work, Consumer<String> print, ScheduledExecutorService steps) {
        this.cluster = cluster;
        this.self = cluster.self().name();
        this.shards = new Shards(self, count, print);
        this.work = work;
        this.print = print;
        this.steps = steps;
    }

    /** A thread for one worker. */
    static ScheduledExecutorService thread(String worker) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "worker-" + worker);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to work. The cluster should have been started with the tag {@value #ROLE} of {@value #WORKER}, and have been
     * joined, or else this worker takes all for its own at first.
     *
     * @param pace between two steps in a shard
     */
    void start(Duration pace) {
        cluster.listen(new Cluster.Listener() {
            @Override
            public void onEvent(MemberEvent event) {
                step(Worker.this::divide);
            }

            @Override
            public void onQuery(IncomingQuery query) {
                if (query.name().equals(CLAIM)) {
                    step(() -> answer(query));
                } else if (query.name().equals(KNOWN)) {
                    step(() -> {
                        shards.told(text(query.payload()));
                        query.respond(new byte[0]);
                    });
                }
            }
        });
        step(this::divide);
        steps.scheduleAtFixedRate(
                () -> guarded(() -> shards.work(work)), pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The shards that it works on at the moment. */
    CompletableFuture<List<Integer>> held() {
        return CompletableFuture.supplyAsync(shards::held, steps);
    }

    /**
     * Hands all shards over; completes when others have asked for them and all know how far they are done, or nobody is there to. Leave the
     * cluster after it.
     */
    CompletableFuture<Void> retire() {
        CompletableFuture<Void> empty = new CompletableFuture<>();
        step(() -> {
            retiring = true;
            shards.retire();
            cluster.tags(Map.of(ROLE, RETIRING));
            awaitEmpty(empty);
        });
        return empty;
    }

    /** Stops at once. */
    @Override
    public void close() {
        steps.shutdownNow();
    }

    /** It works on each shard until that one is asked for. */
    private void awaitEmpty(CompletableFuture<Void> empty) {
        if (shards.held().isEmpty() || workers().isEmpty()) {
            tell(shards.known(), empty);
        } else {
            steps.schedule(() -> guarded(() -> awaitEmpty(empty)), 50, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Who asked for a shard may not have got the answer, and would find nobody any more to ask again: so all must know.
     *
     * @param portions what they are told, one after the other
     */
    private void tell(List<String> portions, CompletableFuture<Void> told) {
        if (portions.isEmpty() || workers().isEmpty()) {
            told.complete(null);
            return;
        }
        QueryRequest request = QueryRequest.named(KNOWN)
                .withTag(ROLE, '^' + WORKER + '$')
                .withPayload(portions.get(0).getBytes(StandardCharsets.UTF_8));
        cluster.query(request)
                .whenComplete((result, failure) -> step(() -> {
                    boolean heard = failure == null && silent(result) == 0;
                    steps.schedule(
                            () -> guarded(() -> tell(heard ? portions.subList(1, portions.size()) : portions, told)),
                            heard ? 0 : AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
                }));
    }

    private void divide() {
        if (!retiring) {
            for (Shards.Portion portion : shards.divide(workers())) {
                claim(portion);
            }
        }
    }

    private Set<String> workers() {
        Set<String> others = cluster.members().stream()
                .filter(member -> member.status().live() && member.status() != ClusterMember.Status.LEAVING)
                .filter(member -> WORKER.equals(member.tags().get(ROLE)))
                .map(ClusterMember::name)
                .filter(name -> !name.equals(self))
                .collect(Collectors.toSet());
        if (!retiring) {
            others.add(self);
        }
        return others;
    }

    private void claim(Shards.Portion portion) {
        QueryRequest request = QueryRequest.named(CLAIM)
                .withTag(ROLE, '^' + WORKER + "$|^" + RETIRING + '$')
                .withPayload(portion.question().getBytes(StandardCharsets.UTF_8));
        cluster.query(request)
                .whenComplete((result, failure) -> step(() -> {
                    if (failure == null && silent(result) == 0) {
                        List<String> answers = result.answers().entrySet().stream()
                                .filter(answer -> !answer.getKey().equals(self))
                                .map(answer -> text(answer.getValue()))
                                .toList();
                        shards.answered(portion, answers);
                    } else {
                        print.accept("cannot claim " + portion.shards().size() + " shards: "
                                + (failure == null ? silent(result) + " others are silent" : failure.getMessage()));
                        shards.unanswered(portion);
                    }
                    divideAgain();
                }));
    }

    private long silent(QueryResult result) {
        return result.silent().stream().filter(name -> !name.equals(self)).count();
    }

    /** Later, once: what is still wanted and not held is claimed again. */
    private void divideAgain() {
        if (!again) {
            again = true;
            steps.schedule(
                    () -> guarded(() -> {
                        again = false;
                        divide();
                    }),
                    AGAIN_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void answer(IncomingQuery query) {
        if (query.from().equals(self)) {
            query.respond(new byte[0]);
            return;
        }
        String answer = shards.asked(query.from(), text(query.payload()));
        if (!answer.isEmpty()) {
            query.respond(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void step(Runnable action) {
        try {
            steps.execute(() -> guarded(action));
        } catch (RejectedExecutionException e) {
            // Closed.
        }
    }

    /** An executor swallows what its tasks throw. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            print.accept("stopped by a mistake of its own: " + e);
            close();
        }
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
