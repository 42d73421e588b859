package dev.hearsay.examples.flags;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program: three instances in one process share their flags. In earnest, each is a process of its own. */
public final class Main {
    private static final int INSTANCES = 3;
    private static final long SECONDS = 10;

    private Main() {}

    /** Runs it once. */
    public static void main(String[] args) throws Exception {
        List<Cluster> clusters = new ArrayList<>();
        List<FeatureFlags> instances = new ArrayList<>();
        try {
            for (int i = 1; i <= INSTANCES; i++) {
                Cluster cluster =
                        Hearsay.builder().name("web-" + i).bind("127.0.0.1", 0).start();
                clusters.add(cluster);
                int port = clusters.get(0).self().address().getPort();
                cluster.join("127.0.0.1:" + port).get(SECONDS, TimeUnit.SECONDS);
                instances.add(new FeatureFlags(cluster, System.out::println));
            }
            instances.get(1).set("dark-mode", true).get(SECONDS, TimeUnit.SECONDS);
            FeatureFlags last = instances.get(INSTANCES - 1);
            for (int waited = 0; last.switched("dark-mode") < INSTANCES && waited < SECONDS * 100; waited++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            System.out.println("switched " + last.switched("dark-mode") + " times, by " + last.workers());
        } finally {
            instances.forEach(FeatureFlags::close);
            clusters.forEach(Cluster::close);
        }
    }
}
