package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.api.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that comes back, with its snapshot file: over sockets. */
class RecollectionTest {
    @TempDir
    Path folder;

    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    private Hearsay.Builder remembering(boolean rejoinAfterLeave) {
        return Nodes.builder("memory").snapshotFile(folder.resolve("snapshot"), rejoinAfterLeave);
    }

    @Test
    void a_node_that_was_killed_finds_the_others_again_and_hears_what_it_missed_once() throws Exception {
        Cluster other = nodes.start("other");
        Cluster first = nodes.start(remembering(false));
        List<String> heard = new CopyOnWriteArrayList<>();
        first.onUserEvent(event -> heard.add(event.name()));
        Nodes.join(first, other);
        other.event("before", new byte[0]).get(5, TimeUnit.SECONDS);
        Await.until(() -> "an event, of " + heard, () -> heard.equals(List.of("before")));
        first.close();
        first.closed().get(20, TimeUnit.SECONDS);
        other.event("missed", new byte[0]).get(5, TimeUnit.SECONDS);

        Cluster second = nodes.start(remembering(false));
        List<String> again = new CopyOnWriteArrayList<>();
        second.onUserEvent(event -> again.add(event.name()));
        Nodes.awaitAlive(List.of(other, second), 2);
        Await.until(() -> "the event missed, of " + again, () -> again.equals(List.of("missed")));
    }

    @Test
    void a_node_that_has_left_stays_alone_unless_it_is_told_to_come_back() throws Exception {
        Cluster other = nodes.start("other");
        Cluster first = nodes.start(remembering(true));
        Nodes.join(first, other);
        Nodes.awaitAlive(List.of(other, first), 2);
        first.leave().get(20, TimeUnit.SECONDS);
        first.close();
        first.closed().get(20, TimeUnit.SECONDS);
        byte[] file = Files.readAllBytes(folder.resolve("snapshot"));

        Cluster back = nodes.start(remembering(true));
        Nodes.awaitAlive(List.of(other, back), 2);
        back.close();
        back.closed().get(20, TimeUnit.SECONDS);

        Files.write(folder.resolve("snapshot"), file);
        Cluster alone = nodes.start(remembering(false));
        assertEquals(1, alone.members().size());
    }

    @Test
    void it_keeps_trying_while_nobody_answers() throws Exception {
        Cluster other = nodes.start("other");
        Cluster first = nodes.start(remembering(false)
                .config(Nodes.FAST.toBuilder()
                        .reconnectInterval(java.time.Duration.ofMillis(100))
                        .build()));
        Nodes.join(first, other);
        Nodes.awaitAlive(List.of(other, first), 2);
        int port = Nodes.port(other);
        first.close();
        first.closed().get(20, TimeUnit.SECONDS);
        other.close();
        other.closed().get(20, TimeUnit.SECONDS);
        Cluster second = nodes.start(remembering(false)
                .config(Nodes.FAST.toBuilder()
                        .reconnectInterval(java.time.Duration.ofMillis(100))
                        .build()));
        Await.until(() -> "a failed attempt", () -> Nodes.stat(second, "hearsay.push_pulls_failed") > 0);
        Cluster late = nodes.start(Nodes.builder("other").bind("127.0.0.1", port));
        Nodes.awaitAlive(List.of(late, second), 2);
    }

    @Test
    void what_becomes_of_the_file_is_among_the_figures() throws Exception {
        Files.writeString(folder.resolve("snapshot"), "torn");
        Path inTheWay =
                Files.createDirectories(folder.resolve("snapshot.compact").resolve("in the way"));
        Cluster node = nodes.start(remembering(false));
        Await.until(
                () -> "a failure to write the file anew, of " + node.stats(),
                () -> Nodes.stat(node, "hearsay.snapshot_write_failures") > 0);
        assertEquals("0", node.stats().get("hearsay.snapshot_not_recorded"));
        Cluster other = nodes.start("breaks a\nline");
        Nodes.join(other, node);
        Await.until(
                () -> "a name that is not recorded, of " + node.stats(),
                () -> Nodes.stat(node, "hearsay.snapshot_not_recorded") > 0);
        assertEquals("0", node.stats().get("hearsay.snapshot_compactions"));

        Files.delete(inTheWay);
        node.close();
        node.closed().get(20, TimeUnit.SECONDS);
        assertEquals("1", node.stats().get("hearsay.snapshot_compactions"));
        assertTrue(other.stats().keySet().stream().noneMatch(key -> key.startsWith("hearsay.snapshot_")));
    }

    @Test
    void a_file_that_cannot_be_written_is_an_error_that_names_it() {
        String message = String.valueOf(assertThrows(
                        HearsayException.class,
                        () -> Nodes.builder("a")
                                .snapshotFile(folder.resolve("no/such/folder"), false)
                                .start())
                .getMessage());
        assertTrue(message.contains("no/such/folder"), message);
    }
}
