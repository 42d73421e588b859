package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Shared state among our nodes in a pool with the real {@code serf agent}, which knows nothing of it. */
@Timeout(180)
class StateInteropTest {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final String SERF = "127.93.18.1";
    private static final int WRITES = 500;

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    static boolean serfInstalled() {
        return AgentProcess.serfInstalled();
    }

    private static Cluster start(String name, String host) {
        return Hearsay.builder().name(name).bind(host).start();
    }

    @Test
    @EnabledIf("serfInstalled")
    void two_of_our_nodes_share_state_past_a_serf_agent_that_does_not_complain() throws Exception {
        try (AgentProcess serf = AgentProcess.startSerf("serf", SERF);
                Cluster one = start("one", "127.93.18.2");
                Cluster two = start("two", "127.93.18.3")) {
            one.join(SERF).get(20, TimeUnit.SECONDS).orThrow();
            two.join(SERF).get(20, TimeUnit.SECONDS).orThrow();
            Await.until(
                    "all know each other",
                    BOUND,
                    () -> serf.members().size() == 3
                            && one.members().size() == 3
                            && two.members().size() == 3);
            for (int i = 0; i < WRITES; i++) {
                one.state()
                        .map("m", Codec.TEXT)
                        .put("key" + i, "x".repeat(i * 10))
                        .get(20, TimeUnit.SECONDS);
                two.state().counter("c").add(1).get(20, TimeUnit.SECONDS);
            }
            Await.until(
                    "each has what the other has written",
                    BOUND,
                    () -> two.state().map("m", Codec.TEXT).size() == WRITES
                            && one.state().counter("c").value() == WRITES);
            // What Serf had to say of what came before, it has said when it knows of this.
            one.event("over", new byte[0]).get(20, TimeUnit.SECONDS);
            Await.until(
                    "Serf has heard",
                    BOUND,
                    () -> serf.figure("serf", "event_time").equals("2"));
            assertEquals(
                    List.of(),
                    serf.log()
                            .lines()
                            .filter(line -> line.contains("[WARN]") || line.contains("[ERR]"))
                            .toList());
            assertEquals(
                    3,
                    serf.members().stream()
                            .filter(m -> m.status().equals("alive"))
                            .count());
        }
    }
}
