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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the dashboard's modules, which are JavaScript themselves, as an agent serves them: with common/ below. */
class DashboardScriptsTest {
    private static final Path SITE = Path.of("src", "main", "resources", "dev", "hearsay", "web", "site");
    private static final Path TESTS = Path.of("src", "test", "javascript", "dashboard");

    @Test
    void the_dashboard_s_modules_pass_their_own_tests(@TempDir Path folder) throws IOException, InterruptedException {
        if (!nodeIsInstalled()) {
            System.err.println("SKIPPED: the dashboard's tests need Node.js ('node'), which is not installed");
            abort("Node.js ('node') is not installed");
        }
        copy(SITE.resolve("dashboard"), folder.resolve("dashboard"));
        copy(SITE.resolve("common"), folder.resolve("dashboard").resolve("common"));
        copy(TESTS, folder.resolve("tests"));
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> tests = Files.list(folder.resolve("tests"))) {
            tests.map(Path::toString).sorted().forEach(command::add);
        }
        String report = run(folder, command);
        assertTrue(report.contains("fail 0"), report);
        assertFalse(report.contains("tests 0"), report);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static boolean nodeIsInstalled() throws InterruptedException {
        try {
            run(Path.of("."), List.of("node", "--version"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the command prints. Fails if it takes longer than two minutes or does not end well. */
    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("hearsay-web", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertTrue(ended, "no end after 120 s: " + text);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
