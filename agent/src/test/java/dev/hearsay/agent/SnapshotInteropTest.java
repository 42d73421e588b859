package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.net.snapshot.Remembered;
import dev.hearsay.net.snapshot.Remembered.Known;
import dev.hearsay.net.snapshot.SnapshotFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Snapshot files between us and the real {@code serf agent}. */
@Timeout(180)
class SnapshotInteropTest {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final String STAYS = "127.92.17.1";
    private static final String RESTARTS = "127.92.17.2";

    @TempDir
    Path dir;

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    static boolean serfInstalled() {
        return AgentProcess.serfInstalled();
    }

    @Test
    @EnabledIf("serfInstalled")
    void weReadWhatSerfWroteAndSerfStartsFromWhatWeWrote() throws Exception {
        Path file = dir.resolve("snapshot");
        try (AgentProcess stays = AgentProcess.startSerf("stays", STAYS)) {
            try (AgentProcess first =
                    AgentProcess.startSerf("restarts", RESTARTS, "-snapshot=" + file, "-join=" + STAYS)) {
                // It writes what it has only when more comes later.
                Await.until("Serf has written it", BOUND, () -> {
                    fire(stays, "event");
                    return lines(file).containsAll(Set.of("alive: stays " + STAYS + ":7946", "event-clock: 2"));
                });
                first.kill();
            }
            Await.until("it has failed", BOUND, () -> stays.view("restarts").startsWith("failed"));

            SnapshotFile ours = SnapshotFile.open(file, false);
            Remembered remembered = ours.remembered();
            assertEquals(
                    Set.of(new Known("stays", at(1)), new Known("restarts", at(2))), Set.copyOf(remembered.alive()));
            assertTrue(remembered.eventClock() >= 2, remembered::toString);
            assertTrue(remembered.clock() >= 1, remembered::toString);
            assertEquals(0, remembered.ignored());
            ours.clocks(remembered.clock(), remembered.eventClock() + 1_000, 50);
            ours.notAlive("restarts");
            ours.alive("one with spaces", at(9));
            close(ours);

            try (AgentProcess again = AgentProcess.startSerf("restarts", RESTARTS, "-snapshot=" + file)) {
                Await.until(
                        "Serf has rejoined", BOUND, () -> stays.view("restarts").startsWith("alive"));
                assertTrue(again.log().contains("previously known node: "), again.log());
                assertTrue(!again.log().contains("Unrecognized"), again.log());
                // It took our clock over and told the other at the join.
                Await.until("the event clock is ours", BOUND, () -> eventTime(stays) > 1_000);
                again.kill();
            }
        }
        SnapshotFile leaving = SnapshotFile.open(file, false);
        assertTrue(leaving.remembered().alive().contains(new Known("one with spaces", at(9))));
        leaving.leave();
        close(leaving);
        try (AgentProcess alone = AgentProcess.startSerf("restarts", RESTARTS, "-snapshot=" + file)) {
            assertTrue(!alone.log().contains("previously known node"), alone.log());
        }
    }

    private static void fire(AgentProcess agent, String name) throws Exception {
        Process process = new ProcessBuilder("serf", "event", "-coalesce=false", "-rpc-addr=" + agent.rpc(), name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "serf event does not end");
        assertEquals(0, process.exitValue());
    }

    private static int eventTime(AgentProcess agent) throws Exception {
        return Integer.parseInt(agent.figure("serf", "event_time"));
    }

    private static Address at(int last) {
        return Address.ipv4(127, 92, 17, last, 7946);
    }

    private static Set<String> lines(Path file) throws Exception {
        return new TreeSet<>(Files.readAllLines(file));
    }

    private static void close(SnapshotFile snapshot) throws Exception {
        snapshot.close().get(20, TimeUnit.SECONDS);
    }
}
