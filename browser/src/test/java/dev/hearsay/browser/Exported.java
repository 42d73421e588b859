package dev.hearsay.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code hearsay lab --export} writes, in a process as the script starts it, behind any web server. */
final class Exported {
    private Exported() {}

    static FileServer site(Path folder) throws Exception {
        Path site = folder.resolve("site");
        Path log = folder.resolve("log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "lab",
                "--export",
                site.toString());
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, code, Files.readString(log));
        return new FileServer(site);
    }
}
