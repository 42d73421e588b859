package dev.hearsay.agent.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.AgentProcess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Real Serf agents say nothing about ours, at WARN and above, that they would not say about each other. */
@Timeout(300)
class WarningsTest {
    /** What Serf may say of any member that stands still or has a busy machine, and of its own kind says often. */
    private static final List<String> OF_A_STOPPED_PROCESS = List.of(
            "[ERR] memberlist: Failed fallback ping: read tcp ADDRESS->ADDRESS: i/o timeout",
            "[WARN] memberlist: Was able to connect to NAME but other probes failed, network may be misconfigured");

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    @Test
    void a_template_has_nothing_of_one_run_in_it() {
        assertEquals(
                "[WARN] memberlist: Was able to connect to NAME but other probes failed, from=ADDRESS after N",
                Pool.template(
                        "2026/11/21 10:00:00 [WARN] memberlist: Was able to connect to x1 but other probes failed,"
                                + " from=127.3.4.5:7946 after 1.5ms"));
    }

    @Test
    @EnabledIf("dev.hearsay.agent.AgentProcess#serfInstalled")
    void in_a_mixed_pool_serf_warns_of_nothing_that_it_does_not_warn_of_in_a_pure_one() throws Exception {
        long pid = ProcessHandle.current().pid();
        String network = "127." + (200 + pid % 50) + "." + (pid / 50 % 100) * 2;
        try (Pool pure = new Pool(network, Kind.SERF);
                Pool mixed = new Pool(network.replaceFirst("\\d+$", "") + ((pid / 50 % 100) * 2 + 1), Kind.OURS)) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> run(pure));
            run(mixed);
            other.join();
            Map<String, Long> usual = counted(pure.warnings());
            Map<String, Long> said = counted(mixed.warnings());
            TreeSet<String> odd = new TreeSet<>(said.keySet());
            odd.removeAll(usual.keySet());
            OF_A_STOPPED_PROCESS.forEach(odd::remove);
            assertEquals(
                    List.of(), List.copyOf(odd), () -> "in the pure pool: " + usual + ", in the mixed one: " + said);
        }
    }

    private static void run(Pool pool) {
        try {
            pool.story();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Long> counted(List<String> lines) {
        return lines.stream().collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
    }
}
