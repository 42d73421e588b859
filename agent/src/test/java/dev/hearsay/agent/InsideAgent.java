package dev.hearsay.agent;

import dev.hearsay.agent.cli.Cli;
import dev.hearsay.agent.config.ConfigException;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.config.Setting;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.Codec;
import dev.hearsay.core.state.StateOverrun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A node with the settings of an agent, and its RPC, inside this process, on free loopback ports. */
public final class InsideAgent implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final RpcServer server;

    private InsideAgent(Cluster cluster, RpcServer server) {
        this.cluster = cluster;
        this.server = server;
    }

    /** Starts one. */
    public static InsideAgent start(String name, Map<Setting, String> flags) throws IOException, ConfigException {
        Map<Setting, List<String>> all = new EnumMap<>(Setting.class);
        all.put(Setting.NODE, List.of(name));
        all.put(Setting.BIND, List.of("127.0.0.1:0"));
        flags.forEach((setting, text) -> all.put(setting, List.of(text)));
        Cluster cluster = NodeStart.start(new ConfigSource(List.of(), all).read());
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new InsideAgent(cluster, RpcServer.start(free, cluster, new LogRing(), "", () -> {}));
    }

    /** Joins the other; returns when both see so many alive. */
    public void join(InsideAgent other, int members) {
        cluster.join("127.0.0.1:" + other.cluster.self().address().getPort())
                .join()
                .orThrow();
        for (InsideAgent each : List.of(this, other)) {
            Await.until(
                    members + " members alive",
                    BOUND,
                    () -> each.cluster.members().stream()
                                    .filter(member -> member.status() == Status.ALIVE)
                                    .count()
                            == members);
        }
    }

    /** Writes a key of a map, once there is room to tell others of it. */
    public void put(String map, String key, byte[] value) {
        Await.until("room for " + key, BOUND, () -> {
            try {
                cluster.state().map(map, Codec.BYTES).put(key, value).join();
                return true;
            } catch (CompletionException e) {
                if (e.getCause() instanceof StateOverrun) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Where it listens for commands, as the flag of a command. */
    public String rpcFlag() {
        return "-rpc-addr=" + HostPort.of(server.address());
    }

    /** A connection for commands. */
    public RpcClient connect() throws IOException, RpcException {
        return RpcClient.connect(server.address(), "");
    }

    /** What its RPC counted under that name. */
    public long counted(String name) {
        return Long.parseLong(server.figures().getOrDefault(name, "-1"));
    }

    /** The node. */
    public Cluster cluster() {
        return cluster;
    }

    /** Runs a command against it; returns what it prints on both streams, and its exit code if it is not 0. */
    public String type(String command, String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        String[] all = new String[args.length + 2];
        all[0] = command;
        all[1] = rpcFlag();
        System.arraycopy(args, 0, all, 2, args.length);
        int code = new Cli(stream, stream).run(all);
        return said.toString(StandardCharsets.UTF_8) + (code == 0 ? "" : "[exit " + code + "]\n");
    }

    @Override
    public void close() {
        server.close();
        cluster.close();
        Await.until("the node to end", BOUND, () -> cluster.closed().isDone());
    }
}
