package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.api.node.Endpoints;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.PacketCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stranger can do to a node through its real ports. */
class HostilePeersTest {
    private static final int HEADERS = 28;

    private final Nodes nodes = new Nodes();
    private final PacketCodec codec = new PacketCodec(new DropCounters());

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void a_ping_with_a_forged_source_brings_its_victim_no_more_bytes_than_it_has_itself() throws Exception {
        List<Cluster> pair = nodes.cluster("small-", 2);
        try (DatagramSocket attacker = loopback();
                DatagramSocket victim = loopback()) {
            victim.setSoTimeout(2_000);
            for (int i = 0; i < 20; i++) {
                // Fresh news, so that there is something to send along.
                pair.get(0)
                        .tags(Map.of("big", "x".repeat(400), "n", String.valueOf(i)))
                        .join();
                byte[] ping = codec.encode(new Message.Ping(i, "small-0", "somebody", address(victim)));
                send(attacker, pair.get(0), ping);

                assertTrue(receive(victim).length <= ping.length, "answer " + i);
            }
            // Acks are 18 bytes and more: a shorter ping stays unanswered. The one that follows it comes first.
            send(victim, pair.get(0), new byte[] {0, (byte) 0x81, (byte) 0xA5, 'S', 'e', 'q', 'N', 'o', 77});
            send(victim, pair.get(0), codec.encode(new Message.Ping(78, "small-0", "somebody", address(victim))));
            Message answer = decoded(receive(victim));
            Message ack = answer instanceof Message.Compound compound
                    ? compound.parts().get(0)
                    : answer;
            assertEquals(78, ((Message.Ack) ack).sequence());
            Await.until("it is counted", () -> Nodes.stat(pair.get(0), "hearsay.answers_withheld") == 1);
        }
    }

    @Test
    void indirect_pings_with_a_forged_source_bring_their_victims_no_more_bytes_than_they_have() throws Exception {
        List<Cluster> pair = nodes.cluster("relay-", 2);
        try (DatagramSocket attacker = loopback();
                DatagramSocket victim = loopback()) {
            victim.setSoTimeout(1_000);
            List<Message> parts = new ArrayList<>();
            Address target = Endpoints.toAddress(pair.get(1).self().address());
            for (int i = 0; i < 10; i++) {
                parts.add(new Message.IndirectPing(i, "relay-1", target, true, "somebody", address(victim)));
            }
            byte[] packet = codec.encode(new Message.Compound(parts));
            send(attacker, pair.get(0), packet);

            int received = 0;
            int packets = 0;
            try {
                while (true) {
                    received += receive(victim).length + HEADERS;
                    packets++;
                }
            } catch (SocketTimeoutException silence) {
                assertTrue(packets > 0, "some are answered");
            }
            assertTrue(received <= packet.length + HEADERS, received + " bytes for " + packet.length);
        }
    }

    @Test
    void two_hundred_idle_streams_keep_no_honest_peer_out() throws Exception {
        Config patient =
                Nodes.FAST.toBuilder().streamTimeout(Duration.ofSeconds(15)).build();
        Cluster node = nodes.start(Nodes.builder("idle").config(patient));
        Cluster honest = nodes.start(Nodes.builder("honest").config(patient));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(connect(node));
            }
            Nodes.join(honest, node);
            assertEquals(0, Nodes.stat(node, "hearsay.streams_in_timeout"), "it did not have to wait for the timeout");
            Await.until("it is counted", () -> Nodes.stat(node, "hearsay.streams_in_displaced") > 0);
            assertTrue(Nodes.stat(node, "hearsay.streams_in_displaced") <= 200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void streams_that_never_end_hold_a_bounded_number_of_bytes_together() throws Exception {
        Config patient =
                Nodes.FAST.toBuilder().streamTimeout(Duration.ofSeconds(15)).build();
        Cluster node = nodes.start(Nodes.builder("held").config(patient));
        List<Socket> sockets = new ArrayList<>();
        try {
            long sent = 0;
            while (sent <= StreamServer.MAX_HELD_BYTES) {
                Socket socket = connect(node);
                sockets.add(socket);
                sent += sendUnfinishedUserMessage(socket);
            }
            Await.until("one is closed", () -> Nodes.stat(node, "hearsay.streams_in_displaced") >= 1);
            Nodes.join(nodes.start("beside"), node);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Announces 20,000,000 bytes, and sends all but the last; returns how many it sent. */
    private static int sendUnfinishedUserMessage(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(8);
        out.write(0x81);
        out.write(0xAA);
        out.write("UserMsgLen".getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {(byte) 0xCE, 0x01, 0x31, 0x2D, 0x00});
        byte[] chunk = new byte[1 << 16];
        int length = 20_000_000 - 1;
        for (int sent = 0; sent < length; sent += chunk.length) {
            out.write(chunk, 0, Math.min(chunk.length, length - sent));
        }
        return length;
    }

    @Test
    void a_stream_gets_one_answer_however_much_it_asks() throws Exception {
        Cluster node = nodes.start("once");
        try (Socket socket = connect(node)) {
            byte[] garbage = new byte[10_000];
            Arrays.fill(garbage, (byte) 99);
            socket.getOutputStream().write(garbage);
            byte[] answer = socket.getInputStream().readAllBytes();

            assertEquals(13, answer[0], "a refusal");
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            assertEquals(text.indexOf("Error"), text.lastIndexOf("Error"), "and only one");
        }
        Await.until("it is counted once", () -> Nodes.stat(node, "hearsay.streams_in_malformed") == 1);
    }

    @Test
    void a_name_claimed_by_a_stranger_stays_with_its_node_and_is_told_once() throws Exception {
        List<Cluster> pair = nodes.cluster("mine-", 2);
        List<MemberEvent> events = Nodes.record(pair.get(1));
        try (DatagramSocket attacker = loopback()) {
            for (int i = 0; i < 1_000; i++) {
                Address elsewhere = Address.ipv4(192, 0, 2, i % 256, 7946);
                Message lie = new Message.Alive("mine-0", 0x7000_0000L, elsewhere, Bytes.EMPTY, Versions.SERF);
                send(attacker, pair.get(i % 2), codec.encode(lie));
            }
            Await.until("lies are counted", () -> Nodes.stat(pair.get(1), "hearsay.name_conflicts") > 10);
            Await.until("and told", () -> Nodes.saw(events, MemberEvent.Kind.NAME_CONFLICT, "mine-0"));
        }
        pair.get(0).tags(Map.of("still", "here")).join();
        Await.until(
                "news of the holder is believed",
                () -> pair.get(1).member("mine-0").orElseThrow().tags().containsKey("still"));
        assertEquals(
                1,
                events.stream()
                        .filter(e -> e.kind() == MemberEvent.Kind.NAME_CONFLICT)
                        .count());
        Nodes.awaitAlive(pair, 2);
    }

    @Test
    void a_flood_of_user_messages_waits_in_a_bounded_queue_for_a_delegate_that_is_busy() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        AtomicLong heard = new AtomicLong();
        Delegate delegate = new Delegate() {
            @Override
            public void onMessage(MemberlistCluster cluster, byte[] content) {
                heard.addAndGet(content.length);
                await(busy);
            }
        };
        Cluster node = nodes.start(Nodes.builder("user"), builder -> builder.startMemberlist(delegate));
        byte[] packet = codec.encode(new Message.User(Bytes.of(new byte[60_000])));
        try (DatagramSocket attacker = loopback()) {
            Await.until("the bound is reached", () -> {
                for (int i = 0; i < 20; i++) {
                    send(attacker, node, packet);
                }
                return Nodes.stat(node, "hearsay.listener_events_dropped") > 0;
            });
        } finally {
            busy.countDown();
        }
        Nodes.join(nodes.start(Nodes.builder("other"), b -> b.startMemberlist(new Delegate() {})), node);
        Await.until("the rest is heard", () -> heard.get() > Delegate.MAX_PENDING_BYTES / 2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void packets_recorded_in_an_encrypted_cluster_and_sent_again_do_not_send_a_member_away_that_is_back()
            throws Exception {
        String key = GossipKey.of(new byte[32]).toBase64();
        List<byte[]> recorded = new CopyOnWriteArrayList<>();
        InetSocketAddress real = free();
        try (DatagramSocket tap = loopback()) {
            // A place on the path: what is sent to the first node goes through the tap.
            Cluster first = nodes.start(Nodes.builder("enc-0")
                    .bind("127.0.0.1", real.getPort())
                    .advertise("127.0.0.1", tap.getLocalPort())
                    .encrypt(key));
            Thread passing = new Thread(() -> pass(tap, real, recorded), "tap");
            passing.start();
            Cluster before =
                    nodes.start(Nodes.builder("enc-1").incarnation(1_000).encrypt(key));
            before.join("127.0.0.1:" + real.getPort()).get(20, TimeUnit.SECONDS).orThrow();
            before.tags(Map.of("age", "old")).join();
            Await.until("its tags arrive", () -> tag(first).equals("old"));
            before.leave().join();
            Nodes.awaitStatus(first, "enc-1", Status.LEFT);

            Cluster after =
                    nodes.start(Nodes.builder("enc-1").incarnation(2_000).encrypt(key));
            after.join("127.0.0.1:" + real.getPort()).get(20, TimeUnit.SECONDS).orThrow();
            Nodes.awaitStatus(first, "enc-1", Status.ALIVE);
            List<MemberEvent> events = Nodes.record(first);
            List<byte[]> old = List.copyOf(recorded);
            long stale = Nodes.stat(first, "hearsay.news_stale");
            for (byte[] packet : old) {
                tap.send(new DatagramPacket(packet, packet.length, real));
            }
            Await.until("old news is heard", () -> Nodes.stat(first, "hearsay.news_stale") >= stale + 5);
            after.tags(Map.of("age", "new")).join();
            Await.until("new news is believed", () -> tag(first).equals("new"));
            assertTrue(
                    events.stream()
                            .noneMatch(e -> e.kind() == MemberEvent.Kind.LEFT || e.kind() == MemberEvent.Kind.FAILED),
                    events::toString);
        }
    }

    private static String tag(Cluster observer) {
        return observer.member("enc-1")
                .map(m -> m.tags().getOrDefault("age", ""))
                .orElse("");
    }

    /** Writes down what comes by, and passes it on; ends with its socket. */
    private static void pass(DatagramSocket tap, InetSocketAddress to, List<byte[]> recorded) {
        try {
            while (true) {
                byte[] packet = receive(tap);
                recorded.add(packet);
                tap.send(new DatagramPacket(packet, packet.length, to));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** An address that nobody had a moment ago. */
    private static InetSocketAddress free() throws IOException {
        try (DatagramSocket socket = loopback()) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private Message decoded(byte[] packet) throws Exception {
        return codec.decode(packet, 0, packet.length);
    }

    private static DatagramSocket loopback() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static Address address(DatagramSocket socket) {
        return Endpoints.toAddress((InetSocketAddress) socket.getLocalSocketAddress());
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static void send(DatagramSocket socket, Cluster to, byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to.self().address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(Cluster to) throws IOException {
        Socket socket = new Socket(to.self().address().getAddress(), Nodes.port(to));
        socket.setSoTimeout(20_000);
        return socket;
    }
}
