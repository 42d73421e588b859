package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logic of the pages that needs no page: logs, clocks, links. Its tests are the scripts in {@code src/test/javascript}. */
class PagesTest {
    private static final Path SITE = Path.of("src", "main", "resources", "dev", "hearsay", "web", "site");
    private static final Path TESTS = Path.of("src", "test", "javascript");

    @Test
    void logs_clocks_and_links_do_what_their_scripts_say(@TempDir Path folder)
            throws IOException, InterruptedException {
        if (!nodeIsInstalled()) {
            System.err.println("SKIPPED: the pages' logic was not tested, as Node.js ('node') is not installed");
            abort("Node.js ('node') is not installed");
        }
        // Without this, Node.js takes files that end in .js for another kind of module than browsers do.
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        copy(SITE, folder.resolve("site"));
        copy(TESTS, folder.resolve("tests"));
        String said = run(folder, "node", "--test", "tests/");
        assertTrue(said.contains("# fail 0"), said);
        assertEquals(-1, said.indexOf("# pass 0"), "no test was found: " + said);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }

    private static boolean nodeIsInstalled() throws InterruptedException {
        try {
            run(Path.of(""), "node", "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the command prints. Fails if it takes longer than a minute or does not end well. */
    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("hearsay-pages", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
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
