package dev.hearsay.examples.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers in one process, over loopback sockets. */
@Timeout(120)
class WorkClaimTest {
    private static final int SHARDS = 40;
    private static final String NETWORK = "127.95.19.";

    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
    /** How many steps of each shard were done: what a real program would keep beside the results. */
    private final AtomicLongArray done = new AtomicLongArray(SHARDS);

    @AfterEach
    void stop() {
        workers.values().forEach(Worker::close);
        clusters.values().forEach(Cluster::close);
        clusters.values().forEach(cluster -> cluster.closed().join());
    }

    @Test
    void eachStepIsDoneOnceWhileWorkersComeAndGo() throws Exception {
        start(1);
        start(2);
        start(3);
        awaitAllHeldOnce();
        start(4);
        Await.until("a share for the new one", () -> held("node-4").size() >= 4);
        awaitAllHeldOnce();

        workers.get("node-2").retire().get(20, TimeUnit.SECONDS);
        clusters.get("node-2").leave().get(20, TimeUnit.SECONDS);
        stop("node-2");
        awaitAllHeldOnce();
        awaitProgress();
        assertEquals(List.of(), List.copyOf(mistakes), "steps twice or out of order");
    }

    @Test
    void whatOneHeldThatDiedIsTakenOver() throws Exception {
        start(1);
        start(2);
        start(3);
        awaitAllHeldOnce();
        stop("node-3");
        awaitAllHeldOnce();
        mistakes.clear();
        awaitProgress();
    }

    private void start(int number) throws Exception {
        String name = "node-" + number;
        Cluster cluster = Hearsay.builder()
                .name(name)
                .bind(NETWORK + number, 7946)
                .tag(Worker.ROLE, Worker.WORKER)
                .start();
        clusters.put(name, cluster);
        if (number > 1) {
            cluster.join(NETWORK + 1).get(20, TimeUnit.SECONDS).orThrow();
        }
        Worker worker =
                new Worker(cluster, SHARDS, this::step, line -> said.add(name + ": " + line), Worker.thread(name));
        workers.put(name, worker);
        worker.start(Duration.ofMillis(5));
    }

    private void stop(String name) {
        workers.remove(name).close();
        Cluster cluster = clusters.remove(name);
        cluster.close();
        cluster.closed().join();
    }

    private long step(int shard, long position) {
        if (!done.compareAndSet(shard, position, position + 1)) {
            mistakes.add("shard " + shard + " at " + position + " of " + done.get(shard));
        }
        return position + 1;
    }

    private void awaitAllHeldOnce() {
        Await.until("all shards are held", () -> {
            List<Integer> all = new ArrayList<>();
            for (String name : workers.keySet()) {
                all.addAll(held(name));
            }
            return all.stream()
                    .sorted()
                    .toList()
                    .equals(IntStream.range(0, SHARDS).boxed().toList());
        });
    }

    private void awaitProgress() {
        long[] before = IntStream.range(0, SHARDS).mapToLong(done::get).toArray();
        Await.until("all shards go on", () -> IntStream.range(0, SHARDS).allMatch(i -> done.get(i) > before[i]));
    }

    private List<Integer> held(String name) throws Exception {
        return workers.get(name).held().get(20, TimeUnit.SECONDS);
    }
}
