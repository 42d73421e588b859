package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TenNodesTest {
    private static final Path SCRIPT = Path.of("target", "javascript", "ten-nodes.js");

    @Test
    void javascript_gives_the_same_trace_as_the_jvm() throws IOException, InterruptedException {
        if (!nodeIsInstalled()) {
            System.err.println(
                    "SKIPPED: the JavaScript was compiled but not run, as Node.js ('node') is not installed");
            abort("Node.js ('node') is not installed");
        }
        assertEquals(
                TenNodes.story(10),
                run("node", "-e", "require(process.argv[1]).main([])", "./" + SCRIPT)
                        .trim());
    }

    @Test
    void the_msgpack_library_is_not_part_of_the_javascript() throws IOException {
        String script = Files.readString(SCRIPT);
        assertTrue(script.contains("TimingWheel"), "the names of classes are readable in " + SCRIPT);
        assertEquals(-1, script.indexOf("msgpack"), "msgpack is reachable from the simulator's engine");
    }

    private static boolean nodeIsInstalled() throws InterruptedException {
        try {
            run("node", "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the command prints. Fails if it takes longer than a minute or does not end well. */
    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("hearsay-web", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertTrue(ended, "no end after 60 s: " + text);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
