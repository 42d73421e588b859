package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberEvent.Kind;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes with one name: over sockets. */
class NameVotesTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    private static final GossipKey KEY = GossipKey.of(new byte[16]);

    private Cluster start(String name, long incarnation) {
        return nodes.start(Nodes.builder(name)
                .incarnation(incarnation)
                .wire(WireConfig.PLAIN.toBuilder().keyring(Keyring.of(KEY)).build())
                .config(Nodes.FAST.toBuilder()
                        .gossipInterval(Duration.ofMillis(200))
                        .build()));
    }

    @Test
    void a_node_whose_name_has_passed_on_learns_it_from_the_others_and_its_successor_keeps_it() throws Exception {
        List<Cluster> others = List.of(start("n0", 100), start("n2", 100), start("n3", 100));
        Cluster successor = start("n1", 100);
        Nodes.join(others.get(1), others.get(0));
        Nodes.join(others.get(2), others.get(0));
        Nodes.join(successor, others.get(0));
        Nodes.awaitAlive(others, 4);
        List<MemberEvent> ofSuccessor = Nodes.record(successor);

        Cluster former = start("n1", 1);
        List<MemberEvent> ofFormer = Nodes.record(former);
        former.join(Nodes.address(others.get(0))).get(20, TimeUnit.SECONDS);
        Await.until(() -> "n1 lost, of " + ofFormer, () -> Nodes.saw(ofFormer, Kind.NAME_LOST, "n1"));
        MemberEvent lost = ofFormer.stream()
                .filter(event -> event.kind() == Kind.NAME_LOST)
                .findFirst()
                .orElseThrow();
        assertEquals(Nodes.address(successor), lost.by());
        assertFalse(Nodes.saw(ofSuccessor, Kind.NAME_LOST, "n1"));
    }
}
