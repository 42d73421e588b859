package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.rpc.RpcClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same happens to a real {@code serf agent} and to ours: their event handlers see the same environment and input. */
@Timeout(180)
class HandlerInteropTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String HOST = "127.91.28.1";
    private static final String END = "--- end";

    @TempDir
    Path folder;

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    static boolean serfInstalled() {
        return AgentProcess.serfInstalled();
    }

    @Test
    @EnabledIf("serfInstalled")
    void handlersSeeTheSameByteForByte() throws Exception {
        Path theirs = Files.createFile(folder.resolve("theirs"));
        Path ours = Files.createFile(folder.resolve("ours"));
        // One tag: Serf writes several in any order.
        try (AgentProcess agent =
                AgentProcess.startSerf("n1", HOST, "-tag", "a-b c=x,y=z", "-event-handler", dump(theirs))) {
            happen(agent, theirs);
        }
        try (AgentProcess agent =
                AgentProcess.startHearsay("n1", HOST, "-tag", "a-b c=x,y=z", "-event-handler", dump(ours))) {
            happen(agent, ours);
        }
        assertEquals(Files.readString(theirs), Files.readString(ours));
    }

    private static String dump(Path file) {
        return "*={ env | grep ^SERF_ | LC_ALL=C sort; od -An -v -c; echo '" + END + "'; } >> " + file;
    }

    /** A member joins, three events, a query, a changed tag; each one awaited, so that their order is one. */
    private static void happen(AgentProcess agent, Path file) throws Exception {
        until(file, 1);
        try (RpcClient client = RpcClient.connect(new InetSocketAddress(HOST, 7373), "")) {
            client.event("deploy", bytes("v 1"), false);
            until(file, 2);
            client.event("no payload", bytes(""), false);
            until(file, 3);
            client.event("lines", bytes("a\nb\n"), false);
            until(file, 4);
            assertEquals(0, query(agent));
            until(file, 5);
            client.tags(Map.of("a-b c", "tab\there\nü"), List.of());
            until(file, 6);
        }
    }

    private static int query(AgentProcess agent) throws IOException, InterruptedException {
        return new ProcessBuilder("serf", "query", "-rpc-addr=" + agent.rpc(), "-timeout=1s", "load", "now?")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void until(Path file, int ends) {
        Await.until(
                ends + " events",
                BOUND,
                () -> Files.readAllLines(file).stream().filter(END::equals).count() == ends);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
