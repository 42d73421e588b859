package dev.hearsay.bench.events;

import dev.hearsay.agent.Main;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Agents, each a process of its own on a loopback address: ours or Serf's. Events go in and come out over their RPC. */
final class Agents implements Members {
    private static final int PORT = 7946;
    private static final int RPC_PORT = 7373;
    private static final int START_SECONDS = 120;

    private final boolean serf;
    private final String network;
    private final int size;
    private final Arrivals arrivals;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final List<RpcClient> firing = new ArrayList<>();

    /** On the addresses {@code network.1} and so on. */
    Agents(boolean serf, String network, int size, Arrivals arrivals) {
        this.serf = serf;
        this.network = network;
        this.size = size;
        this.arrivals = arrivals;
    }

    @Override
    public String kind() {
        return (serf ? "serf" : "hearsay") + ", a process each";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void start() throws Exception {
        // Also when the measurement is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        for (int i = 1; i <= size; i++) {
            String host = network + "." + i;
            processes.add(new ProcessBuilder(command(i, host))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
            firing.add(patiently(() -> connect(host)));
            RpcClient stream = connect(host);
            stream.stream("user:" + EVENT);
            Thread thread = new Thread(() -> hear(stream), "hearing");
            thread.setDaemon(true);
            thread.start();
        }
        for (RpcClient client : firing) {
            patiently(() -> {
                int seen = client.members("", "alive", Map.of()).size();
                if (seen < size) {
                    throw new IOException("an agent sees " + seen + " of " + size);
                }
                return seen;
            });
        }
    }

    private List<String> command(int number, String host) {
        List<String> command = new ArrayList<>();
        if (serf) {
            command.add("serf");
        } else {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
        }
        command.addAll(List.of(
                "agent", "-node=n" + number, "-bind=" + host + ":" + PORT, "-rpc-addr=" + host + ":" + RPC_PORT));
        if (!serf) {
            command.addAll(List.of("-stop-with-parent", "-http-addr=off"));
        }
        if (number > 1) {
            command.add("-join=" + network + ".1:" + PORT);
        }
        return command;
    }

    private static RpcClient connect(String host) throws IOException, RpcException {
        return RpcClient.connect(new InetSocketAddress(InetAddress.getByName(host), RPC_PORT), "");
    }

    /** Tries until it works; the last failure if it never does. */
    private static <T> T patiently(Callable<T> action) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                return action.call();
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void hear(RpcClient stream) {
        try {
            while (true) {
                RpcMap event = stream.next();
                arrivals.heard(event.bytes("Payload"));
            }
        } catch (IOException | RpcException e) {
            // The agent is gone: the measurement is over.
        }
    }

    @Override
    public void fire(int member, long number) throws IOException, RpcException {
        firing.get(member).event(EVENT, Arrivals.payload(number), false);
    }

    @Override
    public Map<String, Long> sums() {
        return Map.of();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroyForcibly().onExit().join();
        }
    }
}
