package dev.hearsay.agent.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's own rules: what it refuses, what it bounds, and what it adds to Serf's protocol. */
class RpcServerTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final FakeCluster cluster = FakeCluster.captured();
    private final ClusterMember suspect = FakeCluster.member("s", "127.0.15.3", Status.SUSPECT, Map.of());
    private RpcServer server;

    @BeforeEach
    void start() throws IOException {
        server = start("");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void withATokenEveryCommandNeedsIt() throws Exception {
        try (RpcServer guarded = start("sekret")) {
            try (RpcClient client = RpcClient.connect(guarded.address(), "")) {
                RpcException refused = assertThrows(RpcException.class, client::stats);
                assertEquals("Authentication required", refused.getMessage());
            }
            RpcException wrong = assertThrows(
                    RpcException.class,
                    () -> RpcClient.connect(guarded.address(), "sekre").close());
            assertEquals("Invalid authentication token", wrong.getMessage());
            try (RpcClient client = RpcClient.connect(guarded.address(), "sekret")) {
                assertEquals("real1", client.stats().map("agent").text("name"));
            }
        }
    }

    @Test
    void aSuspectIsAliveToSerfAndMarkedForUs() throws Exception {
        cluster.add(suspect);
        try (RpcClient client = connect()) {
            List<WireMember> alive = client.members("s", "alive", Map.of());
            assertEquals(1, alive.size());
            assertTrue(alive.get(0).suspect());
            assertEquals("alive", alive.get(0).status());
        }
    }

    @Test
    void suspicionIsStreamedToThoseWhoAskForItOnly() throws Exception {
        try (RpcClient serfs = connect();
                RpcClient ours = connect()) {
            serfs.stream("*");
            ours.stream("member-suspect,member-join");
            cluster.emit(new MemberEvent(MemberEvent.Kind.SUSPECTED, suspect, "real2"));
            cluster.emit(new MemberEvent(MemberEvent.Kind.JOINED, cluster.self(), ""));
            assertEquals("member-join", serfs.next().text("Event"));
            RpcMap first = ours.next();
            assertEquals("member-suspect", first.text("Event"));
            assertEquals("real2", first.text("By"));
            assertTrue(first.maps("Members").get(0).flag("Suspect"));
            assertEquals("member-join", ours.next().text("Event"));
        }
        Await.until("the streams to end with their clients", BOUND, () -> cluster.listeners() == 0);
    }

    @Test
    void aClientThatDoesNotReadLosesEventsAndCostsNoMemory() throws Exception {
        try (RpcClient client = connect()) {
            client.stream("*");
            MemberEvent event = new MemberEvent(MemberEvent.Kind.JOINED, cluster.self(), "");
            Await.until("events to be dropped", BOUND, () -> {
                for (int i = 0; i < 20_000; i++) {
                    cluster.emit(event);
                }
                return Long.parseLong(server.figures().get("rpc_events_dropped")) > 0;
            });
        }
    }

    @Test
    void whatIsNotAMapIsRefusedCountedAndTheConnectionClosed() throws Exception {
        for (byte[] nonsense : List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8),
                // A map whose key claims to be 4 GB long, a map of 2^32 - 1 entries, and a map nested without end.
                new byte[] {(byte) 0x81, (byte) 0xdb, -1, -1, -1, -1},
                new byte[] {(byte) 0xdf, 0x7f, -1, -1, -1},
                nested())) {
            long before = malformed();
            try (Socket socket = new Socket()) {
                socket.connect(server.address(), 1000);
                socket.setSoTimeout((int) BOUND.toMillis());
                socket.getOutputStream().write(nonsense);
                String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(reply.contains("Malformed request"), reply);
            }
            assertEquals(before + 1, malformed());
        }
    }

    @Test
    void moreClientsThanTheBoundAreTurnedAwayAndCounted() throws Exception {
        List<RpcClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < RpcServer.MAX_CLIENTS; i++) {
                clients.add(connect());
            }
            assertThrows(IOException.class, () -> connect().close());
            assertEquals("1", server.figures().get("rpc_refused"));
        } finally {
            clients.forEach(RpcClient::close);
        }
        Await.until("a place to become free", BOUND, () -> {
            try (RpcClient again = connect()) {
                return again.stats().has("agent");
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void aBadOrRunawayExpressionIsAnErrorAndTheConnectionGoesOn() throws Exception {
        String name = "a".repeat(60);
        cluster.add(FakeCluster.member(name + "!", "127.0.15.4", Status.ALIVE, Map.of()));
        try (RpcServer fresh = start("")) {
            for (String expression : List.of("(", "(.*a){12}b", "x".repeat(MemberFilter.MAX_LENGTH + 1))) {
                try (RpcClient client = RpcClient.connect(fresh.address(), "")) {
                    RpcException refused =
                            assertThrows(RpcException.class, () -> client.members(expression, "", Map.of()));
                    assertTrue(refused.getMessage().contains("regex")
                            || refused.getMessage().contains("Regular"));
                }
            }
        }
    }

    @Test
    void expressionsAreAnchoredAndAMissingTagIsEmpty() throws Exception {
        try (RpcClient client = connect()) {
            assertEquals(0, client.members("real", "", Map.of()).size());
            assertEquals(2, client.members("real.", "", Map.of()).size());
            assertEquals(1, client.members("", "alive", Map.of("role", "d.*")).size());
            assertEquals(0, client.members("", "", Map.of("nosuch", ".+")).size());
            assertEquals(2, client.members("", "", Map.of("nosuch", ".*")).size());
        }
    }

    @Test
    void aFailedJoinSaysWhyForEachSeed() throws Exception {
        try (RpcClient client = connect()) {
            assertEquals(1, client.join(List.of("dead1", "x"), false));
            RpcException failed = assertThrows(RpcException.class, () -> client.join(List.of("dead1", "dead2"), false));
            assertEquals("no seed answered: dead1: connection refused; dead2: connection refused", failed.getMessage());
            assertFalse(cluster.done.isEmpty());
        }
    }

    private RpcServer start(String authKey) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return RpcServer.start(free, cluster, new LogRing(), authKey, () -> {});
    }

    private RpcClient connect() throws IOException, RpcException {
        return RpcClient.connect(server.address(), "");
    }

    private long malformed() {
        return Long.parseLong(server.figures().get("rpc_malformed"));
    }

    private static byte[] nested() {
        byte[] bytes = new byte[300];
        for (int i = 0; i < bytes.length; i += 3) {
            bytes[i] = (byte) 0x81;
            bytes[i + 1] = (byte) 0xa1;
            bytes[i + 2] = 'k';
        }
        return bytes;
    }
}
