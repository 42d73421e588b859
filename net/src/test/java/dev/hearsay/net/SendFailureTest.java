package dev.hearsay.net;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import org.junit.jupiter.api.Test;

/** Real sockets that cannot send. */
class SendFailureTest {
    /** A socket bound to loopback has no way to an address for documentation (RFC 5737): the kernel refuses each packet. */
    @Test
    void a_member_that_packets_cannot_be_sent_to_fails_and_each_refused_ping_is_counted() throws Exception {
        try (Nodes nodes = new Nodes()) {
            Cluster node = nodes.start("sender");
            Cluster elsewhere = nodes.start(Nodes.builder("elsewhere").advertise("192.0.2.1"));
            Nodes.join(elsewhere, node);
            Nodes.awaitStatus(node, "elsewhere", Status.ALIVE);
            elsewhere.close();
            Nodes.awaitStatus(node, "elsewhere", Status.FAILED);
            Await.until(
                    () -> "refused packets and pings are counted: " + node.stats(),
                    () -> Nodes.stat(node, "hearsay.packets_out_failed") > 0
                            && Nodes.stat(node, "hearsay.pings_unsent") > 0);
        }
    }
}
