package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.core.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What strangers send is counted and harmless. */
class GarbageTest {
    private static final long SEED = 20261121;

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void garbage_packets_are_counted_by_reason_and_harm_nobody() throws Exception {
        List<Cluster> pair = nodes.cluster("udp-", 2);
        Random random = new Random(SEED);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                send(socket, pair.get(0), bytes);
            }
            send(socket, pair.get(0), new byte[] {12, 0, 0, 0, 0});
            send(socket, pair.get(0), new byte[60_000]);
        }

        Await.until(
                "drops by reason",
                () -> pair.get(0).stats().keySet().stream().anyMatch(key -> key.startsWith("hearsay.dropped_")));
        pair.get(0).tags(java.util.Map.of("still", "here")).join();
        Await.until(
                "the pair still talks",
                () -> pair.get(1).member("udp-0").orElseThrow().tags().containsKey("still"));
        Nodes.awaitAlive(pair, 2);
    }

    @Test
    void a_garbage_stream_is_refused_counted_and_closed() throws Exception {
        Cluster node = nodes.start("tcp");
        try (Socket socket = connect(node)) {
            socket.getOutputStream().write(new byte[] {99, 1, 2, 3});

            byte[] answer = socket.getInputStream().readAllBytes();

            assertEquals(13, answer[0], "memberlist's err message");
            assertTrue(
                    new String(answer, StandardCharsets.ISO_8859_1).contains("unknown"),
                    () -> new String(answer, StandardCharsets.ISO_8859_1));
        }
        Await.until("it is counted", () -> Nodes.stat(node, "hearsay.streams_in_malformed") == 1);
    }

    @Test
    void a_stream_that_stops_half_way_is_closed_after_the_timeout() throws Exception {
        Config config =
                Nodes.FAST.toBuilder().streamTimeout(Duration.ofMillis(200)).build();
        Cluster node = nodes.start(Nodes.builder("half").config(config));
        try (Socket socket = connect(node)) {
            socket.getOutputStream().write(6);

            assertEquals(-1, socket.getInputStream().read(), "closed without an answer");
        }
        Await.until("it is counted", () -> Nodes.stat(node, "hearsay.streams_in_timeout") == 1);
    }

    @Test
    void more_streams_than_the_bound_wait_until_there_is_room() throws Exception {
        Config config =
                Nodes.FAST.toBuilder().streamTimeout(Duration.ofSeconds(20)).build();
        Cluster node = nodes.start(Nodes.builder("full").config(config));
        List<Socket> mute = new ArrayList<>();
        try {
            for (int i = 0; i < StreamServer.MAX_OPEN + 20; i++) {
                mute.add(connect(node));
            }
            Await.until("the bound is reached", () -> Nodes.stat(node, "hearsay.streams_in_full") > 0);
            assertEquals(StreamServer.MAX_OPEN, Nodes.stat(node, "hearsay.streams_in"));

            // Those that say nothing make room after two seconds; the rest gets in, and so does an honest peer.
            Nodes.join(nodes.start(Nodes.builder("honest").config(config)), node);
        } finally {
            for (Socket socket : mute) {
                socket.close();
            }
        }
    }

    @Test
    void a_peer_that_closes_its_side_after_asking_is_answered_in_full() throws Exception {
        List<Cluster> pair = nodes.cluster("eof-", 2);
        try (Socket socket = connect(pair.get(0))) {
            OutputStream out = socket.getOutputStream();
            out.write(pushPullOfNobody());
            socket.shutdownOutput();

            byte[] answer = socket.getInputStream().readAllBytes();

            assertEquals(6, answer[0], "a push/pull");
            assertTrue(new String(answer, StandardCharsets.ISO_8859_1).contains("eof-1"), "with everybody in it");
        }
    }

    /** {@code 06 {Join: false, Nodes: 0, UserStateLen: 0}} */
    private static byte[] pushPullOfNobody() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(6);
        bytes.write(0x83);
        for (Object[] field : new Object[][] {{"Join", 0xC2}, {"Nodes", 0}, {"UserStateLen", 0}}) {
            byte[] key = ((String) field[0]).getBytes(StandardCharsets.US_ASCII);
            bytes.write(0xA0 | key.length);
            bytes.write(key);
            bytes.write((int) field[1]);
        }
        return bytes.toByteArray();
    }

    private static void send(DatagramSocket socket, Cluster to, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to.self().address()));
    }

    private static Socket connect(Cluster to) throws IOException {
        Socket socket = new Socket(to.self().address().getAddress(), Nodes.port(to));
        socket.setSoTimeout(20_000);
        return socket;
    }
}
