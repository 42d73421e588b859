package dev.hearsay.agent.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.FakeQuery;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.agent.log.LogLine;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.api.KeyResult;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Serf's command line sent to a real agent is sent to ours, which has to answer as the real one did. */
class RpcGoldenTest {
    private static final int READ_MILLIS = 10_000;
    /** Where in the captured session the request for the stream ends; what it showed came before the next request. */
    private static final int STREAM_REQUEST_END = 0x3f;

    private final FakeCluster cluster = FakeCluster.captured();
    private final LogRing ring = new LogRing();
    private final AtomicInteger exits = new AtomicInteger();
    private RpcServer server;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = RpcServer.start(free, cluster, ring, "", exits::incrementAndGet);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "members",
                "members-filtered",
                "join",
                "force-leave",
                "tags",
                "event",
                "query",
                "reachability",
                "keys-list",
                "rtt"
            })
    void theRepliesToSerfsCommandLineAreThoseOfARealAgentByteForByte(String command) throws IOException {
        playTheCapturedCluster(command);
        byte[] golden = bytes("rpc-" + command + "-server.bin");
        try (Socket socket = send("rpc-" + command + "-client.bin")) {
            assertArrayEquals(golden, socket.getInputStream().readNBytes(golden.length));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nohandshake", "badversion", "duphandshake", "unknown", "leave"})
    void theRepliesToAClientThatBreaksTheOrderAreThoseOfARealAgentByteForByte(String session) throws IOException {
        byte[] golden = bytes("rpc-" + session + "-server-raw.bin");
        assertArrayEquals(golden, converse("rpc-" + session + "-client-raw.bin", golden.length));
    }

    @Test
    void theCommandsReachTheCluster() throws IOException {
        converse("rpc-join-client.bin", bytes("rpc-join-server.bin").length);
        converse("rpc-force-leave-client.bin", bytes("rpc-force-leave-server.bin").length);
        converse("rpc-tags-client.bin", bytes("rpc-tags-server.bin").length);
        converse("rpc-leave-client-raw.bin", bytes("rpc-leave-server-raw.bin").length);
        assertEquals(
                List.of("join [127.0.15.2]", "force-leave nosuch false", "tags {role=web, x=y}", "leave"),
                cluster.done);
    }

    @Test
    void aBadFilterABadLevelAndAnAnswerToNoQueryAreRefusedInSerfsWords() throws IOException {
        byte[] golden = bytes("rpc-badfilter-server-raw.bin");
        assertArrayEquals(golden, converse("rpc-badfilter-client-raw.bin", golden.length));
    }

    @Test
    void aStreamShowsEventsAndQueriesAsARealAgentDoes() throws IOException {
        List<RpcMap> golden = decode(bytes("rpc-stream-server-raw.bin"));
        byte[] requests = bytes("rpc-stream-client-raw.bin");
        try (Socket socket = send(Arrays.copyOf(requests, STREAM_REQUEST_END))) {
            Await.until("the stream", Duration.ofSeconds(10), () -> cluster.listeners() == 1);
            cluster.emit(new UserEvent("evt", Bytes.of("payload".getBytes(StandardCharsets.UTF_8)), 2, false));
            cluster.emit(new FakeQuery("q", "x", 4));
            RpcDecoder decoder = new RpcDecoder(socket.getInputStream(), 1 << 20);
            for (RpcMap expected : golden.subList(0, 6)) {
                assertEquals(expected.toString(), decoder.next().toString());
            }
            socket.getOutputStream().write(requests, STREAM_REQUEST_END, requests.length - STREAM_REQUEST_END);
            assertEquals(golden.get(6).toString(), decoder.next().toString());
        }
        Await.until("the stream to end", Duration.ofSeconds(10), () -> cluster.listeners() == 0);
    }

    @Test
    void infoHasSerfsSectionsAndAtLeastItsFiguresAboutTheCluster() throws IOException {
        RpcMap golden = decode(bytes("rpc-info-server.bin")).get(2);
        RpcMap ours = converse("rpc-info-client.bin", true, 3).get(2);
        assertEquals(names(golden), names(ours));
        for (String name : List.of("members", "failed", "left", "encrypted", "health_score", "member_time")) {
            assertTrue(golden.map("serf").has(name) && ours.map("serf").has(name), name);
        }
        assertEquals("real1", ours.map("agent").text("name"));
        assertEquals("2", ours.map("serf").text("members"));
    }

    @Test
    void aMonitorGetsItsRepliesFirstAndThenTheRememberedLines() throws IOException {
        ring.add(new LogLine(LogLevel.DEBUG, "hidden"));
        ring.add(new LogLine(LogLevel.INFO, "one"));
        ring.add(new LogLine(LogLevel.ERR, "two"));
        List<RpcMap> golden = decode(bytes("rpc-monitor-server.bin"));
        List<RpcMap> ours = converse("rpc-monitor-client.bin", false, 7);
        assertEquals(golden.subList(0, 4).toString(), ours.subList(0, 4).toString());
        assertEquals(
                "[{Log=\"one\"}, {Error=\"\", Seq=3}, {Log=\"two\"}]",
                ours.subList(4, 7).toString());
    }

    @Test
    void leaveIsAnsweredBeforeTheAgentIsToldToExit() throws IOException {
        converse("rpc-leave-client-raw.bin", bytes("rpc-leave-server-raw.bin").length);
        Await.until("exit", Duration.ofSeconds(10), () -> exits.get() == 1);
    }

    /** Has the cluster say what the real one said when the session was captured. */
    private void playTheCapturedCluster(String command) throws IOException {
        switch (command) {
            case "query", "reachability" -> {
                cluster.script.add(l -> l.onAck("real1"));
                cluster.script.add(l -> l.onAck("real2"));
                if (command.equals("query")) {
                    cluster.script.add(l -> l.onAnswer("real1", Bytes.of("resp\n".getBytes(StandardCharsets.UTF_8))));
                } else {
                    cluster.retag(Map.of("role", "web", "x", "y"));
                }
            }
            case "keys-list" -> {
                String empty = "Keyring is empty (encryption not enabled)";
                cluster.keyResult = new KeyResult(
                        2, 2, 2, new TreeMap<>(Map.of("real1", empty, "real2", empty)), Map.of(), Map.of());
            }
            case "rtt" -> {
                RpcMap shown = decode(bytes("rpc-rtt-server.bin")).get(2).map("Coord");
                Coordinate real1 = Coordinate.of(
                        shown.decimals("Vec"),
                        shown.decimal("Error"),
                        shown.decimal("Adjustment"),
                        shown.decimal("Height"));
                cluster.coordinates.putAll(Map.of("real1", real1, "real2", Coordinate.ORIGIN));
            }
            default -> {}
        }
    }

    /** Sends a captured session and returns what comes back: so many bytes, or fewer if the server closes. */
    private byte[] converse(String clientFile, int expected) throws IOException {
        try (Socket socket = send(clientFile)) {
            socket.shutdownOutput();
            return socket.getInputStream().readNBytes(expected);
        }
    }

    /** Sends a captured session and returns so many maps of the answer. */
    private List<RpcMap> converse(String clientFile, boolean hangUp, int expected) throws IOException {
        try (Socket socket = send(clientFile)) {
            if (hangUp) {
                socket.shutdownOutput();
            }
            RpcDecoder decoder = new RpcDecoder(socket.getInputStream(), 1 << 20);
            List<RpcMap> maps = new ArrayList<>();
            while (maps.size() < expected) {
                maps.add(decoder.next());
            }
            return maps;
        }
    }

    private Socket send(String clientFile) throws IOException {
        return send(bytes(clientFile));
    }

    private Socket send(byte[] requests) throws IOException {
        Socket socket = new Socket();
        socket.connect(server.address(), READ_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        socket.getOutputStream().write(requests);
        return socket;
    }

    private static List<RpcMap> decode(byte[] bytes) throws IOException {
        RpcDecoder decoder = new RpcDecoder(new ByteArrayInputStream(bytes), 1 << 20);
        List<RpcMap> maps = new ArrayList<>();
        for (RpcMap map = decoder.next(); map != null; map = decoder.next()) {
            maps.add(map);
        }
        return maps;
    }

    private static Set<String> names(RpcMap map) {
        Set<String> names = new TreeSet<>();
        map.names().forEach(names::add);
        return names;
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = RpcGoldenTest.class.getResourceAsStream("/rpc/" + file)) {
            return in.readAllBytes();
        }
    }
}
