package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import dev.hearsay.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool of applications on bare memberlist: metadata, user messages in all three ways, state in push/pulls. */
class MemberlistOverSocketsTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    /** Remembers what it hears. */
    private static final class Recorder implements Delegate {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<String> states = new CopyOnWriteArrayList<>();
        private final String state;

        Recorder(String state) {
            this.state = state;
        }

        @Override
        public void onMessage(MemberlistCluster cluster, byte[] content) {
            messages.add(new String(content, StandardCharsets.UTF_8));
        }

        @Override
        public byte[] localState(boolean join) {
            return bytes(state);
        }

        @Override
        public void onRemoteState(MemberlistCluster cluster, byte[] remote, boolean join) {
            states.add(new String(remote, StandardCharsets.UTF_8) + (join ? " (join)" : ""));
        }
    }

    @Test
    void joining_exchanges_the_applications_states_and_metadata() throws Exception {
        Recorder a = new Recorder("state of a");
        Recorder b = new Recorder("state of b");
        MemberlistCluster first = start("a", a);
        MemberlistCluster second =
                nodes.start(Nodes.builder("b").meta(bytes("zone 2")), builder -> builder.startMemberlist(b));
        Nodes.join(second, first);

        Await.until("a has b's state", () -> a.states.contains("state of b (join)"));
        Await.until("b has a's state", () -> b.states.contains("state of a (join)"));
        ClusterMember seen = first.member("b").orElseThrow();
        assertEquals(Bytes.of(bytes("zone 2")), seen.meta());
        assertEquals(Map.of(), seen.tags(), "Serf would take it for a role");
        assertEquals(Versions.MEMBERLIST, seen.versions());
        second.meta(Bytes.of(bytes("zone 3"))).get(20, TimeUnit.SECONDS);
        Await.until(
                "the change is seen",
                () -> first.member("b").orElseThrow().meta().equals(Bytes.of(bytes("zone 3"))));
    }

    @Test
    void a_message_reaches_its_receiver_by_gossip_in_a_packet_and_over_a_stream() throws Exception {
        Recorder a = new Recorder("");
        MemberlistCluster first = start("a", a);
        MemberlistCluster second = start("b", new Recorder(""));
        Nodes.join(second, first);
        Nodes.awaitAlive(List.of(first, second), 2);

        second.broadcast(bytes("to everybody")).get(20, TimeUnit.SECONDS);
        Await.until("the broadcast", () -> a.messages.contains("to everybody"));
        second.send("a", bytes("in a packet")).get(20, TimeUnit.SECONDS);
        Await.until("the packet", () -> a.messages.contains("in a packet"));
        second.sendReliably("a", bytes("x".repeat(100_000))).get(20, TimeUnit.SECONDS);
        Await.until("the stream", () -> a.messages.contains("x".repeat(100_000)));
        // What looks like a leave intent of Serf is the application's here.
        second.send("a", new byte[] {0, 1, 2}).get(20, TimeUnit.SECONDS);
        Await.until("bytes", () -> a.messages.contains("\u0000\u0001\u0002"));
        assertEquals("0", first.stats().getOrDefault("hearsay.user_messages_unknown", "0"));
    }

    @Test
    void what_cannot_be_sent_says_why_and_breaks_nothing() throws Exception {
        MemberlistCluster node = start("a", new Recorder(""));
        MemberlistCluster gone = start("gone", new Recorder(""));
        Nodes.join(gone, node);
        Nodes.awaitAlive(List.of(node, gone), 2);
        gone.close();
        gone.closed().get(20, TimeUnit.SECONDS);

        assertEquals("no member is named 'nobody'", failure(node.send("nobody", new byte[1])));
        assertEquals(
                "message has 2000 bytes: must be at most 1390 to fit into a packet; longer ones go with sendReliably",
                failure(node.broadcast(new byte[2000])));
        assertEquals(
                "message has 20971521 bytes: must be at most 20971520",
                failure(node.sendReliably("a", new byte[Limits.USER_MESSAGE_BYTES + 1])));
        assertEquals("connection refused", failure(node.sendReliably("gone", new byte[1])));
        assertThrows(UnsupportedOperationException.class, () -> node.tags(Map.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Nodes.builder("tagged").tag("a", "b").startMemberlist(new Recorder("")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Nodes.builder("meta").meta(new byte[1]).start());
        node.broadcast(new byte[1390]).get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_delegate_answers_through_the_node_that_heard() throws Exception {
        Recorder a = new Recorder("");
        MemberlistCluster asking = start("a", a);
        MemberlistCluster answering = start("b", new Delegate() {
            @Override
            public void onMessage(MemberlistCluster cluster, byte[] content) {
                var unused = cluster.send("a", bytes(cluster.self().name() + " heard"));
            }
        });
        Nodes.join(answering, asking);
        Nodes.awaitAlive(List.of(asking, answering), 2);

        asking.send("b", bytes("hello")).get(20, TimeUnit.SECONDS);

        Await.until("the answer", () -> a.messages.contains("b heard"));
    }

    @Test
    void a_member_that_leaves_is_seen_as_left_without_any_intent() throws Exception {
        MemberlistCluster first = start("a", new Recorder(""));
        MemberlistCluster second = start("b", new Recorder(""));
        Nodes.join(second, first);
        Nodes.awaitAlive(List.of(first, second), 2);

        second.leave().get(20, TimeUnit.SECONDS);

        Nodes.awaitStatus(first, "b", ClusterMember.Status.LEFT);
        assertTrue(first.stats().keySet().stream().noneMatch(key -> key.startsWith("hearsay.dropped_")));
    }

    @Test
    void a_delegate_that_throws_or_hands_over_too_much_harms_only_the_exchange_of_states() throws Exception {
        MemberlistCluster seed = start("seed", new Recorder("state of seed"));
        MemberlistCluster throwing = start("throwing", new Delegate() {
            @Override
            public byte[] localState(boolean join) {
                throw new IllegalStateException("thrown on purpose by a test");
            }

            @Override
            public void onRemoteState(MemberlistCluster cluster, byte[] state, boolean join) {
                throw new IllegalStateException("thrown on purpose by a test");
            }
        });
        MemberlistCluster large = start("large", new Delegate() {
            @Override
            public byte[] localState(boolean join) {
                return new byte[Limits.USER_STATE_BYTES + 1];
            }
        });

        Nodes.join(throwing, seed);
        Nodes.join(large, seed);

        Nodes.awaitAlive(List.of(seed, throwing, large), 3);
    }

    private MemberlistCluster start(String name, Delegate delegate) {
        return nodes.start(Nodes.builder(name), builder -> builder.startMemberlist(delegate));
    }

    private static String failure(CompletableFuture<Void> future) {
        Throwable cause = assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
        assertInstanceOf(RuntimeException.class, cause);
        return String.valueOf(cause.getMessage());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
