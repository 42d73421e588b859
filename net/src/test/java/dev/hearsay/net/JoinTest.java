package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberEvent.Kind;
import dev.hearsay.api.node.Seed;
import dev.hearsay.core.Config;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joining: parallel, cancellable, with a result for each address (the deviation from memberlist's serial join). */
class JoinTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void each_seed_gets_a_result_of_its_own_in_the_order_of_the_seeds() throws Exception {
        Cluster seed = nodes.start("seed");
        Cluster node = nodes.start("node");
        String dead = "127.0.0.1:" + freePort();

        JoinResult result = node.join(dead, Nodes.address(seed), "nope.invalid", "seed/" + Nodes.address(seed))
                .get(20, TimeUnit.SECONDS);

        assertEquals(2, result.contacted());
        assertEquals(
                new JoinResult.Seed(dead, dead, false, 0, "connection refused"),
                result.seeds().get(0));
        assertEquals(
                new JoinResult.Seed(Nodes.address(seed), Nodes.address(seed), true, 2, ""),
                result.seeds().get(1));
        assertEquals(
                new JoinResult.Seed("nope.invalid", "", false, 0, "cannot resolve 'nope.invalid': unknown host"),
                result.seeds().get(2));
        assertTrue(result.seeds().get(3).joined(), "Serf's name/host:port");
    }

    @Test
    void a_dns_name_stands_for_all_its_addresses() throws Exception {
        Cluster seed = nodes.start("dns-seed");
        Cluster node = nodes.start("dns-node");

        JoinResult result = node.join("localhost:" + Nodes.port(seed)).get(20, TimeUnit.SECONDS);

        assertEquals(
                InetAddress.getAllByName("localhost").length, result.seeds().size());
        assertEquals(1, result.contacted(), () -> "only 127.0.0.1 listens: " + result);
    }

    @Test
    void a_seed_that_never_answers_times_out_and_delays_no_other() throws Exception {
        Cluster seed = nodes.start("slow-seed");
        Config config =
                Nodes.FAST.toBuilder().streamTimeout(Duration.ofMillis(300)).build();
        Cluster node = nodes.start(Nodes.builder("slow-node").config(config));
        try (ServerSocket silent = Nodes.silent()) {
            String mute = "127.0.0.1:" + silent.getLocalPort();

            JoinResult result = node.join(mute, Nodes.address(seed)).get(20, TimeUnit.SECONDS);

            assertEquals(
                    new JoinResult.Seed(mute, mute, false, 0, "timed out: no answer within 300 ms"),
                    result.seeds().get(0));
            assertEquals(1, result.contacted());
        }
    }

    @Test
    void a_cancelled_join_closes_its_streams_at_once() throws Exception {
        Cluster node = nodes.start("cancel");
        try (ServerSocket silent = Nodes.silent()) {
            CompletableFuture<JoinResult> join = node.join("127.0.0.1:" + silent.getLocalPort());
            try (var accepted = silent.accept()) {
                assertTrue(accepted.getInputStream().read() >= 0, "the request arrives");

                join.cancel(false);

                assertThrows(CancellationException.class, join::join);
                accepted.setSoTimeout(5_000);
                while (accepted.getInputStream().read() >= 0) {
                    // The rest of the request, then the end of the stream, long before its timeout.
                }
            }
        }
        Await.until("the failure is counted", () -> Nodes.stat(node, "hearsay.streams_out_failed") == 1);
    }

    @Test
    void a_name_already_taken_is_one_clear_line_for_the_caller_and_an_event_for_the_others() throws Exception {
        Cluster holder = nodes.start("taken");
        Cluster seed = nodes.start("other");
        Nodes.join(seed, holder);
        List<MemberEvent> events = Nodes.record(seed);

        Cluster late = nodes.start("taken");
        JoinResult result = late.join(Nodes.address(seed)).get(20, TimeUnit.SECONDS);

        assertEquals(0, result.contacted());
        assertEquals(
                "name 'taken' is already taken by the live member at " + Nodes.address(holder),
                result.seeds().get(0).error());
        JoinResult.JoinException thrown = assertThrows(JoinResult.JoinException.class, result::orThrow);
        assertTrue(thrown.getMessage().contains("already taken"), thrown::getMessage);
        Await.until("the seed hears of it", () -> Nodes.saw(events, Kind.NAME_CONFLICT, "taken"));
        assertEquals(holder.self().address(), seed.member("taken").orElseThrow().address());
    }

    @Test
    void a_seed_that_cannot_be_understood_is_refused_with_seed_value_and_rule() {
        Cluster node = nodes.start("bad");

        for (String bad :
                List.of("host:70000", "host:0", "host:x", "[::1", "[::1]x", "fe80::1%eth0", "", ":1", "a b")) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> node.join(bad), () -> "accepted: " + bad);
            assertTrue(refused.getMessage().startsWith("seed '" + bad + "': "), refused::getMessage);
        }
        assertEquals(
                "seed 'host:70000': port '70000' is out of range: must be 1 to 65535; a seed is host, host:port,"
                        + " [ipv6]:port or ipv6",
                assertThrows(IllegalArgumentException.class, () -> node.join("host:70000"))
                        .getMessage());
    }

    @Test
    void a_seed_without_a_port_means_our_own_port() {
        assertEquals(new Seed("10.0.0.1", "10.0.0.1", 7946), Seed.parse("10.0.0.1", 7946));
        assertEquals(new Seed("::1", "::1", 7946), Seed.parse("::1", 7946));
        assertEquals(new Seed("[::1]", "::1", 7946), Seed.parse("[::1]", 7946));
        assertEquals(new Seed("[fd00::2]:99", "fd00::2", 99), Seed.parse("[fd00::2]:99", 7946));
        assertEquals(new Seed("n1/db.local:99", "db.local", 99), Seed.parse("n1/db.local:99", 7946));
    }

    @Test
    void a_join_that_closing_the_node_interrupts_fails() throws Exception {
        Cluster node = nodes.start("closing");
        try (ServerSocket silent = Nodes.silent()) {
            CompletableFuture<JoinResult> join = node.join("127.0.0.1:" + silent.getLocalPort());

            node.close();

            Throwable failure = join.handle((result, thrown) -> thrown).get(20, TimeUnit.SECONDS);
            assertEquals("node 'closing' is closed", failure.getMessage());
            assertFalse(node.leave().handle((left, thrown) -> thrown == null).get(20, TimeUnit.SECONDS));
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = Nodes.silent()) {
            return socket.getLocalPort();
        }
    }
}
