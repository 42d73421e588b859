package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.core.Config;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.HeartbeatConfig.Detector;
import dev.hearsay.wire.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that count each other's heartbeats, in real packets. */
class HeartbeatsOverSocketsTest {
    private static final Config COUNTING = Nodes.FAST.toBuilder()
            .guards(0)
            .heartbeats(HeartbeatConfig.DEFAULTS
                    .withDetector(Detector.HEARTBEAT)
                    .withInterval(Duration.ofMillis(50))
                    .withAcceptablePause(Duration.ofMillis(500)))
            .build();

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    private Cluster counting(String name) {
        Hearsay.Builder builder = Nodes.builder(name).config(COUNTING);
        return nodes.start(builder);
    }

    @Test
    void a_member_that_stops_is_found_by_its_silence_and_its_phi_rises() throws Exception {
        List<Cluster> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(counting("beat-" + i));
            all.get(i).join(Nodes.address(all.get(0))).join();
        }
        Cluster observer = all.get(0);
        Await.until(
                "all are judged by their heartbeats",
                () -> observer.phi().join().keySet().equals(Set.of("beat-1", "beat-2", "beat-3")));
        Await.until("heartbeats come", () -> Nodes.stat(observer, "hearsay.heartbeats") > 30);
        // Whoever is doubted is probed, on a busy machine; nobody else.
        assertTrue(Nodes.stat(observer, "hearsay.probes") * 10 < Nodes.stat(observer, "hearsay.heartbeats"));
        assertTrue(observer.phi("beat-1").join().isPresent());
        assertTrue(observer.phi("beat-0").join().isEmpty(), "of itself");
        assertTrue(observer.phi("nobody").join().isEmpty());

        all.get(3).close();
        Await.until(
                "it is given up", () -> observer.member("beat-3").orElseThrow().status() == Status.FAILED);
        assertFalse(observer.phi().join().containsKey("beat-3"));
        assertTrue(Nodes.stat(observer, "hearsay.heartbeats_missed")
                        + Nodes.stat(all.get(1), "hearsay.heartbeats_missed")
                        + Nodes.stat(all.get(2), "hearsay.heartbeats_missed")
                > 0);
    }

    @Test
    void only_who_counts_heartbeats_announces_it_and_others_are_probed() throws Exception {
        Cluster counting = counting("counting");
        Cluster probing = nodes.start("probing");
        assertTrue(counting.self().capabilities().contains(Capability.HEARTBEATS));
        assertFalse(probing.self().capabilities().contains(Capability.HEARTBEATS));
        probing.join(Nodes.address(counting)).join();
        Await.until(
                "each probes the other",
                () -> Nodes.stat(counting, "hearsay.probes") > 3 && Nodes.stat(probing, "hearsay.probes") > 3);
        assertEquals(Map.of(), counting.phi().join());
        assertEquals(Map.of(), probing.phi().join());
        assertEquals(0, Nodes.stat(probing, "hearsay.extensions_unknown"));
        counting.tags(Map.of("k", "v")).join();
        assertTrue(counting.self().capabilities().contains(Capability.HEARTBEATS));
    }
}
