package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.wire.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Our agent and the real {@code serf agent} in one cluster, and each one's command line against the other's agent. */
@Timeout(180)
class SerfInteropTest {
    private static final List<String> OUR_CAPABILITIES =
            Capability.ours().stream().map(Capability::text).toList();

    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final String OURS = "127.91.17.1";
    private static final String THEIRS = "127.91.17.2";
    private static final String SECOND = "127.91.17.3";

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    static boolean serfInstalled() {
        return AgentProcess.serfInstalled();
    }

    @Test
    @EnabledIf("serfInstalled")
    void serfJoinsUsEachSeesTheOtherWithItsTagsAndWeSeeItFail() throws Exception {
        try (AgentProcess ours = AgentProcess.startHearsay("ours", OURS, "-tag", "role=web", "-tag", "k=v");
                AgentProcess theirs = AgentProcess.startSerf("theirs", THEIRS, "-tag", "role=db", "-join=" + OURS)) {
            meet(ours, theirs);
            theirs.kill();
            Await.until("we see it failed", BOUND, () -> ours.view("theirs").equals("failed {role=db}"));
        }
    }

    @Test
    @EnabledIf("serfInstalled")
    void weJoinSerfEachSeesTheOtherWithItsTagsAndItSeesUsFail() throws Exception {
        try (AgentProcess theirs = AgentProcess.startSerf("theirs", THEIRS, "-tag", "role=db");
                AgentProcess ours =
                        AgentProcess.startHearsay("ours", OURS, "-tag", "role=web", "-tag", "k=v", "-join=" + THEIRS)) {
            meet(ours, theirs);
            ours.kill();
            Await.until("it sees us failed", BOUND, () -> theirs.view("ours").equals("failed {k=v, role=web}"));
        }
    }

    @Test
    @EnabledIf("serfInstalled")
    void aGracefulLeaveIsSeenAsLeftInBothDirectionsAndIsNoFailure() throws Exception {
        try (AgentProcess ours = AgentProcess.startHearsay("ours", OURS);
                AgentProcess theirs = AgentProcess.startSerf("theirs", THEIRS, "-join=" + OURS)) {
            Await.until(
                    "both see both",
                    BOUND,
                    () -> ours.view("theirs").startsWith("alive")
                            && theirs.view("ours").startsWith("alive"));
            assertEquals(
                    "Graceful leave complete\n", succeed(AgentProcess.hearsay("leave", "-rpc-addr=" + theirs.rpc())));
            assertEquals(0, theirs.exitCode());
            Await.until("we see it left", BOUND, () -> ours.view("theirs").startsWith("left"));
            assertTrue(!ours.log().contains("EventMemberFailed"), ours.log());
        }
        try (AgentProcess theirs = AgentProcess.startSerf("theirs", THEIRS);
                AgentProcess ours = AgentProcess.startHearsay("ours", OURS, "-join=" + THEIRS)) {
            Await.until("both see both", BOUND, () -> theirs.view("ours").startsWith("alive"));
            assertEquals("Graceful leave complete\n", succeed(List.of("serf", "leave", "-rpc-addr=" + ours.rpc())));
            assertEquals(0, ours.exitCode());
            Await.until("it sees us left", BOUND, () -> theirs.view("ours").startsWith("left"));
            assertTrue(!theirs.log().contains("EventMemberFailed"), theirs.log());
        }
    }

    @Test
    @EnabledIf("serfInstalled")
    void serfsCommandLineDrivesOurAgentAndOursDrivesSerfsWithTheSameOutput() throws Exception {
        try (AgentProcess ours = AgentProcess.startHearsay("ours", OURS, "-tag", "role=web");
                AgentProcess theirs = AgentProcess.startSerf("theirs", THEIRS, "-tag", "role=db", "-join=" + OURS)) {
            meet(ours, theirs, "alive {role=web}");
            for (AgentProcess agent : List.of(ours, theirs)) {
                String at = "-rpc-addr=" + agent.rpc();
                for (List<String> args : List.of(
                        List.of("members", at),
                        List.of("members", "-detailed", at),
                        List.of("members", "-format=json", at),
                        List.of("members", "-tag", "role=w.*", "-status=alive", at),
                        List.of("members", "-status=failed", at),
                        List.of("join", at, THEIRS + ":7946"),
                        List.of("info", "-format=json", at))) {
                    List<String> serf = new ArrayList<>(List.of("serf"));
                    serf.addAll(args);
                    String expected = succeed(serf);
                    String actual = succeed(AgentProcess.hearsay(args.toArray(new String[0])));
                    assertEquals(comparable(expected), comparable(actual), args + " against " + agent.rpc());
                }
            }
            assertTrue(monitor(List.of("serf", "monitor", "-rpc-addr=" + ours.rpc()))
                    .contains("EventMemberJoin: theirs"));
            assertTrue(monitor(AgentProcess.hearsay("monitor", "-rpc-addr=" + theirs.rpc()))
                    .contains("EventMemberJoin: ours"));
            theirs.kill();
            Await.until("we see it failed", BOUND, () -> ours.view("theirs").startsWith("failed"));
            succeed(List.of("serf", "force-leave", "-rpc-addr=" + ours.rpc(), "theirs"));
            Await.until("we see it left", BOUND, () -> ours.view("theirs").startsWith("left"));
        }
    }

    @Test
    @EnabledIf("serfInstalled")
    void twoOfOursThatKnowEachOtherThroughSerfOnlySeeEachOthersCapabilities() throws Exception {
        try (AgentProcess theirs = AgentProcess.startSerf("theirs", THEIRS);
                AgentProcess ours = AgentProcess.startHearsay("ours", OURS, "-tag", "k=v", "-join=" + THEIRS);
                AgentProcess second = AgentProcess.startHearsay("second", SECOND, "-join=" + THEIRS)) {
            Await.until("Serf sees the first", BOUND, () -> theirs.view("ours").equals("alive {k=v}"));
            Await.until(
                    "the second sees the first",
                    BOUND,
                    () -> second.view("ours").equals("alive {k=v}"));
            Await.until(
                    "the first sees the second",
                    BOUND,
                    () -> ours.view("second").equals("alive {}"));
            assertEquals(OUR_CAPABILITIES, capabilities(second, "ours"));
            assertEquals(OUR_CAPABILITIES, capabilities(ours, "second"));
            assertEquals(List.of(), capabilities(ours, "theirs"));
        }
    }

    private static List<String> capabilities(AgentProcess agent, String name) throws IOException, RpcException {
        return agent.members().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow()
                .capabilities();
    }

    private static void meet(AgentProcess ours, AgentProcess theirs) {
        meet(ours, theirs, "alive {k=v, role=web}");
    }

    private static void meet(AgentProcess ours, AgentProcess theirs, String us) {
        Await.until("we see it", BOUND, () -> ours.view("theirs").equals("alive {role=db}"));
        Await.until("it sees us", BOUND, () -> theirs.view("ours").equals(us));
        Await.until("we see ourselves", BOUND, () -> ours.view("ours").equals(us));
    }

    /**
     * Figures change between two calls, and Go's maps have no order: neither members nor the tags of one. What our agent
     * says of capabilities, Serf's command line does not show.
     */
    private static List<String> comparable(String output) {
        return output.replace("  Capabilities: " + String.join(",", OUR_CAPABILITIES), "")
                .replaceAll(
                        "(\"rpc_\\w+\"|\"hearsay\\.\\w+\"|\"goroutines\"|\"threads\"|\"heap_used_mb\"): \"\\d+\"", "$1")
                .replaceAll("(\"\\w*_(time|queue|score)\"): \"\\d+\"", "$1")
                .lines()
                .map(line -> line.replaceFirst(",$", ""))
                .sorted()
                .toList();
    }

    private static String succeed(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> command + " does not end");
        assertEquals(0, process.exitValue(), () -> command + " said: " + output);
        return output;
    }

    /** What a monitor shows until it has shown some lines. */
    private static String monitor(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            StringBuilder shown = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!shown.toString().contains("EventMemberJoin: theirs")
                    || !shown.toString().contains("EventMemberJoin: ours")) {
                int n = process.getInputStream().read(buffer);
                if (n < 0) {
                    break;
                }
                shown.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
            return shown.toString();
        } finally {
            process.destroyForcibly();
        }
    }
}
