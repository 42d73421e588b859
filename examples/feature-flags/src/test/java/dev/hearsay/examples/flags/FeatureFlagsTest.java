package dev.hearsay.examples.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three instances in one process, over loopback sockets. */
@Timeout(120)
class FeatureFlagsTest {
    private final List<Cluster> clusters = new ArrayList<>();
    private final List<FeatureFlags> instances = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        instances.forEach(FeatureFlags::close);
        clusters.forEach(Cluster::close);
        clusters.forEach(cluster -> cluster.closed().join());
    }

    private FeatureFlags start(String name) throws Exception {
        Cluster cluster = Hearsay.builder().name(name).bind("127.0.0.1", 0).start();
        clusters.add(cluster);
        if (clusters.size() > 1) {
            int port = clusters.get(0).self().address().getPort();
            cluster.join("127.0.0.1:" + port).get(20, TimeUnit.SECONDS).orThrow();
        }
        FeatureFlags instance = new FeatureFlags(cluster, said::add);
        instances.add(instance);
        return instance;
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("not within 30 s: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void aFlagThatOneSwitchesIsSwitchedByAllOnce() throws Exception {
        FeatureFlags one = start("web-1");
        FeatureFlags two = start("web-2");
        FeatureFlags three = start("web-3");
        two.set("dark-mode", true).get(20, TimeUnit.SECONDS);
        await("all have it on", () -> one.isOn("dark-mode") && two.isOn("dark-mode") && three.isOn("dark-mode"));
        await("all have counted", () -> one.switched("dark-mode") == 3 && three.switched("dark-mode") == 3);
        assertEquals(
                List.of("web-1: dark-mode is on", "web-2: dark-mode is on", "web-3: dark-mode is on"),
                List.copyOf(new TreeSet<>(said)));
        assertEquals(3, said.size());
    }

    @Test
    void whoComesLaterHasTheFlagsAndWhoRetiresIsNoWorker() throws Exception {
        FeatureFlags one = start("web-1");
        one.set("dark-mode", true).get(20, TimeUnit.SECONDS);
        FeatureFlags two = start("web-2");
        await("it is on there, too", () -> two.isOn("dark-mode"));
        await("both are workers", () -> one.workers().equals(List.of("web-1", "web-2")));
        two.retire().get(20, TimeUnit.SECONDS);
        await("one is", () -> one.workers().equals(List.of("web-1")));
    }
}
