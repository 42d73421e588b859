package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** JavaScript outside of a browser, for what of it needs none. */
final class NodeJs {
    private static final int MOST_SECONDS = 120;

    private NodeJs() {}

    /** Skips the test, loudly, if Node.js is not installed. */
    static void required() throws InterruptedException {
        try {
            run(Path.of("."), List.of("node", "--version"));
        } catch (IOException e) {
            System.err.println("SKIPPED: this needs Node.js ('node'), which is not installed");
            abort("Node.js ('node') is not installed");
        }
    }

    /** What the command prints. Fails if it takes longer than two minutes or does not end well. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("hearsay-web", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertTrue(ended, "no end after " + MOST_SECONDS + " s: " + text);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.delete(output);
        }
    }

    /** Runs the scripts in {@code folder/tests} with Node's test runner. Fails if one fails, or if there is none. */
    static void test(Path folder) throws IOException, InterruptedException {
        // Without this, Node.js takes files that end in .js for another kind of module than browsers do.
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> tests = Files.list(folder.resolve("tests"))) {
            tests.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        String report = run(folder, command);
        assertTrue(report.contains("fail 0"), report);
        assertFalse(report.contains("tests 0"), report);
    }

    /** Copies all files of a folder. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
