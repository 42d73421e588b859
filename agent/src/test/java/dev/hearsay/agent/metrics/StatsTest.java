package dev.hearsay.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures under Serf's names, as statsd and statsite read them. */
class StatsTest {
    private final StatsLines lines = new StatsLines("web.1");

    @Test
    void gaugesHaveTheHostInTheirNameAndCountersWhatIsNew() {
        Map<String, String> figures = Map.of(
                "health_score", "2", "hearsay.members_live", "7", "intent_queue", "3", "hearsay.user_events", "5");
        assertEquals(
                List.of(
                        "serf-agent.web_1.memberlist.health.score:2.000000|g\n",
                        "serf-agent.web_1.memberlist.node.instances.alive:7.000000|g\n",
                        "serf-agent.serf.queue.Intent:3.000000|ms\n",
                        "serf-agent.serf.events:5.000000|c\n"),
                lines.next(figures));
        assertEquals(List.of(), lines.next(Map.of("hearsay.user_events", "5")));
        assertEquals(List.of("serf-agent.serf.events:2.000000|c\n"), lines.next(Map.of("hearsay.user_events", "7")));
    }

    @Test
    void memberEventsAreCountedOnce() {
        MemberEvent joined = new MemberEvent(
                MemberEvent.Kind.JOINED, FakeCluster.member("a", "127.0.0.1", Status.ALIVE, Map.of()), "");
        lines.count(joined);
        lines.count(joined);
        assertEquals(List.of("serf-agent.serf.member.join:2.000000|c\n"), lines.next(Map.of()));
        assertEquals(List.of(), lines.next(Map.of()));
    }

    /** What this page promises of a node's figures; FakeCluster has Serf's only. */
    @Test
    void theFiguresOfANodeHaveNames() {
        assertTrue(lines.next(FakeCluster.captured().stats())
                .contains("serf-agent.web_1.memberlist.health.score:0.000000|g\n"));
    }

    @Test
    void datagramsHoldWholeLinesAndFitIntoAFrame() throws Exception {
        List<String> many = IntStream.range(0, 100)
                .mapToObj(i -> "serf-agent.some.long.name." + i + ":1.000000|c\n")
                .toList();
        try (DatagramSocket statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            statsd.setSoTimeout(30_000);
            StatsSender.sendPackets(many, (InetSocketAddress) statsd.getLocalSocketAddress());
            StringBuilder heard = new StringBuilder();
            while (heard.length() < String.join("", many).length()) {
                DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
                statsd.receive(packet);
                assertTrue(packet.getLength() <= StatsSender.PACKET_BYTES, () -> packet.getLength() + " bytes");
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                assertTrue(text.endsWith("\n"), text);
                heard.append(text);
            }
            assertEquals(String.join("", many), heard.toString());
        }
    }

    @Test
    void aStatsiteThatComesBackGetsFiguresAgain() throws Exception {
        try (ServerSocket statsite = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            statsite.setSoTimeout(30_000);
            try (StatsStream stream = new StatsStream()) {
                InetSocketAddress at = (InetSocketAddress) statsite.getLocalSocketAddress();
                stream.send(List.of("a:1|c\n"), at);
                try (Socket first = statsite.accept()) {
                    assertEquals("a:1|c", read(first));
                }
                // How many writes a broken connection swallows is the kernel's affair; some time one fails.
                for (boolean broken = false; !broken; ) {
                    try {
                        stream.send(List.of("lost:1|c\n"), at);
                    } catch (java.io.IOException e) {
                        broken = true;
                    }
                }
                stream.send(List.of("b:1|c\n"), at);
                try (Socket second = statsite.accept()) {
                    assertEquals("b:1|c", read(second));
                }
            }
        }
    }

    private static String read(Socket from) throws java.io.IOException {
        return new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
