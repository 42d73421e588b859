package dev.hearsay.bench;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.core.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many nodes in this JVM over loopback sockets, LAN preset. Each has an address of its own, 127.1.a.b, and joins through the
 * first, at most {@value #JOINS_AT_ONCE} at a time.
 */
public final class Loopback implements AutoCloseable {
    private static final int JOINS_AT_ONCE = 32;
    private static final int PORT = 7946;
    private static final int REPORT_SECONDS = 5;

    private final int size;
    private final Config config;
    private final List<Cluster> nodes = new ArrayList<>();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger suspicions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** So many nodes with the LAN preset. */
    public Loopback(int size) {
        this(size, Config.lan());
    }

    Loopback(int size, Config config) {
        this.size = size;
        this.config = config;
    }

    /**
     * Starts the nodes and waits until each has seen all others come.
     *
     * @return how many seconds that took; NaN if it did not happen in time
     */
    public double converge(int giveUpSeconds) throws InterruptedException {
        long start = System.nanoTime();
        List<CompletableFuture<JoinResult>> joins = new ArrayList<>();
        Semaphore joining = new Semaphore(JOINS_AT_ONCE);
        for (int i = 0; i < size; i++) {
            Cluster node = start(i);
            nodes.add(node);
            joining.acquire();
            joins.add(node.join(i == 0 ? List.of() : List.of(address(0)))
                    .whenComplete((result, failure) -> joining.release()));
        }
        System.out.printf("started   %7.2f s  %d nodes%n", Machine.seconds(start), size);
        CompletableFuture.allOf(joins.toArray(new CompletableFuture<?>[0])).join();
        long answered = joins.stream().filter(j -> j.join().contacted() > 0).count();
        System.out.printf("joined    %7.2f s  %d have an answer of a seed%n", Machine.seconds(start), answered);
        double reported = Machine.seconds(start);
        while (complete.get() < size) {
            double now = Machine.seconds(start);
            if (now > giveUpSeconds) {
                System.out.printf("gave up   %7.2f s  %d of %d see all; %s%n", now, complete.get(), size, faults());
                return Double.NaN;
            }
            if (now - reported > REPORT_SECONDS) {
                reported = now;
                System.out.printf("          %7.2f s  %d see all; %s%n", now, complete.get(), faults());
            }
            Thread.sleep(10);
        }
        double seconds = Machine.seconds(start);
        System.out.printf("converged %7.2f s  every node has seen all %d; %s%n", seconds, size, faults());
        return seconds;
    }

    private Cluster start(int index) {
        Cluster node = Hearsay.builder()
                .name("node-" + index)
                .bind(address(index), PORT)
                .tag("role", "bench")
                .config(config)
                .start();
        // Itself is a member from the start, and joined before anybody could listen.
        AtomicInteger seen = new AtomicInteger(1);
        node.listen(event -> {
            if (event.kind() == MemberEvent.Kind.JOINED && seen.incrementAndGet() == size) {
                complete.incrementAndGet();
            } else if (event.kind() == MemberEvent.Kind.SUSPECTED) {
                suspicions.incrementAndGet();
            } else if (event.kind() == MemberEvent.Kind.FAILED) {
                failures.incrementAndGet();
            }
        });
        return node;
    }

    /** The nodes, in the order of their addresses. */
    public List<Cluster> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Suspicions since the last call, as many as nodes heard of them. */
    int takeSuspicions() {
        return suspicions.getAndSet(0);
    }

    /** Failures since the last call, as many as nodes heard of them. */
    int takeFailures() {
        return failures.getAndSet(0);
    }

    private String faults() {
        return suspicions.get() + " suspicions, " + failures.get() + " failures";
    }

    /** How many nodes see exactly all as live at this moment. */
    long exact() {
        String all = Integer.toString(size);
        return nodes.stream()
                .filter(node -> all.equals(node.stats().get("hearsay.members_live")))
                .count();
    }

    /** Sums over all nodes of their figures, by name without the prefix; without those that are 0. */
    public Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (Cluster node : nodes) {
            node.stats().forEach((key, value) -> {
                if (key.startsWith("hearsay.") && value.matches("[1-9][0-9]*")) {
                    sums.merge(key.substring("hearsay.".length()), Long.parseLong(value), Long::sum);
                }
            });
        }
        return sums;
    }

    @Override
    public void close() {
        nodes.forEach(Cluster::close);
        nodes.forEach(node -> node.closed().join());
    }

    private static String address(int index) {
        return "127.1." + index / 250 + "." + (index % 250 + 1);
    }
}
