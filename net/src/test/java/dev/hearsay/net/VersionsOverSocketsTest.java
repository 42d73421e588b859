package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.PacketCodec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who can do what, and who can be in one cluster at all. */
class VersionsOverSocketsTest {
    private static final int CHECKSUM = 12;
    private static final int COMPOUND = 7;
    private static final int ALIVE = 4;

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void members_see_each_others_capabilities_also_after_their_tags_change() throws Exception {
        List<Cluster> pair = nodes.cluster("able-", 2);
        Set<Capability> all = Capability.ours();
        assertEquals(all, pair.get(0).self().capabilities());
        assertEquals(all, pair.get(1).member("able-0").orElseThrow().capabilities());

        pair.get(0).tags(Map.of("k", "v")).join();

        Await.until(
                "the tags are there",
                () -> pair.get(1).member("able-0").orElseThrow().tags().equals(Map.of("k", "v")));
        assertEquals(all, pair.get(1).member("able-0").orElseThrow().capabilities());
        assertEquals(0, Nodes.stat(pair.get(1), "hearsay.dropped_unknown_trailer"));
    }

    @Test
    void where_the_layer_above_is_not_serf_nothing_is_announced() {
        try (MemberlistCluster bare = Nodes.builder("bare").startMemberlist(new Delegate() {})) {
            assertEquals(Set.of(), bare.self().capabilities());
            assertEquals(0, bare.self().meta().length());
        }
    }

    @Test
    void a_node_with_serf_s_versions_and_a_bare_one_do_not_merge_and_both_sides_tell() throws Exception {
        Cluster serf = nodes.start("serf");
        try (MemberlistCluster bare = Nodes.builder("bare").startMemberlist(new Delegate() {})) {
            assertEquals(
                    "cannot merge: Node 'bare' delegate protocol version (0) is incompatible: [2, 5]",
                    join(serf, bare).error());
            assertEquals(
                    "cannot merge: Node 'serf' delegate protocol version (5) is incompatible: [0, 0]",
                    join(bare, serf).error());
            for (Cluster node : List.of(serf, bare)) {
                Await.until("both have counted both", () -> Nodes.stat(node, "hearsay.versions_rejected") == 2);
                assertEquals(1, node.members().size());
            }
        }
    }

    private static JoinResult.Seed join(Cluster node, Cluster seed) throws Exception {
        JoinResult result = node.join(Nodes.address(seed)).get(20, TimeUnit.SECONDS);
        assertEquals(0, result.contacted());
        return result.seeds().get(0);
    }

    @Test
    void a_later_record_behind_the_tags_is_counted_once_and_costs_nothing() throws Exception {
        Cluster node = nodes.start("now");
        try (DatagramSocket later = socket()) {
            String meta = "ff81a161a162" + "485301010f" + "48530203010203";
            for (int i = 0; i < 3; i++) {
                announce(node, later, "later", 1, meta, Versions.SERF);
            }
            announce(node, later, "later", 2, meta, Versions.SERF);
            Await.until(
                    "it is there in full",
                    () -> node.member("later").filter(m -> m.incarnation() == 2).isPresent());
        }
        assertEquals(Map.of("a", "b"), node.member("later").orElseThrow().tags());
        assertEquals(Capability.ours(), node.member("later").orElseThrow().capabilities());
        Await.until("it is counted", () -> Nodes.stat(node, "hearsay.dropped_unknown_trailer") == 1);
    }

    @Test
    void news_has_a_checksum_for_those_only_who_can_read_it() throws Exception {
        Cluster node = nodes.start("node");
        try (DatagramSocket old = socket();
                DatagramSocket recent = socket()) {
            announce(node, old, "old", 1, "ff80", new Versions(1, 4, 2, 2, 5, 5));
            announce(node, recent, "recent", 1, "ff80", new Versions(1, 5, 2, 2, 5, 5));
            assertTrue(newsArrives(recent, CHECKSUM));
            assertFalse(newsArrives(old, CHECKSUM));
        }
    }

    /** Whether the first packet with news has a checksum. */
    private static boolean newsArrives(DatagramSocket socket, int checksum) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        while (true) {
            socket.receive(packet);
            int kind = packet.getData()[0];
            if (kind == checksum || kind == COMPOUND || kind == ALIVE) {
                return kind == checksum;
            }
        }
    }

    private static void announce(
            Cluster to, DatagramSocket from, String name, long incarnation, String meta, Versions versions)
            throws IOException {
        Address address = Address.ipv4(127, 0, 0, 1, from.getLocalPort());
        Bytes bytes = Bytes.of(HexFormat.of().parseHex(meta));
        byte[] packet = new PacketCodec(new DropCounters())
                .encode(new Message.Alive(name, incarnation, address, bytes, versions));
        from.send(new DatagramPacket(packet, packet.length, to.self().address()));
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
        return socket;
    }
}
