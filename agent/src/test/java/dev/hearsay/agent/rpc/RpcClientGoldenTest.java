package dev.hearsay.agent.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.api.QueryRequest;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Our client says what Serf's command line said to a real agent, byte for byte, and understands what that answered. */
class RpcClientGoldenTest {
    private static final int SECONDS = 10;

    /** What a client does in a session, and what it learns. */
    private interface Session<T> {
        T run(RpcClient client) throws IOException, RpcException;
    }

    @Test
    void members() throws Exception {
        List<WireMember> members = replay("members", client -> client.members("", "", Map.of()));
        assertEquals(
                List.of("real1", "real2"),
                members.stream().map(WireMember::name).toList());
        replay("members-filtered", client -> client.members("", "alive", Map.of("role", "w.*")));
    }

    @Test
    void commandsWithoutAnAnswer() throws Exception {
        replay("force-leave", client -> {
            client.forceLeave("nosuch", false);
            return "";
        });
        replay("tags", client -> {
            client.tags(Map.of("x", "y"), List.of("zz"));
            return "";
        });
        replay("event", client -> {
            client.event("deploy", "v1".getBytes(StandardCharsets.UTF_8), true);
            return "";
        });
    }

    @Test
    void joinAndInfo() throws Exception {
        int contacted = replay("join", client -> client.join(List.of("127.0.15.2"), false));
        assertEquals(1, contacted);
        assertEquals("real1", replay("info", RpcClient::stats).map("agent").text("name"));
    }

    @Test
    void aQueryAndItsAnswers() throws Exception {
        QueryRequest question = QueryRequest.named("q")
                .withPayload("x".getBytes(StandardCharsets.UTF_8))
                .withAcks()
                .withTimeout(Duration.ofMillis(500));
        List<String> records = replay("query", client -> {
            client.query(question);
            List<String> read = new ArrayList<>();
            for (RpcMap item = client.nextAnswer(); item != null; item = client.nextAnswer()) {
                read.add(item.toString());
            }
            return read;
        });
        assertEquals(
                List.of(
                        "{From=\"real1\", Payload=null, Type=\"ack\"}",
                        "{From=\"real2\", Payload=null, Type=\"ack\"}",
                        "{From=\"real1\", Payload=\"resp\n\", Type=\"response\"}"),
                records);
    }

    @Test
    void keysWithAnErrorAndWhoReportedIt() throws Exception {
        KeyReply reply = replay("keys-list", RpcClient::listKeys);
        assertEquals("2/2 nodes reported failure", reply.error());
        assertEquals(
                "Keyring is empty (encryption not enabled)", reply.messages().get("real2"));
        assertEquals(2, reply.members());
    }

    @Test
    void coordinates() throws Exception {
        List<Coordinate> both = replay(
                "rtt",
                client -> List.of(
                        client.coordinate("real1").orElseThrow(),
                        client.coordinate("real2").orElseThrow()));
        assertEquals(Coordinate.ORIGIN, both.get(1));
        assertEquals(-0.00011012749466390765, both.get(0).at(0));
        assertEquals(1.4357878846609533, both.get(0).error());
    }

    /** Runs a session against somebody who answers what the real agent did, and compares what was sent to it. */
    private static <T> T replay(String command, Session<T> session) throws Exception {
        byte[] expected = bytes("rpc-" + command + "-client.bin");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> sent = CompletableFuture.supplyAsync(() -> {
                try (Socket client = listener.accept()) {
                    client.getOutputStream().write(bytes("rpc-" + command + "-server.bin"));
                    return client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            T learnt;
            try (RpcClient client = RpcClient.connect((InetSocketAddress) listener.getLocalSocketAddress(), "")) {
                learnt = session.run(client);
            }
            HexFormat hex = HexFormat.of();
            assertEquals(hex.formatHex(expected), hex.formatHex(sent.get(SECONDS, TimeUnit.SECONDS)), command);
            return learnt;
        }
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = RpcClientGoldenTest.class.getResourceAsStream("/rpc/" + file)) {
            return in.readAllBytes();
        }
    }
}
