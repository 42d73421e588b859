package dev.hearsay.net.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTest {
    private static final int ROUNDS = 4;
    private static final int KEPT_PER_ROUND = 400;

    @TempDir
    private Path directory;

    @Test
    void every_write_that_was_acknowledged_is_there_after_a_kill_minus_9() throws Exception {
        Path file = directory.resolve("killed.store");
        TreeSet<Integer> kept = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            int from = kept.isEmpty() ? 0 : kept.last() + 1;
            int before = kept.size();
            Process child = child(file, from);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    if (line.startsWith("kept ")) {
                        kept.add(Integer.parseInt(line.substring("kept ".length())));
                    }
                    if (kept.size() == before + KEPT_PER_ROUND * (round + 1)) {
                        // What it has said until then can still be read.
                        child.toHandle().destroyForcibly();
                    }
                }
            } finally {
                child.destroyForcibly();
            }
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
            assertTrue(kept.size() >= before + KEPT_PER_ROUND, "the child has written: " + Files.readString(errors()));
            Map<String, String> found = found(file);
            for (int number : kept) {
                assertEquals("value" + number, found.get("key" + number), "round " + round);
            }
        }
    }

    private Path errors() {
        return directory.resolve("errors");
    }

    private Process child(Path file, int from) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        StoreChild.class.getName(),
                        file.toString(),
                        Integer.toString(from))
                .redirectError(errors().toFile())
                .start();
    }

    private static Map<String, String> found(Path file) throws Exception {
        Cluster node = Hearsay.builder()
                .name("child")
                .bind("127.0.0.1", 0)
                .stateStore(file)
                .start();
        try {
            // The loop has begun when it has done something.
            node.state().counter("c").add(0).get(30, TimeUnit.SECONDS);
            return node.state().map("m", Codec.TEXT).all();
        } finally {
            node.close();
            node.closed().get(30, TimeUnit.SECONDS);
        }
    }
}
