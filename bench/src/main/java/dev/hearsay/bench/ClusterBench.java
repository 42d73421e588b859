package dev.hearsay.bench;

import dev.hearsay.core.Config;
import java.io.IOException;
import java.util.Map;

/**
 * Many nodes in one JVM over loopback sockets, LAN preset: how long until each has seen all, and what it costs to stay so.
 * Every ten seconds it prints what would show that it does not hold: suspicions, datagrams lost for want of a reader, how
 * late this JVM's own timer is.
 */
public final class ClusterBench {
    private static final int GIVE_UP_SECONDS = 300;
    private static final int WINDOW_SECONDS = 10;
    private static final int SETTLE_SECONDS = 20;

    private ClusterBench() {}

    /**
     * Runs the measurement; exits with 1 if the nodes do not converge. Arguments: number of nodes (1,000), seconds to watch
     * (60), guard streams of each (as by default).
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Report report = new Report("cluster").line("nodes", size, "in one JVM");
        report.line("processors", Runtime.getRuntime().availableProcessors(), "");
        Config lan = Config.lan();
        Config config = args.length > 2
                ? lan.toBuilder().guards(Integer.parseInt(args[2])).build()
                : lan;
        report.line("guards", config.guards(), "guard streams of each, two descriptors here");
        Loopback cluster = new Loopback(size, config);
        double converged = cluster.converge(GIVE_UP_SECONDS);
        report.line("all_see_all", converged, "s after the first start");
        report.line("processor_until_then", Machine.cpuNanos() / 1e9, "s, with the start of the JVM");
        report.line("suspicions_until_then", cluster.takeSuspicions(), "one for each node that heard of it");
        report.line("failures_until_then", cluster.takeFailures(), "");
        if (!Double.isNaN(converged)) {
            watch(cluster, Math.min(seconds, SETTLE_SECONDS), new Report("settling"));
            watch(cluster, seconds, report);
        }
        Map<String, Long> sums = cluster.sums();
        report.line("see_exactly_all_at_the_end", cluster.exact(), "nodes");
        report.line("heap_at_the_end", Machine.heapUsed() >> 20, "MiB after a collection");
        System.out.println("sums of all nodes since their start: " + sums);
        report.print();
        cluster.close();
        System.exit(Double.isNaN(converged) ? 1 : 0);
    }

    private static void watch(Loopback cluster, int seconds, Report report) throws InterruptedException, IOException {
        long cpu = Machine.cpuNanos();
        long suspicions = 0;
        long failures = 0;
        long worstLag = 0;
        long lost = Machine.datagramsOverflowed();
        Map<String, Long> before = cluster.sums();
        long start = System.nanoTime();
        for (int left = seconds; left > 0; left -= WINDOW_SECONDS) {
            long windowCpu = Machine.cpuNanos();
            long windowLost = Machine.datagramsOverflowed();
            int window = Math.min(left, WINDOW_SECONDS);
            long lag = sleepAndFindLag(window);
            int suspected = cluster.takeSuspicions();
            int failed = cluster.takeFailures();
            System.out.printf(
                    "%4d s    %.2f cores, %d suspicions, %d failures, %d datagrams lost, timer at most %d ms late%n",
                    window,
                    (Machine.cpuNanos() - windowCpu) / 1e9 / window,
                    suspected,
                    failed,
                    Machine.datagramsOverflowed() - windowLost,
                    lag);
            suspicions += suspected;
            failures += failed;
            worstLag = Math.max(worstLag, lag);
        }
        double took = Machine.seconds(start);
        Map<String, Long> after = cluster.sums();
        report.line("watched", took, "s");
        report.line("cores", (Machine.cpuNanos() - cpu) / 1e9 / took, "busy");
        report.line("packets_per_second", rate(before, after, "packets_out", took), "all nodes together");
        report.line("bytes_per_second", rate(before, after, "bytes_out", took), "of UDP payload");
        report.line("streams_per_second", rate(before, after, "streams_out", took), "");
        report.line("suspicions", suspicions, "one for each node that heard of it");
        report.line("failures", failures, "");
        report.line(
                "datagrams_lost", Machine.datagramsOverflowed() - lost, "on the whole machine, for want of a reader");
        report.line("worst_lag", worstLag, "ms, of a timer of this JVM");
    }

    private static long sleepAndFindLag(int seconds) throws InterruptedException {
        long worst = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long before = System.nanoTime();
            Thread.sleep(10);
            worst = Math.max(worst, (System.nanoTime() - before) / 1_000_000 - 10);
        }
        return worst;
    }

    private static double rate(Map<String, Long> before, Map<String, Long> after, String key, double seconds) {
        return (after.getOrDefault(key, 0L) - before.getOrDefault(key, 0L)) / seconds;
    }
}
