package dev.hearsay.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs {@code src/test/transcripts/*.txt}. A line {@code > command} is run ({@link Script}); the indented lines below it
 * are what the node did. {@code mvn -pl core test -Dtranscripts.rewrite=true} writes what it does now: review the diff.
 */
class TranscriptTest {
    private static final Path FOLDER = Path.of("src/test/transcripts");

    @TestFactory
    Stream<DynamicTest> theNodeDoesWhatTheTranscriptSays() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(FOLDER)) {
            listed.filter(f -> f.toString().endsWith(".txt")).sorted().forEach(files::add);
        }
        assertFalse(files.isEmpty(), "no transcripts in " + FOLDER.toAbsolutePath());
        return files.stream().map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    private static void check(Path file) {
        try {
            List<String> written = Files.readAllLines(file);
            List<String> actual = replay(written);
            if (Boolean.getBoolean("transcripts.rewrite")) {
                Files.write(file, actual);
            }
            assertEquals(
                    String.join("\n", written),
                    String.join("\n", actual),
                    file + " (rewrite: -Dtranscripts.rewrite=true)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> replay(List<String> lines) {
        Script script = new Script(Config.lan());
        List<String> result = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("    ")) {
                continue;
            }
            result.add(line);
            if (line.startsWith("> ")) {
                script.run(line.substring(2)).forEach(effect -> result.add("    " + effect));
            }
        }
        return result;
    }
}
