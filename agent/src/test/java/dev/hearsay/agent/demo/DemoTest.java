package dev.hearsay.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process, with real agents: what it tells, and that nothing of it stays. */
@Timeout(180)
class DemoTest {
    @TempDir
    Path temporary;

    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void tellsTheStoryOnceExitsWith0AndLeavesNothingBehind() throws Exception {
        Process demo = start("demo", "--once", "--nodes=3", "--base-port=17946");
        List<ProcessHandle> agents;
        String story;
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            String met = readUntil(out, "All 3 see 3 alive.");
            agents = demo.descendants().toList();
            story = met + readUntil(out, null);
        }
        assertEquals(3, agents.size(), story);
        assertTrue(demo.waitFor(30, TimeUnit.SECONDS), story);
        assertEquals(0, demo.exitValue(), story);
        int from = 0;
        for (String part : List.of(
                "Starting 3 agents",
                "Watch it at http://127.0.",
                "All 3 see 3 alive.",
                "n2 tells everybody.",
                "All 3 have heard the event.",
                "n1 asks everybody.",
                "All 3 have answered: the query is over.",
                "kill -9",
                "n2 is gone without a word",
                "noticed first",
                "suspects n2",
                "All 2 survivors see n2 failed",
                "Starting n2 again",
                "All 3 see 3 alive again.",
                "n3 says goodbye",
                "All 2 others see n3 left.")) {
            from = story.indexOf(part, from);
            assertTrue(from >= 0, "no '" + part + "' in its place in:\n" + story);
        }
        assertFalse(story.contains("opens in your browser"), story);
        for (String name : List.of("n1", "n2", "n3")) {
            assertEquals(1, count(name + " hears it", story), story);
            assertEquals(1, count(name + " answers: up for ", story), story);
        }
        Await.until("the agents are gone", BOUND, () -> agents.stream().noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    left.filter(f -> f.toString().contains("hearsay")).toList());
        }
    }

    @Test
    void itsAgentsEndEvenWhenItIsKilledWithSigkill() throws Exception {
        Process demo = start("demo", "--nodes=3", "--base-port=17956");
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            readUntil(out, "All 3 see 3 alive.");
            List<ProcessHandle> agents = demo.descendants().toList();
            assertEquals(3, agents.size());
            demo.destroyForcibly().waitFor();
            Await.until("the agents are gone", BOUND, () -> agents.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            demo.destroyForcibly();
        }
    }

    private static long count(String part, String story) {
        return story.lines().filter(line -> line.contains(part)).count();
    }

    private Process start(String... args) throws IOException {
        List<String> command = AgentProcess.hearsay(args);
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The lines up to one that contains the text, or all there will be. */
    private static String readUntil(BufferedReader out, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            read.append(line).append('\n');
            if (text != null && line.contains(text)) {
                break;
            }
        }
        return read.toString();
    }
}
