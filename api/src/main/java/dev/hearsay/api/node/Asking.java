package dev.hearsay.api.node;

import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A query of this node that waits for answers. Fed on the loop; its listener and its result are reached on the executor, in order. */
final class Asking {
    /** Answers that wait for a slow listener before the oldest is dropped; the result has them all the same. */
    static final int MAX_PENDING = 4096;

    private final CompletableFuture<QueryResult> result;
    private final ListenerQueue<Consumer<QueryListener>> queue;
    private final SortedSet<String> acks = new TreeSet<>();
    private final SortedMap<String, Bytes> answers = new TreeMap<>();
    private final NodeLoop loop;
    private final long began;

    Asking(
            NodeLoop loop,
            QueryListener listener,
            CompletableFuture<QueryResult> result,
            Callbacks callbacks,
            AtomicLong dropped) {
        this.loop = loop;
        this.began = loop.nanoTime();
        this.result = result;
        this.queue = new ListenerQueue<>(
                told -> told.accept(listener), told -> 1, MAX_PENDING, callbacks, dropped, () -> {});
    }

    void acked(Event.QueryAcked ack) {
        acks.add(ack.from());
        queue.offer(listener -> listener.onAck(ack.from()));
    }

    void answered(Event.QueryAnswered answer) {
        answers.put(answer.from(), answer.payload());
        queue.offer(listener -> listener.onAnswer(answer.from(), answer.payload()));
    }

    void ended(Event.QueryEnded end) {
        QueryResult all = new QueryResult(
                Collections.unmodifiableSortedSet(acks),
                Collections.unmodifiableSortedMap(answers),
                Collections.unmodifiableSortedSet(new TreeSet<>(new ArrayList<>(end.silent()))),
                Duration.ofNanos(loop.nanoTime() - began));
        queue.offer(listener -> result.complete(all));
    }

    /** Nobody waits any more. */
    void abandon() {
        queue.close();
    }
}
