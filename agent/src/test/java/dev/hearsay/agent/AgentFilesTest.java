package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.rpc.RpcClient;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents with files: configuration that is read again, tags and keys that are kept. */
@Timeout(120)
class AgentFilesTest {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final String HOST = "127.91.29.1";
    private static final String OTHER = "127.91.29.2";
    private static final String OLD = "T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s=";
    private static final String NEW = "HvY8ubRZMgafUOWvrOadwOckVa1wN3QWAo46FVKbVN8=";

    @TempDir
    Path folder;

    @Test
    void aReloadTakesOverWhatCanChangeAndABadFileChangesNothing() throws Exception {
        Path out = Files.createFile(folder.resolve("out"));
        Path config = folder.resolve("agent.yaml");
        Files.writeString(config, "tags: {version: '1'}\n");
        try (AgentProcess agent = AgentProcess.startHearsay("a", HOST, "-config-file=" + config)) {
            assertEquals("alive {version=1}", agent.view("a"));
            Files.writeString(
                    config,
                    "tags: {version: '2'}\nleave_on_terminate: true\nevent_handlers: ['user=echo ran >> " + out
                            + "']\n");
            agent.signal("HUP");
            Await.until("the tags are new", BOUND, () -> agent.view("a").equals("alive {version=2}"));
            said(agent, "Reloaded: event handlers, now 1; tags, now {version=2}");
            Files.writeString(config, "tags: {version: '3'}\nbogus: 1\n");
            agent.signal("HUP");
            said(agent, "Failed to reload configs: " + config + ", line 2, key 'bogus': there is no such setting");
            assertEquals("alive {version=2}", agent.view("a"));
            event(HOST, "anything");
            Await.until("the handler ran", BOUND, () -> Files.readString(out).equals("ran\n"));
            agent.signal("USR1");
            said(agent, "Figures:\n  coordinate_resets = 0");
            assertEquals("1", agent.figure("agent", "handler_runs"));
            agent.signal("TERM");
            assertEquals(0, agent.exitCode());
            assertTrue(agent.log().contains("Gracefully shutting down"), agent.log());
        }
    }

    @Test
    void tagsThatACommandChangesAreThereAfterARestart() throws Exception {
        Path tags = folder.resolve("tags.json");
        try (AgentProcess agent = AgentProcess.startHearsay("a", HOST, "-tags-file=" + tags)) {
            assertEquals("alive {}", agent.view("a"));
            try (RpcClient client = connect(HOST)) {
                client.tags(Map.of("role", "web", "größe", "7"), List.of());
                client.tags(Map.of(), List.of("größe"));
            }
        }
        assertEquals("{\n  \"role\": \"web\"\n}", Files.readString(tags));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(tags)));
        try (AgentProcess agent = AgentProcess.startHearsay("a", HOST, "-tags-file=" + tags)) {
            assertEquals("alive {role=web}", agent.view("a"));
        }
    }

    @Test
    void keysThatAQueryChangesAreThereAfterARestart() throws Exception {
        Path one = keys("one.json");
        Path two = keys("two.json");
        try (AgentProcess first = AgentProcess.startHearsay("a", HOST, "-keyring-file=" + one);
                AgentProcess second = AgentProcess.startHearsay("b", OTHER, "-keyring-file=" + two, "-join=" + HOST)) {
            Await.until(
                    "both know both",
                    BOUND,
                    () -> first.members().size() == 2 && second.members().size() == 2);
            try (RpcClient client = connect(HOST)) {
                assertEquals("", client.installKey(NEW).error());
                assertEquals("", client.useKey(NEW).error());
                assertEquals("", client.removeKey(OLD).error());
            }
        }
        for (Path file : List.of(one, two)) {
            assertEquals("[\n  \"" + NEW + "\"\n]", Files.readString(file));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        try (AgentProcess again = AgentProcess.startHearsay("a", HOST, "-keyring-file=" + one)) {
            assertEquals("true", again.figure("serf", "encrypted"));
        }
    }

    private Path keys(String name) throws Exception {
        return Files.writeString(folder.resolve(name), "[\"" + OLD + "\"]");
    }

    private static void event(String host, String name) throws Exception {
        try (RpcClient client = connect(host)) {
            client.event(name, new byte[0], false);
        }
    }

    private static RpcClient connect(String host) throws Exception {
        return RpcClient.connect(new InetSocketAddress(host, 7373), "");
    }

    private static void said(AgentProcess agent, String text) {
        Await.until("the log says " + text, BOUND, () -> agent.log().contains(text));
    }
}
