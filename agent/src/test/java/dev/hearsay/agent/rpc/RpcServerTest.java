package dev.hearsay.agent.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.FakeQuery;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.KeyResult;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.wire.QueryFilters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aBadOrCostlyExpressionIsAnErrorAndTheConnectionGoesOn() throws Exception {
        for (String expression :
                List.of("(", "x**", "(((a{1000}){1000}){1000})", "x".repeat(QueryFilters.MAX_EXPRESSION_BYTES + 1))) {
            try (RpcClient client = connect()) {
                RpcException refused = assertThrows(RpcException.class, () -> client.members(expression, "", Map.of()));
                assertTrue(refused.getMessage().startsWith("Failed to compile regex: "), refused.getMessage());
            }
        }
    }

    @Test
    void anExpressionThatBacktracksElsewhereTakesNoTime() throws Exception {
        cluster.add(FakeCluster.member("a".repeat(60) + "!", "127.0.15.4", Status.ALIVE, Map.of()));
        try (RpcClient client = connect()) {
            assertEquals(0, client.members("(.*a){12}b", "", Map.of()).size());
            assertEquals(1, client.members("a[a-z]{1,60}!", "", Map.of()).size());
        }
    }

    @Test
    void aQueryThatCannotBeSentIsAnErrorAndNothingFollows() throws Exception {
        cluster.answers = CompletableFuture.failedFuture(new IllegalArgumentException("query exceeds limit"));
        try (RpcClient client = connect()) {
            RpcException refused = assertThrows(RpcException.class, () -> client.query(QueryRequest.named("q")));
            assertEquals("query exceeds limit", refused.getMessage());
            // The connection still is in step.
            assertEquals("real1", client.stats().map("agent").text("name"));
        }
    }

    @Test
    void aQueryToWhichNobodyAnswersIsUnderWayAllTheSame() throws Exception {
        cluster.answers = new CompletableFuture<>();
        try (RpcClient client = connect()) {
            client.query(QueryRequest.named("q"));
            cluster.answers.complete(FakeCluster.NOBODY);
            assertNull(client.nextAnswer());
        }
    }

    @Test
    void aClientHasOnlySoManyQueriesAtATime() throws Exception {
        cluster.answers = new CompletableFuture<>();
        try (RpcClient client = connect()) {
            for (int i = 0; i < RpcSubscriptions.MAX_QUERIES; i++) {
                client.query(QueryRequest.named("q"));
            }
            RpcException refused = assertThrows(RpcException.class, () -> client.query(QueryRequest.named("q")));
            assertEquals("Too many queries at a time: at most 64", refused.getMessage());
        }
        Await.until("the queries to end with their client", BOUND, () -> threads("rpc-query") == 0);
    }

    @Test
    void aQueryOfAStreamIsAnsweredOnceByItsNumber() throws Exception {
        FakeQuery query = new FakeQuery("load", "now?", 7);
        try (RpcClient client = connect();
                RpcClient other = connect()) {
            client.stream("query:load,user:deploy");
            cluster.emit(new FakeQuery("other", "", 6));
            cluster.emit(query);
            RpcMap shown = client.next();
            assertEquals("{Event=\"query\", ID=1, LTime=7, Name=\"load\", Payload=\"now?\"}", shown.toString());
            client.respond(shown.number("ID"), "0.7".getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of("0.7"), query.answers);
            RpcException twice = assertThrows(RpcException.class, () -> client.respond(1, new byte[0]));
            assertEquals("response already sent", twice.getMessage());
            RpcException foreign = assertThrows(RpcException.class, () -> other.respond(1, new byte[0]));
            assertEquals("No pending queries matching ID", foreign.getMessage());
        }
    }

    @Test
    void aQueryThatIsOverCannotBeAnsweredAndOldOnesGiveWay() {
        PendingQueries pending = new PendingQueries();
        FakeQuery first = new FakeQuery("q", "", 1);
        long id = pending.add(first);
        assertSame(first, pending.find(id));
        first.remaining = Duration.ZERO;
        assertNull(pending.find(id));
        for (int i = 0; i < 2 * PendingQueries.MAX; i++) {
            pending.add(new FakeQuery("q", "", i));
        }
        assertNull(pending.find(id + PendingQueries.MAX));
        assertNotNull(pending.find(id + PendingQueries.MAX + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s=,",
        "abc,illegal base64 data at input byte 0",
        "abcdab,illegal base64 data at input byte 4",
        "ab=c,illegal base64 data at input byte 2",
        "ab=,illegal base64 data at input byte 3",
        "abcd!fgh,illegal base64 data at input byte 4",
        "=abc,illegal base64 data at input byte 0",
        "abc=d,illegal base64 data at input byte 4",
        "YWJj,'key size must be 16, 24 or 32 bytes'"
    })
    void aKeyThatIsNoneIsRefusedInGosWords(String key, String error) throws Exception {
        try (RpcClient client = connect()) {
            assertEquals(error == null ? "" : error, client.installKey(key).error());
            assertEquals(error == null ? List.of("install-key " + key) : List.of(), cluster.done);
        }
    }

    @Test
    void whatMembersSaidToAChangeOfKeysComesWithTheError() throws Exception {
        cluster.keyResult = new KeyResult(3, 2, 1, Map.of("real2", "no"), Map.of("k", 1), Map.of());
        try (RpcClient client = connect()) {
            KeyReply reply = client.listKeys();
            assertEquals("1/3 nodes reported failure", reply.error());
            assertEquals(Map.of("real2", "no"), reply.messages());
            assertEquals(Map.of("k", 1L), reply.keys());
            assertEquals(3, reply.members());
        }
    }

    @Test
    void aMemberWithoutACoordinateHasNone() throws Exception {
        try (RpcClient client = connect()) {
            assertTrue(client.coordinate("real1").isEmpty());
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
            assertEquals(2, client.members("", "", Map.of("nosuch", "")).size());
            assertEquals(0, client.members("", "", Map.of("role", "")).size());
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

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals(name))
                .count();
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
