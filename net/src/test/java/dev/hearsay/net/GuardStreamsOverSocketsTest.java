package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.core.Config;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.detector.Guards;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.WireConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guard streams over real sockets. That they make a kill known at once, the simulator shows; here, that they are there. */
class GuardStreamsOverSocketsTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    private static void awaitGuards(List<Cluster> cluster, long least) {
        for (Cluster node : cluster) {
            Await.until(node + " has guard streams", () -> Nodes.stat(node, "hearsay.guards") >= least);
        }
    }

    @Test
    void three_nodes_keep_a_stream_to_each_other_beyond_the_stream_timeout_and_notice_who_stops() throws Exception {
        List<Cluster> three = nodes.cluster("mesh-", 3);
        awaitGuards(three, 2);
        List<MemberEvent> events = Nodes.record(three.get(0));
        Await.until(
                "probes for longer than a stream timeout",
                () -> Nodes.stat(three.get(0), "hearsay.probes") > 3 + 1000 / 200);
        assertEquals(0, Nodes.stat(three.get(0), "hearsay.guards_broken"));

        three.get(2).close();

        Await.until(
                "both ends of its streams are heard",
                () -> Nodes.stat(three.get(0), "hearsay.guards_broken") > 0
                        && Nodes.stat(three.get(1), "hearsay.guards_broken") > 0);
        Nodes.awaitStatus(three.get(0), "mesh-2", Status.FAILED);
        Nodes.awaitStatus(three.get(1), "mesh-2", Status.FAILED);
        assertTrue(Nodes.saw(events, MemberEvent.Kind.SUSPECTED, "mesh-2"));
    }

    @Test
    void they_work_with_encryption_compression_and_a_label() throws Exception {
        byte[] secret = new byte[32];
        secret[0] = 1;
        WireConfig wire = new WireConfig.Builder()
                .keyring(Keyring.of(GossipKey.of(secret)))
                .label("blue")
                .compress(true)
                .build();
        Cluster first = nodes.start(Nodes.builder("first").wire(wire));
        Cluster second = nodes.start(Nodes.builder("second").wire(wire));
        Nodes.join(second, first);
        awaitGuards(List.of(first, second), 1);
        second.close();
        Await.until("the break is heard", () -> Nodes.stat(first, "hearsay.guards_broken") > 0);
    }

    @Test
    void nobody_is_accused_when_only_the_stream_breaks() throws Exception {
        Cluster node = nodes.start("cut-0");
        Cluster member = nodes.start(Nodes.builder("cut-1").incarnation(7));
        List<Cluster> pair = List.of(node, member);
        Nodes.join(member, node);
        Nodes.awaitAlive(pair, 2);
        List<MemberEvent> events = Nodes.record(node);
        awaitGuards(pair, 1);
        try (Socket stranger = connect(node)) {
            // In the name of a member: it takes the place of the stream that this one has opened, if it has.
            stranger.getOutputStream().write(StreamCodec.encode(new StreamMessage.Guard("cut-1", 7)));
        }
        Await.until("the break is heard", () -> Nodes.stat(node, "hearsay.guards_broken") >= 1);
        Await.until("the member is looked at", () -> Nodes.stat(node, "hearsay.verifications") >= 1);
        awaitGuards(pair, 1);
        assertTrue(events.stream().noneMatch(e -> e.kind() == MemberEvent.Kind.SUSPECTED), events::toString);
    }

    @Test
    void strangers_hold_a_bounded_number_of_streams_and_keep_nobody_out() throws Exception {
        Config patient =
                Nodes.FAST.toBuilder().streamTimeout(Duration.ofSeconds(3)).build();
        Cluster node = nodes.start(Nodes.builder("besieged").config(patient));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * StreamServer.MAX_OPEN; i++) {
                Socket socket = connect(node);
                socket.getOutputStream().write(StreamCodec.encode(new StreamMessage.Guard("stranger" + i, 1)));
                sockets.add(socket);
            }
            int refused = 2 * StreamServer.MAX_OPEN - Guards.MAX_WARDS;
            Await.until("all but so many are refused", () -> Nodes.stat(node, "hearsay.wards_refused") == refused);
            assertTrue(guards(node) <= Guards.MAX_WARDS);
            Nodes.join(nodes.start("honest"), node);
            assertEquals(0, Nodes.stat(node, "hearsay.streams_in_displaced"));
            // Nobody knows them: they are let go, and an honest one comes in.
            Await.until("the strangers are let go", () -> guards(node) == 1);
            // Who was refused at once, and told so, depends on whose bytes were read first; none stays connected.
            assertTrue(sockets.get(0).getInputStream().readAllBytes().length < 100);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void with_guards_off_there_are_none() throws Exception {
        Config none = Nodes.FAST.toBuilder().guards(0).build();
        Cluster first = nodes.start(Nodes.builder("off-0").config(none));
        Cluster second = nodes.start(Nodes.builder("off-1").config(none));
        Nodes.join(second, first);
        Nodes.awaitAlive(List.of(first, second), 2);
        Await.until("some periods have passed", () -> Nodes.stat(first, "hearsay.probes") > 3);
        assertEquals(0, guards(first) + guards(second));
    }

    private static long guards(Cluster node) {
        return Nodes.stat(node, "hearsay.guards");
    }

    private static Socket connect(Cluster node) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Nodes.port(node));
        socket.setSoTimeout(20_000);
        return socket;
    }
}
