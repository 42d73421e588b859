package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.JoinResult;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys, labels and compression between nodes that run, and what a newcomer is told when they differ. */
class WireOverSocketsTest {
    private static final GossipKey OLD = GossipKey.of(new byte[32]);
    private static final GossipKey NEW = GossipKey.parse("AAECAwQFBgcICQoLDA0ODw==");

    private static final WireConfig EVERYTHING = new WireConfig.Builder()
            .label("blue")
            .keyring(Keyring.of(OLD))
            .compress(true)
            .build();

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void with_label_key_and_compression_members_join_change_fail_and_are_seen() throws Exception {
        List<Cluster> three = List.of(start("a", EVERYTHING), start("b", EVERYTHING), start("c", EVERYTHING));
        Nodes.join(three.get(1), three.get(0));
        Nodes.join(three.get(2), three.get(0));
        Nodes.awaitAlive(three, 3);

        three.get(1).tags(Map.of("k", "v")).get(20, TimeUnit.SECONDS);
        Await.until(
                "the tag is seen",
                () -> three.get(2).member("b").orElseThrow().tags().equals(Map.of("k", "v")));
        three.get(1).close();
        Nodes.awaitStatus(three.get(2), "b", Status.FAILED);

        assertEquals("true", three.get(0).stats().get("encrypted"));
        assertTrue(
                three.get(0).stats().keySet().stream().noneMatch(key -> key.startsWith("hearsay.dropped_")),
                () -> three.get(0).stats().toString());
    }

    @Test
    void who_has_another_key_none_or_one_too_many_is_told_so() throws Exception {
        Cluster encrypted = start("encrypted", keys(OLD));
        Cluster plain = start("plain", WireConfig.PLAIN);

        assertEquals(
                "malformed answer: No installed keys could decrypt the message; "
                        + "the keys differ: compare the keys of both sides",
                refusal(start("other-key", keys(NEW)), encrypted));
        assertEquals(
                "malformed answer: Remote state is encrypted and encryption is not configured; "
                        + "the other side encrypts and this one has no key: give it the key",
                refusal(plain, encrypted));
        assertEquals(
                "malformed answer: Encryption is configured but remote state is not encrypted; "
                        + "this side encrypts and the other does not: give the other the key, "
                        + "or verify nothing while keys are rolled out",
                refusal(encrypted, plain));
        Cluster lenient =
                start("lenient", keys(OLD).toBuilder().verifyIncoming(false).build());
        assertEquals(
                "refused: Remote state is encrypted and encryption is not configured; "
                        + "this side encrypts and the other does not: give the other the key, "
                        + "or verify nothing while keys are rolled out",
                refusal(lenient, plain));
        Cluster half = start("half", keys(OLD).toBuilder().verifyOutgoing(false).build());
        assertEquals(
                "refused: Encryption is configured but remote state is not encrypted; "
                        + "the other side encrypts and this one has no key: give it the key",
                refusal(plain, half));
    }

    @Test
    void who_has_another_label_is_told_so() throws Exception {
        WireConfig green = WireConfig.PLAIN.toBuilder().label("green").build();
        WireConfig blue = WireConfig.PLAIN.toBuilder().label("blue").build();

        assertEquals(
                "refused: the label of another cluster; the labels differ: compare the labels of both sides",
                refusal(start("green", green), start("blue", blue)));
        assertEquals(
                "refused: no cluster label, but this cluster has one; "
                        + "the labels differ: compare the labels of both sides",
                refusal(
                        start("none", WireConfig.PLAIN),
                        nodes.start(Nodes.builder("blue2").wire(blue))));
    }

    @Test
    void a_member_that_hangs_up_as_memberlist_does_on_another_label_gets_an_explanation() throws Exception {
        Cluster node = nodes.start("caller");
        try (var hangsUp = Nodes.silent()) {
            Thread listener = new Thread(() -> {
                try {
                    hangsUp.accept().close();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            listener.start();
            String seed = "127.0.0.1:" + hangsUp.getLocalPort();
            String error =
                    node.join(seed).get(20, TimeUnit.SECONDS).seeds().get(0).error();
            listener.join();

            assertTrue(error.startsWith("closed without an answer"), error);
            assertTrue(error.endsWith("; it may have another label, or be no member of anything"), error);
        }
    }

    /** memberlist's rolling enable: the keys, then verify outgoing, then verify incoming; nobody is lost meanwhile. */
    @Test
    void encryption_is_introduced_and_a_key_replaced_while_the_cluster_runs() throws Exception {
        List<Cluster> pair = nodes.cluster("rolling-", 2);
        List<WireStep> steps = List.of(
                wire -> wire.keyring(Keyring.of(OLD)).verifyIncoming(false).verifyOutgoing(false),
                wire -> wire.verifyOutgoing(true),
                wire -> wire.verifyIncoming(true),
                wire -> wire.keyring(Keyring.of(OLD, NEW)),
                wire -> wire.keyring(Keyring.of(NEW, OLD)),
                wire -> wire.keyring(Keyring.of(NEW)));
        for (int step = 0; step < steps.size(); step++) {
            for (Cluster node : pair) {
                WireStep change = steps.get(step);
                node.wire(wire -> change.apply(wire.toBuilder()).build());
                talk(pair, "step-" + step);
            }
        }

        for (Cluster node : pair) {
            assertFalse(
                    node.stats().keySet().stream().anyMatch(key -> key.startsWith("hearsay.dropped_")),
                    () -> node.stats().toString());
            assertEquals("0", node.stats().get("failed"));
        }
    }

    @Test
    void the_layer_above_stays_what_it_is_while_a_node_runs() {
        Cluster node = nodes.start("serf");
        assertThrows(
                IllegalArgumentException.class,
                () -> node.wire(wire -> wire.toBuilder().serf(false).build()));
    }

    /** One change of the configuration. */
    @FunctionalInterface
    private interface WireStep {
        WireConfig.Builder apply(WireConfig.Builder wire);
    }

    /** Each tells the other something new, and both hear it. */
    private static void talk(List<Cluster> pair, String value) throws Exception {
        for (int i = 0; i < 2; i++) {
            Cluster from = pair.get(i);
            Cluster to = pair.get(1 - i);
            from.tags(Map.of("now", value)).get(20, TimeUnit.SECONDS);
            Await.until(
                    () -> to + " hears " + value + " of " + from,
                    () -> to.member(from.self().name()).orElseThrow().tags().equals(Map.of("now", value)));
        }
    }

    private static WireConfig keys(GossipKey key) {
        return new WireConfig.Builder().keyring(Keyring.of(key)).build();
    }

    private Cluster start(String name, WireConfig wire) {
        return nodes.start(Nodes.builder(name).wire(wire));
    }

    private static String refusal(Cluster node, Cluster seed) throws Exception {
        JoinResult result = node.join(Nodes.address(seed)).get(20, TimeUnit.SECONDS);
        assertEquals(0, result.contacted());
        return result.seeds().get(0).error();
    }
}
