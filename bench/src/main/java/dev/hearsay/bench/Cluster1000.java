package dev.hearsay.bench;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberEvent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Many nodes in one JVM over loopback sockets, LAN preset: how long until each sees all alive, how many false suspicions
 * follow, what it costs in threads, memory and packets.
 *
 * <p>Each node has an address of its own, 127.1.a.b, and joins through the first, at most {@value #JOINS_AT_ONCE} at a time. Arguments: number
 * of nodes (default 1000), seconds to watch after convergence (default 60).
 */
public final class Cluster1000 {
    private static final int JOINS_AT_ONCE = 32;
    private static final int PORT = 7946;
    private static final long GIVE_UP_SECONDS = 180;

    private final int size;
    private final List<Cluster> nodes = new ArrayList<>();
    private final AtomicInteger converged = new AtomicInteger();
    private final AtomicInteger suspicions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    private Cluster1000(int size) {
        this.size = size;
    }

    /** Runs the measurement; exits with 1 if the nodes do not converge. */
    public static void main(String[] args) throws InterruptedException {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Set<String> alone = threadsOfOneNode();
        Cluster1000 run = new Cluster1000(size);
        boolean ok = run.converge();
        if (ok) {
            run.watch(seconds);
        }
        run.printThreads(alone);
        run.printCosts();
        run.stop();
        System.exit(ok ? 0 : 1);
    }

    private boolean converge() throws InterruptedException {
        long start = System.nanoTime();
        List<CompletableFuture<JoinResult>> joins = new ArrayList<>();
        Semaphore joining = new Semaphore(JOINS_AT_ONCE);
        for (int i = 0; i < size; i++) {
            Cluster node = start(i);
            nodes.add(node);
            joining.acquire();
            joins.add(node.join(seeds(i)).whenComplete((result, failure) -> joining.release()));
            if (i % 100 == 99 && i + 1 < size) {
                System.out.printf("         %6.2f s  %d nodes started; %s%n", seconds(start), i + 1, faults());
            }
        }
        System.out.printf("started  %6.2f s  %d nodes%n", seconds(start), size);
        CompletableFuture.allOf(joins.toArray(new CompletableFuture<?>[0])).join();
        long answered = joins.stream().filter(j -> j.join().contacted() > 0).count();
        System.out.printf("joined   %6.2f s  %d nodes have an answer of a seed%n", seconds(start), answered);
        double reported = seconds(start);
        while (converged.get() < size) {
            if (seconds(start) > GIVE_UP_SECONDS) {
                System.out.printf("gave up  %6.2f s  %d of %d nodes see all%n", seconds(start), converged.get(), size);
                return false;
            }
            if (seconds(start) - reported > 1) {
                reported = seconds(start);
                System.out.printf(
                        "         %6.2f s  %d nodes see all; %d suspicions%n",
                        reported, converged.get(), suspicions.get());
            }
            Thread.sleep(10);
        }
        System.out.printf(
                "converged%6.2f s  every node sees %d alive; %.1f s of processor since the JVM began%n",
                seconds(start), size, cpuNanos() / 1e9);
        long exact = nodes.stream()
                .filter(n -> Integer.toString(size).equals(n.stats().get("hearsay.members_live")))
                .count();
        System.out.printf("                   %d nodes say so in their stats; so far %s%n", exact, faults());
        return true;
    }

    private Cluster start(int index) {
        Cluster node = Hearsay.builder()
                .name("node-" + index)
                .bind(address(index), PORT)
                .tag("role", "bench")
                .start();
        // Itself is a member from the start, and joined before anybody could listen.
        AtomicInteger seen = new AtomicInteger(1);
        node.listen(event -> {
            if (event.kind() == MemberEvent.Kind.JOINED && seen.incrementAndGet() == size) {
                converged.incrementAndGet();
            } else if (event.kind() == MemberEvent.Kind.SUSPECTED) {
                suspicions.incrementAndGet();
            } else if (event.kind() == MemberEvent.Kind.FAILED) {
                failures.incrementAndGet();
            }
        });
        return node;
    }

    private void watch(int seconds) throws InterruptedException {
        suspicions.set(0);
        failures.set(0);
        long cpu = cpuNanos();
        Thread.sleep(seconds * 1000L);
        System.out.printf(
                "watched  %6d s  %s; %.2f cores busy%n", seconds, faults(), (cpuNanos() - cpu) / 1e9 / seconds);
    }

    private String faults() {
        return suspicions.get() + " suspicions, " + failures.get() + " failures";
    }

    private void printThreads(Set<String> alone) {
        Set<String> many = hearsayThreads();
        System.out.printf("threads  one node %s%n", alone);
        System.out.printf("         %d nodes %s: %+d%n", nodes.size(), many, many.size() - alone.size());
    }

    private void printCosts() {
        Map<String, Long> sums = new TreeMap<>();
        for (Cluster node : nodes) {
            node.stats().forEach((key, value) -> {
                if (key.startsWith("hearsay.") && !value.equals("0")) {
                    sums.merge(key.substring("hearsay.".length()), Long.parseLong(value), Long::sum);
                }
            });
        }
        System.out.println("sums     " + sums);
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        System.out.printf("heap     %d MiB after collection%n", (jvm.totalMemory() - jvm.freeMemory()) >> 20);
    }

    private void stop() {
        nodes.forEach(Cluster::close);
        nodes.forEach(node -> node.closed().join());
    }

    private static Set<String> threadsOfOneNode() {
        try (Cluster node =
                Hearsay.builder().name("alone").bind("127.1.255.1", PORT).start()) {
            node.listen(event -> {});
            node.tags(Map.of("a", "b")).join();
            return hearsayThreads();
        }
    }

    private static Set<String> hearsayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hearsay-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> seeds(int index) {
        return index == 0 ? List.of() : List.of(address(0));
    }

    private static String address(int index) {
        return "127.1." + (index / 250) + "." + (index % 250 + 1);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
