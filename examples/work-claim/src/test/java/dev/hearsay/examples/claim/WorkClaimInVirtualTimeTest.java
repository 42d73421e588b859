package dev.hearsay.examples.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hearsay.api.Cluster;
import dev.hearsay.sim.cluster.SimulatedClusters;
import dev.hearsay.sim.cluster.SimulatedClustersBuilder;
import dev.hearsay.sim.junit.SimulatedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Workers whose network loses packets and falls apart, and who die and stand still: the same class, in virtual time. */
class WorkClaimInVirtualTimeTest {
    private static final int SHARDS = 40;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(10);

    private SimulatedClusters clusters;
    private final SortedMap<Integer, Worker> workers = new TreeMap<>();
    /** How many steps of each shard were done: what a real program would keep beside the results. */
    private final long[] done = new long[SHARDS];
    /** Steps that were done twice, or in another order. */
    private int mistakes;

    @SimulatedTest(nodes = 6, seeds = 50, loss = 0.1)
    void eachStepIsDoneOnceWhileWorkersComeAndGoThoughPacketsAreLost(SimulatedClustersBuilder builder) {
        begin(builder);
        for (int i = 1; i < 5; i++) {
            start(i);
            clusters.run(Duration.ofMillis(100 * clusters.seed()));
        }
        awaitAllHeldOnce();
        clusters.await(workers.get(2).retire(), LONG);
        clusters.await(clusters.cluster(2).leave(), LONG);
        workers.remove(2).close();
        clusters.cluster(2).close();
        start(5);
        awaitAllHeldOnce();
        awaitProgress();
        assertEquals(0, mistakes, "steps twice or out of order");
    }

    @SimulatedTest(nodes = 5, seeds = 50, loss = 0.02)
    void whatOneHeldThatDiedIsTakenOverAndHandedBackWhenItIsThereAgain(SimulatedClustersBuilder builder) {
        beginAll(builder);
        clusters.crash(3);
        workers.remove(3);
        awaitAllHeldOnce();
        awaitProgress();
        clusters.restart(3);
        start(3);
        clusters.await("n3 holds nothing", () -> !held(3).isEmpty(), LONG);
        awaitAllHeldOnce();
        awaitProgress();
    }

    @SimulatedTest(nodes = 5, seeds = 50)
    void bothSidesOfAPartitionHoldAllAndAgreeAgainWhenItEnds(SimulatedClustersBuilder builder) {
        beginAll(builder);
        clusters.isolate(0, (int) (clusters.seed() % 4) + 1);
        List<Integer> side = List.of(0, (int) (clusters.seed() % 4) + 1);
        List<Integer> others =
                workers.keySet().stream().filter(i -> !side.contains(i)).toList();
        clusters.await("the smaller side has not taken over", () -> heldOnce(side), LONG);
        clusters.await("the greater side has not taken over", () -> heldOnce(others), LONG);
        clusters.heal().awaitAgreement(LONG);
        awaitAllHeldOnce();
        awaitProgress();
        int before = mistakes;
        clusters.run(MINUTE);
        assertEquals(before, mistakes, "steps twice although all hear each other");
    }

    @SimulatedTest(nodes = 4, seeds = 50)
    void aWorkerThatStoodStillLetsGoOfWhatOthersHaveTakenOver(SimulatedClustersBuilder builder) {
        beginAll(builder);
        clusters.pause(2);
        clusters.await("its shards are not taken over", () -> heldOnce(List.of(0, 1, 3)), LONG);
        clusters.resume(2).awaitAgreement(LONG);
        awaitAllHeldOnce();
        int before = mistakes;
        clusters.run(MINUTE);
        assertEquals(before, mistakes, "steps twice although all hear each other");
    }

    private void begin(SimulatedClustersBuilder builder) {
        clusters = builder.tags(node -> Map.of(Worker.ROLE, Worker.WORKER)).start();
        start(0);
    }

    private void beginAll(SimulatedClustersBuilder builder) {
        begin(builder);
        for (int i = 1; i < clusters.size(); i++) {
            start(i);
        }
        awaitAllHeldOnce();
    }

    private void start(int node) {
        Cluster cluster = clusters.cluster(node);
        if (node > 0) {
            clusters.await(cluster.join("n0"), MINUTE).orThrow();
        }
        Worker worker = new Worker(cluster, SHARDS, this::step, this::said, clusters.scheduler(node));
        workers.put(node, worker);
        worker.start(Duration.ofMillis(20));
    }

    private void said(String line) {
        if (line.contains("mistake")) {
            fail(line);
        }
    }

    private long step(int shard, long position) {
        if (position == done[shard]) {
            done[shard]++;
        } else {
            mistakes++;
        }
        return position + 1;
    }

    private void awaitAllHeldOnce() {
        clusters.await("not all shards are held, each by one", () -> heldOnce(workers.keySet()), LONG);
    }

    private boolean heldOnce(Iterable<Integer> nodes) {
        List<Integer> all = new ArrayList<>();
        nodes.forEach(node -> all.addAll(held(node)));
        return all.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, SHARDS).boxed().toList());
    }

    private List<Integer> held(int node) {
        CompletableFuture<List<Integer>> held = workers.get(node).held();
        return clusters.await(held, MINUTE);
    }

    private void awaitProgress() {
        long[] before = done.clone();
        clusters.await(
                "a shard does not go on",
                () -> IntStream.range(0, SHARDS).allMatch(shard -> done[shard] > before[shard]),
                LONG);
    }
}
