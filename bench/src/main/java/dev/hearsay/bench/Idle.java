package dev.hearsay.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a member costs while nothing happens: clusters of several sizes in one JVM over loopback sockets, one after the
 * other, LAN preset; and twenty real Serf agents, each a process, where they are installed.
 *
 * <p>The machine must be idle. Bytes are those of the loopback interface, with all headers, so that both kinds are measured
 * alike; for our own nodes also the UDP payload that they count themselves.
 */
public final class Idle {
    private static final int GIVE_UP_SECONDS = 300;
    private static final int AGENTS = 20;

    private final int settleSeconds;
    private final int seconds;

    private Idle(int settleSeconds, int seconds) {
        this.settleSeconds = settleSeconds;
        this.seconds = seconds;
    }

    /** Runs the measurement. Arguments: seconds to measure each (60), then sizes (20, 100, 1,000). */
    public static void main(String[] args) throws InterruptedException, IOException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            sizes.add(Integer.parseInt(args[i]));
        }
        // As long as a node is young and exchanges more often; the periodic exchanges come every 30 s and less.
        Idle idle = new Idle(Math.min(seconds, 40), seconds);
        for (int size : sizes.isEmpty() ? List.of(20, 100, 1_000) : sizes) {
            idle.ours(size);
        }
        idle.serf();
        System.exit(0);
    }

    private void ours(int size) throws InterruptedException, IOException {
        long heapBefore = Machine.heapUsed();
        try (Loopback cluster = new Loopback(size)) {
            Report report =
                    new Report("idle").line("system", "hearsay", "one JVM").line("members", size, "");
            report.line("all_see_all", cluster.converge(GIVE_UP_SECONDS), "s");
            TimeUnit.SECONDS.sleep(settleSeconds);
            Map<String, Long> before = cluster.sums();
            long bytes = Machine.loopbackBytes();
            long cpu = Machine.cpuNanos();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double took = Machine.seconds(start);
            perMember(report, size, took, Machine.cpuNanos() - cpu, Machine.loopbackBytes() - bytes);
            Map<String, Long> after = cluster.sums();
            long payload = after.getOrDefault("bytes_out", 0L) - before.getOrDefault("bytes_out", 0L);
            report.line("udp_payload", payload / took / size, "B/s per member, sent");
            report.line(
                    "heap", (Machine.heapUsed() - heapBefore) / 1024.0 / size, "KiB per member, after a collection");
            report.line("suspicions", cluster.takeSuspicions(), "");
            report.print();
        }
    }

    private void serf() throws InterruptedException, IOException {
        List<Process> agents = new ArrayList<>();
        try {
            for (int i = 1; i <= AGENTS; i++) {
                agents.add(agent(i));
            }
            TimeUnit.SECONDS.sleep(settleSeconds);
            long cpu = cpu(agents);
            long bytes = Machine.loopbackBytes();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double took = Machine.seconds(start);
            Report report =
                    new Report("idle").line("system", "serf", "a process each").line("members", AGENTS, "");
            perMember(report, AGENTS, took, cpu(agents) - cpu, Machine.loopbackBytes() - bytes);
            long resident = 0;
            for (Process agent : agents) {
                resident += Machine.residentBytes(agent.pid());
            }
            report.line("resident", resident / 1024.0 / AGENTS, "KiB per member, of the process");
            report.line("alive_agents", agents.stream().filter(Process::isAlive).count(), "");
            report.print();
        } catch (IOException e) {
            System.out.println("serf: not measured, it does not run: " + e.getMessage());
        } finally {
            for (Process agent : agents) {
                agent.destroyForcibly().waitFor();
            }
        }
    }

    private static void perMember(Report report, int members, double seconds, long cpuNanos, long bytes) {
        report.line("measured", seconds, "s");
        report.line("millicores", cpuNanos / 1e6 / seconds / members, "per member");
        report.line("loopback", bytes / seconds / members, "B/s per member, all headers, of the whole machine");
    }

    private static long cpu(List<Process> agents) throws IOException {
        long sum = 0;
        for (Process agent : agents) {
            sum += Machine.cpuNanos(agent.pid());
        }
        return sum;
    }

    private static Process agent(int i) throws IOException {
        String host = String.format(Locale.ROOT, "127.94.0.%d", i);
        List<String> command = new ArrayList<>(
                List.of("serf", "agent", "-node=s" + i, "-bind=" + host + ":7946", "-rpc-addr=" + host + ":7373"));
        if (i > 1) {
            command.add("-retry-join=127.94.0.1:7946");
            command.add("-retry-interval=1s");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
