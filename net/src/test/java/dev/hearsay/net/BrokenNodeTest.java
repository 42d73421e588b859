package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.node.Endpoints;
import dev.hearsay.api.node.NodeHost;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Node;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.AdmissionRules;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.WireConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A broken invariant stops the node it is in, and no other. */
class BrokenNodeTest {

    @Test
    void a_node_that_throws_is_stopped_with_its_ports_freed_and_its_neighbours_unharmed() throws Exception {
        HearsayRuntime runtime = HearsayRuntime.create();
        HearsayRuntime.Lane lane = runtime.nextLane();
        Sockets sockets = Sockets.bind(InetAddress.getLoopbackAddress(), 0);
        int port = sockets.local().getPort();
        CompletableFuture<@Nullable Throwable> stopped = new CompletableFuture<>();
        Identity identity = new Identity("broken", Endpoints.toAddress(sockets.local()), Bytes.EMPTY, Versions.SERF, 1);
        NodeSettings settings = new NodeSettings(
                "broken",
                "127.0.0.1",
                0,
                null,
                0,
                Bytes.EMPTY,
                Nodes.FAST,
                WireConfig.PLAIN,
                Versions.SERF,
                1,
                null,
                runtime,
                null,
                AdmissionRules.NONE,
                null,
                SerfConfig.DEFAULTS,
                null,
                null,
                false,
                new StateSettings(StateConfig.DEFAULTS, null, false));
        NodeDriver driver = new NodeDriver(lane, identity, settings, 1, sockets, Delegate.SERF, new NodeHost() {
            @Override
            public void onEvents(List<Event> events) {}

            @Override
            public void onStopped(@Nullable Throwable cause) {
                stopped.complete(cause);
            }
        });
        try (Nodes nodes = new Nodes()) {
            // Round robin: the first of these two is on the other loop, the second on the same.
            List<Cluster> pair = List.of(
                    nodes.start(Nodes.builder("next").runtime(runtime)),
                    nodes.start(Nodes.builder("same").runtime(runtime)));
            driver.execute(() -> driver.start(Node::start));
            driver.execute(() -> driver.turn((node, now, out) -> {
                throw new IllegalStateException("thrown on purpose by a test");
            }));

            Throwable cause = stopped.get(20, TimeUnit.SECONDS);

            assertTrue(cause.getMessage().contains("'broken'"), cause::getMessage);
            Sockets again = Sockets.bind(InetAddress.getLoopbackAddress(), port);
            assertEquals(port, again.local().getPort());
            again.close();
            Nodes.join(pair.get(0), pair.get(1));
            Nodes.awaitAlive(pair, 2);
        } finally {
            runtime.close();
        }
    }
}
