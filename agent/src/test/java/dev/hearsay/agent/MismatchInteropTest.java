package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** What operators are told when keys differ between our agent and the real one, or when an agent breaks its own rules. */
@Timeout(180)
class MismatchInteropTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String NET = "127.91.18.";
    private static final String KEY_A = "AAECAwQFBgcICQoLDA0ODw==";
    private static final String KEY_B = "//79/Pv6+fj39vX08/Lx8A==";

    static boolean serfInstalled() {
        return AgentProcess.serfInstalled();
    }

    @Test
    @EnabledIf("serfInstalled")
    void whicheverSideHasNoKeyOrAnotherBothOperatorsAreToldInWordsThatCanBeSearchedFor() throws Exception {
        try (AgentProcess serfPlain = AgentProcess.startSerf("serf-plain", NET + 1);
                AgentProcess serfKeyB = AgentProcess.startSerf("serf-b", NET + 2, "-encrypt=" + KEY_B);
                AgentProcess plain = AgentProcess.startHearsay("plain", NET + 3);
                AgentProcess keyA = AgentProcess.startHearsay("a", NET + 4, "-encrypt=" + KEY_A)) {
            String notConfigured = "Remote state is encrypted and encryption is not configured";
            String notEncrypted = "Encryption is configured but remote state is not encrypted";
            String noKey = "No installed keys could decrypt the message";

            weAreTold(plain, 2, notConfigured + "; the other side encrypts and this one has no key: give it the key");
            weAreTold(keyA, 1, notEncrypted + "; this side encrypts and the other does not: give the other the key");
            weAreTold(keyA, 2, noKey + "; the keys differ: compare the keys of both sides");

            serfIsTold(serfKeyB, 3, notEncrypted);
            serfIsTold(serfPlain, 4, notConfigured);
            serfIsTold(serfKeyB, 4, noKey);

            weLogged(plain, notConfigured);
            weLogged(keyA, notEncrypted);
            weLogged(keyA, noKey);
            for (AgentProcess agent : List.of(serfPlain, serfKeyB, plain, keyA)) {
                assertEquals(1, agent.members().size());
            }
        }
    }

    @Test
    void anAgentThatBreaksItsOwnRulesSaysWhichAndExitsWith1() throws Exception {
        String[] here = {"agent", "-stop-with-parent", "-bind=" + NET + 5, "-rpc-addr=" + NET + "5:7373"};
        String outside = run(
                1,
                AgentProcess.hearsay(here[0], here[1], here[2], here[3], "-allow-cidr=10.0.0.0/8,fd00::/8", "-node=a"));
        assertTrue(
                outside.contains("==> Failed to start the Hearsay agent: allowed networks are [10.0.0.0/8,fd00::/8]: "
                        + "one must contain this node's own address " + NET + "5"),
                outside);
        String named =
                run(1, AgentProcess.hearsay(here[0], here[1], here[2], here[3], "-validate-node-names", "-node=a_b"));
        assertTrue(named.contains("==> Failed to start the Hearsay agent: name 'a_b' breaks the rule"), named);
    }

    private static void weAreTold(AgentProcess ours, int seed, String words) throws Exception {
        String said = run(1, AgentProcess.hearsay("join", "-rpc-addr=" + ours.rpc(), NET + seed + ":7946"));
        assertTrue(said.contains(words), said);
    }

    private static void serfIsTold(AgentProcess serf, int seed, String words) throws Exception {
        String said = run(1, List.of("serf", "join", "-rpc-addr=" + serf.rpc(), NET + seed + ":7946"));
        assertTrue(said.contains(words), said);
    }

    private static void weLogged(AgentProcess ours, String words) {
        Await.until(
                "the log tells of it",
                BOUND,
                () -> ours.log()
                        .lines()
                        .anyMatch(line -> line.contains("dropped a stream from /127.") && line.contains(words + "; ")));
    }

    /** What the command prints, both streams; it has to end with that code. */
    private static String run(int code, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
            assertEquals(code, process.exitValue(), said);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
