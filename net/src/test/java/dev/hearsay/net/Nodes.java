package dev.hearsay.net;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.core.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Starts nodes on loopback for a test, and takes them down with it. */
final class Nodes implements AutoCloseable {
    /** Detects in a second or two what the presets detect in five to thirty. */
    static final Config FAST = Config.local().toBuilder()
            .protocolPeriod(Duration.ofMillis(200))
            .probeTimeout(Duration.ofMillis(100))
            .gossipInterval(Duration.ofMillis(20))
            .suspicionMaxMult(2)
            .build();

    private final List<Cluster> started = new ArrayList<>();

    /** A builder of a fast node on a free port of 127.0.0.1. */
    static Hearsay.Builder builder(String name) {
        return Hearsay.builder().name(name).bind("127.0.0.1", 0).config(FAST);
    }

    Cluster start(String name) {
        return start(builder(name));
    }

    Cluster start(Hearsay.Builder builder) {
        Cluster cluster = builder.start();
        started.add(cluster);
        return cluster;
    }

    /** Starts a node of another kind. */
    <C extends Cluster> C start(Hearsay.Builder builder, Function<Hearsay.Builder, C> how) {
        C cluster = how.apply(builder);
        started.add(cluster);
        return cluster;
    }

    /** Starts that many nodes, named {@code <prefix>0} and so on, and joins all to the first. */
    List<Cluster> cluster(String prefix, int size) throws Exception {
        List<Cluster> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(start(prefix + i));
            if (i > 0) {
                join(nodes.get(i), nodes.get(0));
            }
        }
        awaitAlive(nodes, size);
        return nodes;
    }

    static void join(Cluster node, Cluster seed) throws Exception {
        node.join(address(seed)).get(20, TimeUnit.SECONDS).orThrow();
    }

    /** Where the node listens, as a seed. */
    static String address(Cluster node) {
        var address = node.self().address();
        String host = address.getAddress().getHostAddress();
        return host.contains(":") ? "[" + host + "]:" + address.getPort() : host + ":" + address.getPort();
    }

    /** A port of 127.0.0.1 that accepts connections and never says anything. */
    static ServerSocket silent() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        return socket;
    }

    static int port(Cluster node) {
        return node.self().address().getPort();
    }

    static void awaitAlive(List<Cluster> nodes, int size) {
        for (Cluster node : nodes) {
            Await.until(
                    () -> node + " sees " + size + " alive, of " + node.members(),
                    () -> node.members().stream()
                                    .filter(m -> m.status() == Status.ALIVE)
                                    .count()
                            == size);
        }
    }

    static void awaitStatus(Cluster observer, String name, Status status) {
        Await.until(
                () -> observer + " sees " + name + " " + status + ", now " + observer.member(name),
                () -> status(observer, name).equals(Optional.of(status)));
    }

    static Optional<Status> status(Cluster observer, String name) {
        return observer.member(name).map(ClusterMember::status);
    }

    /** The events that the node tells from now on. */
    static List<MemberEvent> record(Cluster node) {
        List<MemberEvent> events = new CopyOnWriteArrayList<>();
        node.listen(events::add);
        return events;
    }

    static boolean saw(List<MemberEvent> events, MemberEvent.Kind kind, String name) {
        return events.stream()
                .anyMatch(e -> e.kind() == kind && e.member().name().equals(name));
    }

    static long stat(Cluster node, String key) {
        return Long.parseLong(node.stats().getOrDefault(key, "0"));
    }

    @Override
    public void close() {
        started.forEach(Cluster::close);
        started.forEach(node -> node.closed().exceptionally(failure -> null).join());
    }
}
