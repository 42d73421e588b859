package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberEvent.Kind;
import dev.hearsay.api.node.Endpoints;
import dev.hearsay.core.Address;
import io.netty.util.NetUtil;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting, sharing threads, calling back, closing. */
class LifecycleTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void fifty_nodes_share_the_threads_of_one_runtime() throws Exception {
        List<Cluster> fifty = nodes.cluster("many-", 50);

        // Loops of an earlier test's runtime may still be ending.
        Await.until("at most " + HearsayRuntime.LOOPS + " loops", () -> loops() <= HearsayRuntime.LOOPS);
        assertEquals(50, fifty.get(49).members().size());
    }

    private static long loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("hearsay-loop"))
                .filter(Thread::isAlive)
                .count();
    }

    @Test
    void the_threads_go_with_the_last_node() {
        HearsayRuntime runtime = HearsayRuntime.create();
        Cluster node = nodes.start(Nodes.builder("last").runtime(runtime));
        CompletableFuture<String> thread = new CompletableFuture<>();
        node.listen(event -> thread.complete(Thread.currentThread().getName()));
        node.tags(Map.of("changed", "yes")).join();
        assertTrue(thread.join().startsWith("hearsay-callback"), thread::join);

        runtime.close();
        assertEquals("last", node.self().name(), "a closed runtime lasts as long as its nodes");
        node.close();
        node.closed().join();

        assertThrows(
                IllegalStateException.class,
                () -> Nodes.builder("next").runtime(runtime).start());
    }

    @Test
    void a_udp_port_in_use_is_one_clear_line() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertRefused(taken.getLocalPort(), "UDP");
        }
    }

    @Test
    void a_tcp_port_in_use_is_one_clear_line() throws Exception {
        try (ServerSocket taken = Nodes.silent()) {
            assertRefused(taken.getLocalPort(), "TCP");
        }
    }

    private static void assertRefused(int port, String protocol) {
        HearsayException refused = assertThrows(
                HearsayException.class,
                () -> Nodes.builder("refused").bind("127.0.0.1", port).start());
        assertEquals(
                "cannot bind 127.0.0.1:" + port + " (" + protocol + "): address already in use", refused.getMessage());
    }

    @Test
    void wrong_settings_name_setting_value_and_rule() {
        assertEquals(
                "bind port 65536 is out of range: must be 0 to 65535",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Hearsay.builder().bind("127.0.0.1", 65_536))
                        .getMessage());
        assertThrows(
                HearsayException.class,
                () -> Nodes.builder("x").bind("nope.invalid", 0).start());
        assertThrows(IllegalArgumentException.class, () -> Nodes.builder("").start());
        IllegalArgumentException tags = assertThrows(
                IllegalArgumentException.class,
                () -> Nodes.builder("x").tag("k", "v".repeat(600)).start());
        assertTrue(tags.getMessage().contains("at most 512"), tags::getMessage);
    }

    @Test
    void the_ports_are_free_when_closed_completes() throws Exception {
        Cluster node = nodes.start("ports");
        int port = Nodes.port(node);
        for (int i = 0; i < 20; i++) {
            node.close();
            node.close();
            node.closed().get(20, TimeUnit.SECONDS);
            node = nodes.start(Nodes.builder("ports").bind("127.0.0.1", port));
        }
    }

    @Test
    void a_listener_may_call_everything_and_wait_for_it() throws Exception {
        Cluster seed = nodes.start("callback-seed");
        Cluster node = nodes.start("callback");
        CompletableFuture<Integer> done = new CompletableFuture<>();
        node.listen(event -> {
            if (event.kind() == Kind.JOINED && !done.isDone()) {
                node.tags(Map.of("from", "listener")).join();
                node.join(Nodes.address(seed)).join();
                node.forceLeave("nobody", false).join();
                done.complete(node.members().size());
            }
        });

        Nodes.join(node, seed);

        assertEquals(2, done.get(20, TimeUnit.SECONDS), "whoever hears of a member finds it in the snapshot");
    }

    @Test
    void a_listener_may_close_the_node() throws Exception {
        Cluster seed = nodes.start("close-seed");
        Cluster node = nodes.start("close");
        node.listen(event -> node.close());

        CompletableFuture<JoinResult> join = node.join(Nodes.address(seed));

        node.closed().get(20, TimeUnit.SECONDS);
        Await.until("the join ends too", join::isDone);
    }

    @Test
    void an_executor_that_runs_everything_on_the_caller_is_no_deadlock() throws Exception {
        Cluster seed = nodes.start("direct-seed");
        Cluster node = nodes.start(Nodes.builder("direct").executor(Runnable::run));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        node.listen(event -> {
            assertEquals(2, node.members().size());
            node.close();
            closed.complete(null);
        });

        CompletableFuture<JoinResult> join = node.join(Nodes.address(seed));

        closed.get(20, TimeUnit.SECONDS);
        node.closed().get(20, TimeUnit.SECONDS);
        Await.until("the join ends too", join::isDone);
    }

    @Test
    void a_slow_listener_loses_its_oldest_events_and_they_are_counted() throws Exception {
        Cluster node = nodes.start("slow");
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        CompletableFuture<String> last = new CompletableFuture<>();
        node.listen(event -> {
            assertDoesNotThrow(() -> hold.await());
            heard.incrementAndGet();
            if (event.member().tags().containsKey("last")) {
                last.complete(event.member().tags().get("last"));
            }
        });
        int extra = 100;
        List<CompletableFuture<Void>> told = new ArrayList<>();
        for (int i = 0; i < Cluster.Listener.MAX_PENDING + extra; i++) {
            told.add(node.tags(Map.of("n", Integer.toString(i))));
        }
        node.tags(Map.of("last", "yes")).get(20, TimeUnit.SECONDS);

        // One event is in the listener's hands; the rest waits or was dropped.
        assertTrue(
                Nodes.stat(node, "hearsay.listener_events_dropped") >= extra,
                () -> node.stats().toString());
        hold.countDown();
        assertEquals("yes", last.get(20, TimeUnit.SECONDS), "the newest survive");
        assertTrue(told.stream().allMatch(CompletableFuture::isDone));
        assertTrue(heard.get() <= Cluster.Listener.MAX_PENDING + 1, () -> heard + " heard");
    }

    @Test
    void a_listener_that_throws_is_called_again() throws Exception {
        Cluster node = nodes.start("throws");
        CountDownLatch twice = new CountDownLatch(2);
        node.listen(event -> {
            twice.countDown();
            throw new IllegalStateException("thrown on purpose by a test");
        });

        node.tags(Map.of("a", "1")).get(20, TimeUnit.SECONDS);
        node.tags(Map.of("a", "2")).get(20, TimeUnit.SECONDS);

        assertTrue(twice.await(20, TimeUnit.SECONDS));
    }

    @Test
    void a_closed_subscription_hears_nothing_more() throws Exception {
        Cluster node = nodes.start("unsubscribed");
        List<String> heard = new ArrayList<>();
        node.listen(event -> heard.add("closed")).close();
        CountDownLatch other = new CountDownLatch(1);
        node.listen(event -> other.countDown());

        node.tags(Map.of("a", "1")).get(20, TimeUnit.SECONDS);

        assertTrue(other.await(20, TimeUnit.SECONDS));
        assertEquals(List.of(), heard);
    }

    @Test
    void two_nodes_meet_over_ipv6() throws Exception {
        boolean present;
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(ip("::1"), 0))) {
            present = probe.getLocalAddress() instanceof Inet6Address;
        } catch (java.io.IOException e) {
            present = false;
        }
        if (!present) {
            System.err.println("SKIPPED: two_nodes_meet_over_ipv6, because this machine has no ::1");
        }
        assumeTrue(present, "this machine has no ::1");
        Cluster first = nodes.start(Nodes.builder("v6-a").bind("::1", 0));
        Cluster second = nodes.start(Nodes.builder("v6-b").bind("::1", 0));

        Nodes.join(second, first);

        Nodes.awaitAlive(List.of(first, second), 2);
    }

    @Test
    void a_node_on_every_interface_advertises_an_address_that_others_can_use() throws Exception {
        InetAddress any = ip("0.0.0.0");
        InetAddress loopback = ip("127.0.0.1");
        InetAddress inside = ip("10.1.2.3");
        InetAddress outside = ip("8.8.8.8");
        InetAddress selfAssigned = ip("169.254.1.1");
        InetAddress v6 = ip("fd00::2");

        assertEquals(inside, Interfaces.choose(any, List.of(loopback, outside, v6, selfAssigned, inside)));
        assertEquals(outside, Interfaces.choose(any, List.of(selfAssigned, v6, outside)));
        assertEquals(loopback, Interfaces.choose(any, List.of(loopback)));
        assertEquals(v6, Interfaces.choose(ip("::"), List.of(inside, v6)));

        Cluster node = nodes.start(Nodes.builder("any").bind("0.0.0.0", 0));
        assertTrue(!node.self().address().getAddress().isAnyLocalAddress(), () -> "" + node.self());
        Cluster told = nodes.start(Nodes.builder("told").bind("0.0.0.0", 0).advertise("127.0.0.9", 1234));
        assertEquals("/127.0.0.9:1234", told.self().address().toString());
    }

    private static InetAddress ip(String literal) {
        return Endpoints.toSocket(Address.of(NetUtil.createByteArrayFromIpAddressString(literal), 0))
                .getAddress();
    }

    @Test
    void a_restarted_node_begins_above_its_former_incarnation() throws Exception {
        Cluster first = nodes.start(Nodes.builder("clock"));
        assertTrue(first.self().incarnation() > 200_000_000, "seconds since 2020");
        Cluster fixed = nodes.start(Nodes.builder("fixed").incarnation(7));
        assertEquals(7, fixed.self().incarnation());
    }

    @Test
    void the_figures_carry_serfs_names_first() throws Exception {
        List<Cluster> pair = nodes.cluster("stats-", 2);

        Await.until("packets are counted", () -> Nodes.stat(pair.get(0), "hearsay.packets_in") > 0);
        assertEquals(
                List.of(
                        "coordinate_resets",
                        "encrypted",
                        "event_queue",
                        "event_time",
                        "failed",
                        "health_score",
                        "intent_queue",
                        "left",
                        "member_time",
                        "members",
                        "query_queue",
                        "query_time"),
                pair.get(0).stats().keySet().stream().limit(12).toList());
        assertEquals("2", pair.get(0).stats().get("members"));
    }
}
