package dev.hearsay.bench;

import dev.hearsay.agent.Main;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long three agents need to see that one was killed, and that one left: real processes, LAN profile, ours and the real
 * Serf's, watched in the same way, through their logs.
 */
public final class Detection {
    private static final int PATIENCE_SECONDS = 60;

    private final String system;
    private final List<String> command;
    private final int subnet;
    private final List<Process> processes = new ArrayList<>();

    private Detection(String system, List<String> command, int subnet) {
        this.system = system;
        this.command = command;
        this.subnet = subnet;
    }

    /** Measures; the argument is the number of runs. */
    public static void main(String[] args) throws Exception {
        int runs = args.length == 0 ? 10 : Integer.parseInt(args[0]);
        System.out.printf("%d runs of 3 agents, LAN profile%n", runs);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> ours = List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        measure("hearsay", ours, 61, runs);
        try {
            measure("serf", List.of("serf"), 62, runs);
        } catch (IOException e) {
            System.out.println("serf: not measured, it does not start: " + e.getMessage());
        }
    }

    private static void measure(String system, List<String> command, int subnet, int runs) throws Exception {
        List<Double> failed = new ArrayList<>();
        List<Double> left = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            new Detection(system, command, subnet).run(failed, left);
        }
        report(system + ": kill -9 until failed on both survivors", failed);
        report(system + ": leave until left on the other", left);
    }

    private void run(List<Double> failed, List<Double> left) throws Exception {
        try {
            for (int i = 1; i <= 3; i++) {
                start(i);
            }
            try (RpcClient first = monitor(1);
                    RpcClient second = monitor(2)) {
                await(first, "EventMemberJoin: n3");
                await(second, "EventMemberJoin: n3");
                long killed = System.nanoTime();
                processes.get(2).destroyForcibly();
                await(first, "EventMemberFailed: n3");
                await(second, "EventMemberFailed: n3");
                failed.add((System.nanoTime() - killed) / 1e9);
                leave(first, left);
            }
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** The second agent leaves; the request returns only when it is gone, so it runs beside the watching. */
    private void leave(RpcClient first, List<Double> left) throws Exception {
        long asked = System.nanoTime();
        Thread leaver = new Thread(() -> {
            try (RpcClient client = connect(2)) {
                client.leave();
            } catch (IOException | RpcException e) {
                System.out.println(system + ": leave: " + e.getMessage());
            }
        });
        leaver.start();
        await(first, "EventMemberLeave: n2");
        left.add((System.nanoTime() - asked) / 1e9);
        leaver.join();
    }

    private void start(int i) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("agent", "-node=n" + i, "-bind=" + host(i) + ":7946", "-rpc-addr=" + host(i) + ":7373"));
        if (i > 1) {
            all.add("-join=" + host(1) + ":7946");
        }
        processes.add(new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (RpcClient client = connect(i)) {
                if (client.members("", "alive", Map.of()).size() == i) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private RpcClient monitor(int i) throws IOException, RpcException {
        RpcClient client = connect(i);
        client.monitor("info");
        return client;
    }

    private RpcClient connect(int i) throws IOException, RpcException {
        return RpcClient.connect(new InetSocketAddress(InetAddress.getAllByName(host(i))[0], 7373), "");
    }

    private String host(int i) {
        return "127.93." + subnet + "." + i;
    }

    /** Reads the log until the line comes. A watched line that came before another is read past: call in their order. */
    private static void await(RpcClient monitor, String line) throws IOException, RpcException {
        while (!monitor.next().text("Log").contains(line)) {
            // Another line.
        }
    }

    private static void report(String what, List<Double> seconds) {
        Collections.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%-48s median %.2f s, worst %.2f s%n",
                what,
                seconds.get(seconds.size() / 2),
                seconds.get(seconds.size() - 1));
    }
}
