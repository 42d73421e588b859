package dev.hearsay.agent.cli;

import dev.hearsay.Hearsay;
import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.http.HttpServer;
import dev.hearsay.agent.log.AgentLog;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.api.Cluster;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * Loads the classes that agents and short commands use and exits: the run during which {@code ./hearsay} has the JVM record
 * its archive of loaded classes. Two nodes on free loopback ports meet, and every short command asks one of them. Not for
 * people.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    /** Bound on the join: the start script waits for this command. */
    private static final int SECONDS = 20;

    private final PrintStream out;

    WarmUpCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        LogRing ring = new LogRing();
        AgentLog.install(ring, LogLevel.INFO);
        try (Cluster first = start("warm-up-1");
                Cluster second = start("warm-up-2");
                RpcServer rpc = RpcServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), first, ring, "", () -> {})) {
            second.join("127.0.0.1:" + first.self().address().getPort())
                    .get(SECONDS, TimeUnit.SECONDS)
                    .orThrow();
            String at = "-rpc-addr=127.0.0.1:" + rpc.address().getPort();
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Cli cli = new Cli(nowhere, nowhere);
            cli.run("members", at, "-detailed");
            cli.run("members", at, "-format=json");
            cli.run("info", at);
            cli.run("event", at, "warm-up");
            cli.run("query", at, "-timeout=200ms", "-format=json", "warm-up");
            cli.run("keys", at, "-list");
            cli.run("tags", at, "-set", "warm=up");
            cli.run("rtt", at, "warm-up-2");
            cli.run("reachability", at);
            cli.run("map", at, "put", "warm-up", "warm", "up");
            cli.run("map", at, "warm-up");
            cli.run("set", at, "contains", "warm-up", "warm");
            cli.run("counter", at, "add", "warm-up", "-1");
            cli.run("register", at, "get", "warm-up");
            cli.run("state", at, "list");
            cli.run("completion", "bash");
            cli.run("version");
            cli.run("demo", "-help");
            cli.run("agent", "-help");
            askOverHttp(first);
            try (RpcClient client = RpcClient.connect(rpc.address(), "")) {
                client.stream("*");
                client.monitor("info");
            }
            out.println("warm");
        }
        return 0;
    }

    /** Loads what an agent needs for HTTP. */
    private static void askOverHttp(Cluster cluster) throws Exception {
        AgentSettings settings = new ConfigSource(List.of(), Map.of()).read();
        HttpServer.Host host = new HttpServer.Host() {
            @Override
            public void exit() {}

            @Override
            public void failed(String line) {}

            @Override
            public boolean joined() {
                return true;
            }

            @Override
            public Map<String, String> figures() {
                return cluster.stats();
            }

            @Override
            public AgentSettings settings() {
                return settings;
            }

            @Override
            public String token() {
                return "";
            }
        };
        try (HttpServer http =
                HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), cluster, host)) {
            for (String path : List.of("/v1/agent", "/v1/health", "/v1/members", "/v1/nothing", "/metrics")) {
                try (Socket socket =
                        new Socket(http.address().getAddress(), http.address().getPort())) {
                    socket.setSoTimeout(SECONDS * 1000);
                    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private static Cluster start(String name) {
        return Hearsay.builder().name(name).bind("127.0.0.1", 0).start();
    }
}
