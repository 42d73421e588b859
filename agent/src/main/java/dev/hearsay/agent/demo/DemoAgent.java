package dev.hearsay.agent.demo;

import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.Main;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import dev.hearsay.agent.rpc.WireMember;
import dev.hearsay.api.QueryRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One agent of the demo: its process, and the connection over which it tells what it believes. */
final class DemoAgent {
    /** The query that the demo's agents answer: for how long they have been running. */
    static final String UPTIME = "uptime";

    private static final String EVENTS =
            "member-join,member-leave,member-failed,member-update,member-reap,member-suspect,member-refute,user,query:"
                    + UPTIME;
    private static final Map<String, String> STATUS = Map.of(
            "member-join", "alive",
            "member-update", "alive",
            "member-refute", "alive",
            "member-suspect", "suspect",
            "member-failed", "failed",
            "member-leave", "left",
            "member-reap", "");

    private final String name;
    private final HostPort bind;
    private final InetSocketAddress rpc;
    private final HostPort http;
    private final Path log;
    private final DemoView view;
    private volatile long started;
    private @Nullable Process process;
    private @Nullable RpcClient connection;

    /** An agent that listens for others there, for commands on the next port, and for HTTP on the one after. */
    DemoAgent(String name, HostPort bind, Path log, DemoView view) {
        this.name = name;
        this.bind = bind;
        this.rpc = new InetSocketAddress(bind.host(), bind.port() + 1);
        this.http = new HostPort(bind.host(), bind.port() + 2);
        this.log = log;
        this.view = view;
    }

    String name() {
        return name;
    }

    HostPort bind() {
        return bind;
    }

    String rpcAddress() {
        return HostPort.of(rpc).toString();
    }

    /** Where it answers HTTP. */
    HostPort http() {
        return http;
    }

    long pid() {
        return process == null ? 0 : process.pid();
    }

    /** Starts the process; it joins through the seed unless that is empty. */
    void start(String seed) throws IOException {
        started = System.nanoTime();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("-X")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(
                List.of("agent", "-node=" + name, "-bind=" + bind, "-rpc-addr=" + rpcAddress(), "-http-addr=" + http));
        command.addAll(List.of("-stop-with-parent", "-log-level=debug", "-tag", "role=demo"));
        if (!seed.isEmpty()) {
            command.add("-join=" + seed);
        }
        // Standard input stays a pipe that only the demo holds: when the demo dies, however it dies, the agent sees its
        // end.
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Waits until the agent answers, and listens to it from then on.
     *
     * @throws IOException if it ends before, or does not answer within the time; the message says why, for a person
     */
    void listen(long millis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            try {
                listen(RpcClient.connect(rpc, ""));
                return;
            } catch (IOException | RpcException e) {
                if (process == null || !process.isAlive()) {
                    throw new IOException(name + " did not start: " + complaint(), e);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException(name + " does not answer at " + rpcAddress() + ": " + e.getMessage(), e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** SIGKILL: the process gets no chance to say anything. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
        hangUp();
    }

    /** Has the agent leave; returns when it has. */
    void leave() throws IOException, RpcException {
        try (RpcClient client = RpcClient.connect(rpc, "")) {
            client.leave();
        }
        hangUp();
    }

    /** Has the agent fire a user event; returns when it has taken it. */
    void fire(String event, String payload) throws IOException, RpcException {
        try (RpcClient client = RpcClient.connect(rpc, "")) {
            client.event(event, payload.getBytes(StandardCharsets.UTF_8), false);
        }
    }

    /** Has the agent ask everybody; returns when the query has ended. Tells of each answer: from whom, and what. */
    void ask(String query, BiConsumer<String, String> onAnswer) throws IOException, RpcException {
        try (RpcClient client = RpcClient.connect(rpc, "")) {
            client.query(QueryRequest.named(query));
            for (RpcMap item = client.next(); !item.text("Type").equals("done"); item = client.next()) {
                if (item.text("Type").equals("response")) {
                    onAnswer.accept(item.text("From"), new String(item.bytes("Payload"), StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** Ends the process if it still runs. Does not wait. */
    void destroy() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Waits until the process is gone. */
    void awaitEnd() throws InterruptedException {
        if (process != null) {
            process.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private void hangUp() {
        view.vanish(name);
        if (connection != null) {
            connection.close();
        }
    }

    private void listen(RpcClient client) throws IOException, RpcException {
        // The stream first: what changes between the two is told again, nothing is missed.
        client.stream(EVENTS);
        Map<String, String> believed = new TreeMap<>();
        try (RpcClient second = RpcClient.connect(rpc, "")) {
            for (WireMember member : second.members("", "", Map.of())) {
                believed.put(member.name(), member.suspect() ? "suspect" : member.status());
            }
        }
        connection = client;
        view.appear(name, believed);
        Thread thread = new Thread(() -> hear(client), "demo-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void hear(RpcClient client) {
        try {
            while (true) {
                hear(client, client.next());
            }
        } catch (IOException | RpcException e) {
            // The agent is gone, as the story wants it, or the story will notice.
        }
    }

    private void hear(RpcClient client, RpcMap event) throws IOException, RpcException {
        long now = System.nanoTime();
        switch (event.text("Event")) {
            case "user" -> view.tell(new DemoView.Heard(name, event.text("Name"), now));
            case "query" -> client.respond(event.number("ID"), uptime().getBytes(StandardCharsets.UTF_8));
            default -> {
                String status = STATUS.getOrDefault(event.text("Event"), "");
                for (RpcMap member : event.maps("Members")) {
                    String about = WireMember.read(member).name();
                    view.tell(new DemoView.Sighting(name, about, status, event.text("By"), now));
                }
            }
        }
    }

    private String uptime() {
        return String.format(Locale.ROOT, "up for %.1f s", (System.nanoTime() - started) / 1e9);
    }

    /** The last line of the agent's log that says what went wrong. */
    private String complaint() throws IOException {
        String complaint = "see " + log;
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("==>") || line.toLowerCase(Locale.ROOT).contains("error")) {
                complaint = line.replace("==> ", "");
            }
        }
        return complaint;
    }
}
