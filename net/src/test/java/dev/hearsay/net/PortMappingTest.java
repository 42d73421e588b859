package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node in a container: it listens on one port, and others reach it, by a name, at another. */
class PortMappingTest {
    /** The kinds of memberlist's messages. */
    private static final int PING = 0;

    private static final int ACK = 2;

    @Test
    void a_node_behind_port_mapping_is_probed_answered_and_seen_to_fail_at_the_port_it_advertises() throws Exception {
        try (Nodes nodes = new Nodes();
                PortMapping mapping = new PortMapping()) {
            int listening = freePort();
            Cluster inside = nodes.start(Nodes.builder("inside")
                    .bind("127.0.0.1", listening)
                    .advertise("localhost", mapping.port())
                    .allow("127.0.0.0/8"));
            mapping.to(listening);
            Cluster a = nodes.start("a");
            Cluster b = nodes.start("b");
            List<Cluster> all = List.of(inside, a, b);
            List<MemberEvent> seen = Nodes.record(a);

            Nodes.join(a, inside);
            Nodes.join(inside, b);
            Nodes.awaitAlive(all, 3);

            assertEquals(
                    mapping.port(), a.member("inside").orElseThrow().address().getPort());
            Await.until(
                    "pings of others, and the answers to its own, come through the mapping",
                    () -> mapping.packets(PING) > 5 && mapping.packets(ACK) > 5);
            assertTrue(mapping.streams() > 0, "the join");
            assertTrue(
                    seen.stream().noneMatch(e -> e.kind() == MemberEvent.Kind.SUSPECTED), () -> "suspected: " + seen);

            mapping.breakDown();
            Nodes.awaitStatus(a, "inside", Status.FAILED);
        }
    }

    /** The port that the kernel would choose next time, too, unless somebody else is quicker. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
