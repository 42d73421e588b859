package dev.hearsay.bench.state;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Writes to a map in turn at all members, so many a second. */
final class Writers {
    static final String MAP = "load";
    private static final int THREADS = 4;

    private final List<Cluster> members;
    private final Visible visible;
    private final int keys;
    private final int bytes;
    private final AtomicLong refused = new AtomicLong();

    Writers(List<Cluster> members, Visible visible, int keys, int bytes) {
        this.members = members;
        this.visible = visible;
        this.keys = keys;
        this.bytes = bytes;
    }

    /** Writes that members did not take. */
    long refused() {
        return refused.get();
    }

    /** Makes the writes with these numbers, evenly in time; returns when all are made, at the members that made them. */
    void write(int from, int to, int perSecond) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<?>> made = new ArrayList<>();
        long began = System.nanoTime();
        for (int t = 0; t < THREADS; t++) {
            int first = from + t;
            Thread thread = new Thread(() -> {
                for (int i = first; i < to; i += THREADS) {
                    if (!sleepUntil(began + (i - from) * 1_000_000_000L / perSecond)) {
                        return;
                    }
                    CompletableFuture<?> write = write(i);
                    synchronized (made) {
                        made.add(write);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (CompletableFuture<?> each : made) {
            each.join();
        }
    }

    private CompletableFuture<?> write(int number) {
        visible.writes(number);
        return members.get(number % members.size())
                .state()
                .map(MAP, Codec.BYTES)
                .put("key-" + number % keys, Visible.value(number, bytes))
                .exceptionally(failure -> {
                    if (refused.getAndIncrement() == 0) {
                        System.out.println("refused: " + failure);
                    }
                    return null;
                });
    }

    private static boolean sleepUntil(long due) {
        try {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
