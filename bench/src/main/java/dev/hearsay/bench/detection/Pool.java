package dev.hearsay.bench.detection;

import dev.hearsay.agent.Main;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The members who watch, and the processes they live in. Two kinds of event streams tell what they list: ours print it, and
 * Serf's agents have a monitor in their RPC. Nobody polls.
 */
abstract class Pool implements AutoCloseable {
    static final int PORT = 7946;
    private static final int RPC_PORT = 7373;
    private static final int START_SECONDS = 60;

    final Views views = new Views();
    final Set<String> watchers = new LinkedHashSet<>();
    final String network;
    private final List<Process> processes = new ArrayList<>();

    Pool(String network) {
        this.network = network;
    }

    /** Starts so many members, named n1 and so on, and joins them. */
    abstract void start(int members) throws Exception;

    /** Starts one more, in a process of its own, that joins the others. */
    abstract Process victim(String name, int host) throws IOException;

    final Process run(List<String> command, ProcessBuilder.Redirect output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output)
                .start();
        processes.add(process);
        return process;
    }

    final void read(Runnable reading) {
        Thread thread = new Thread(reading, "watching");
        thread.setDaemon(true);
        thread.start();
    }

    /** SIGKILL for all. */
    @Override
    public void close() {
        for (Process process : processes) {
            process.destroyForcibly().onExit().join();
        }
    }

    static List<String> java(String mainClass, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(args));
        return command;
    }

    /** Our agents: the watchers in a few processes, because twenty JVMs on two cores would measure the JVMs. */
    static final class Ours extends Pool {
        private static final int MEMBERS_PER_PROCESS = 5;

        Ours(String network) {
            super(network);
        }

        @Override
        void start(int members) throws IOException {
            for (int first = 1; first <= members; first += MEMBERS_PER_PROCESS) {
                int last = Math.min(members, first + MEMBERS_PER_PROCESS - 1);
                for (int i = first; i <= last; i++) {
                    watchers.add("n" + i);
                }
                Process host = run(
                        java(Host.class.getName(), network, "1", String.valueOf(first), String.valueOf(last)),
                        ProcessBuilder.Redirect.PIPE);
                read(() -> lines(host));
            }
        }

        private void lines(Process host) {
            try (BufferedReader lines = host.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ");
                    if (words.length == 3) {
                        views.saw(words[0], words[2], words[1].equals("alive"));
                    }
                }
            } catch (IOException e) {
                System.out.println("a host is gone: " + e.getMessage());
            }
        }

        @Override
        Process victim(String name, int host) throws IOException {
            String at = network + "." + host;
            return run(
                    java(
                            Main.class.getName(),
                            "agent",
                            "-node=" + name,
                            "-bind=" + at + ":" + PORT,
                            "-rpc-addr=" + at + ":" + RPC_PORT,
                            "-http-addr=off",
                            "-join=" + network + ".1:" + PORT),
                    ProcessBuilder.Redirect.DISCARD);
        }
    }

    /** Serf's agents, one process each. */
    static final class Serf extends Pool {
        Serf(String network) {
            super(network);
        }

        @Override
        void start(int members) throws Exception {
            for (int i = 1; i <= members; i++) {
                String name = "n" + i;
                watchers.add(name);
                victim(name, i);
                RpcClient monitor = monitor(network + "." + i);
                read(() -> log(name, monitor));
            }
        }

        private void log(String watcher, RpcClient monitor) {
            try {
                while (true) {
                    String line = monitor.next().text("Log");
                    for (String event : List.of("EventMemberJoin: ", "EventMemberFailed: ")) {
                        int at = line.indexOf(event);
                        if (at >= 0) {
                            String subject = line.substring(at + event.length()).split(" ")[0];
                            views.saw(watcher, subject, event.contains("Join"));
                        }
                    }
                }
            } catch (IOException | RpcException e) {
                // The agent is gone: the measurement is over.
            }
        }

        private static RpcClient monitor(String host) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (true) {
                try {
                    RpcClient client =
                            RpcClient.connect(new InetSocketAddress(InetAddress.getByName(host), RPC_PORT), "");
                    client.monitor("info");
                    return client;
                } catch (IOException e) {
                    if (System.nanoTime() - deadline > 0) {
                        throw e;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        @Override
        Process victim(String name, int host) throws IOException {
            String at = network + "." + host;
            List<String> command = new ArrayList<>(List.of(
                    "serf", "agent", "-node=" + name, "-bind=" + at + ":" + PORT, "-rpc-addr=" + at + ":" + RPC_PORT));
            if (!name.equals("n1")) {
                command.add("-join=" + network + ".1:" + PORT);
            }
            return run(command, ProcessBuilder.Redirect.DISCARD);
        }
    }
}
