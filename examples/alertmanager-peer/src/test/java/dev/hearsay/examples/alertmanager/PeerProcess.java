package dev.hearsay.examples.alertmanager;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example in a process of its own. */
final class PeerProcess extends Program {
    private PeerProcess(Path folder, List<String> command) throws IOException {
        super(folder, command);
    }

    /** Starts it with these arguments. */
    static PeerProcess start(Path folder, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-Dorg.slf4j.simpleLogger.log.dev.hearsay.examples=debug",
                "-cp",
                System.getProperty("java.class.path"),
                AlertmanagerPeer.class.getName()));
        command.addAll(List.of(args));
        return new PeerProcess(folder, command);
    }

    /** Waits for a line that begins and goes on so. */
    void awaitLine(String start, String... parts) {
        Await.until(
                "a line '" + start + "' with " + List.of(parts) + " in:\n" + output(),
                () -> output().lines()
                        .anyMatch(line -> line.startsWith(start)
                                && List.of(parts).stream().allMatch(line::contains)));
    }

    /** Waits for a line whose end matches. */
    void awaitEnd(String pattern) {
        Await.until(
                "a line that ends as " + pattern + " in:\n" + output(),
                () -> output().lines().anyMatch(line -> line.matches(".*" + pattern)));
    }

    /** How many lines begin so. */
    long count(String start) {
        return output().lines().filter(line -> line.startsWith(start)).count();
    }
}
