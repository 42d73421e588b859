package dev.hearsay.agent.handler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts may do to an agent, and what not. */
class ScriptRunTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final AtomicInteger slow = new AtomicInteger();

    @Test
    void aScriptHasItsInputItsEnvironmentAndAnExitCode() throws Exception {
        ScriptRun run = new ScriptRun(
                "cat; echo \"$SERF_EVENT $MORE\" >&2; exit 3",
                Map.of("SERF_EVENT", "user", "MORE", "größe"),
                bytes("in\n"));
        assertEquals(new ScriptRun.Ended(3, false), run(run, LONG));
        assertEquals("in\nuser größe\n", text(run));
        assertEquals(0, slow.get());
    }

    @Test
    void aScriptThatHangsIsKilledWithItsChildrenAndReportedAsSlow() throws Exception {
        Path pids = folder.resolve("pids");
        // A child, and a child of a child; both outlive a shell that is killed alone.
        ScriptRun run =
                script("sleep 600 & echo $! >> " + pids + "; sh -c 'sleep 600 & echo $! >> " + pids + "; wait' & wait");
        assertTrue(run(run, Duration.ofSeconds(2)).killed());
        assertEquals(1, slow.get());
        for (String pid : Files.readAllLines(pids)) {
            Await.until(
                    pid + " is gone",
                    LONG,
                    () -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
        assertEquals(2, Files.readAllLines(pids).size());
    }

    @Test
    void aScriptThatIgnoresPoliteSignalsIsKilledAllTheSame() throws Exception {
        assertTrue(run(script("trap '' TERM INT HUP; while :; do sleep 1; done"), SHORT)
                .killed());
    }

    @Test
    void ofAFloodTheLastBytesAreKeptAndTheScriptIsStopped() throws Exception {
        ScriptRun run = script("yes");
        assertTrue(run(run, SHORT).killed());
        assertEquals(ScriptRun.OUTPUT_BYTES, run.output().length);
        assertTrue(run.outputBytes() > ScriptRun.OUTPUT_BYTES, () -> run.outputBytes() + " bytes");
    }

    @Test
    void moreOutputThanIsKeptLosesItsBeginning() throws Exception {
        ScriptRun run = script("head -c 100000 /dev/zero | tr '\\0' a; printf the-end");
        assertEquals(0, run(run, LONG).exitCode());
        assertEquals(100_007, run.outputBytes());
        assertTrue(text(run).startsWith("aaa") && text(run).endsWith("aathe-end"));
        assertEquals(ScriptRun.OUTPUT_BYTES, run.output().length);
    }

    @Test
    void aScriptThatDoesNotExistIsReportedByTheShell() throws Exception {
        ScriptRun run = script("/no/such/script");
        assertEquals(127, run(run, LONG).exitCode());
        assertTrue(text(run).contains("/no/such/script"), text(run));
    }

    @Test
    void aLongInputArrivesWholeAndNobodyWaitsForAScriptThatDoesNotReadIt() throws Exception {
        byte[] input = new byte[1 << 20];
        ScriptRun reads = new ScriptRun("wc -c", Map.of(), input);
        run(reads, LONG);
        assertEquals(input.length, Integer.parseInt(text(reads).strip()));
        ScriptRun doesNot = new ScriptRun("exit 0", Map.of(), input);
        assertEquals(new ScriptRun.Ended(0, false), run(doesNot, LONG));
    }

    @Test
    void whatAScriptLeavesInTheBackgroundIsNeitherWaitedForNorKilled() throws Exception {
        ScriptRun run = script("sleep 600 & echo $!");
        assertFalse(run(run, LONG).killed());
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(text(run).strip())).orElseThrow();
        assertTrue(child.isAlive());
        child.destroyForcibly();
    }

    @Test
    void binaryOutputIsKeptAsItIs() throws Exception {
        ScriptRun run = script("printf '\\000\\377\\n'");
        run(run, LONG);
        assertArrayEquals(new byte[] {0, -1, '\n'}, run.output());
    }

    @Test
    void whatNoEnvironmentCanHoldIsAnErrorThatSaysSo() {
        ScriptRun run = new ScriptRun("true", Map.of("SERF_TAG_X", "a\0b"), new byte[0]);
        assertTrue(assertThrows(IOException.class, () -> run(run, LONG))
                .getMessage()
                .contains("environment"));
    }

    private ScriptRun.Ended run(ScriptRun run, Duration timeout) throws IOException, InterruptedException {
        return run.run(timeout, Duration.ofSeconds(1), slow::incrementAndGet);
    }

    private static ScriptRun script(String script) {
        return new ScriptRun(script, Map.of(), new byte[0]);
    }

    private static String text(ScriptRun run) {
        return new String(run.output(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
