package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The engine as JavaScript, run by Node.js. */
public final class EngineScript {
    /** What the build has made. */
    public static final Path SCRIPT =
            Path.of("target", "classes", "dev", "hearsay", "web", "site", "engine", "engine.js");

    private EngineScript() {}

    /**
     * What a program prints that has the engine's module as {@code engine}. Skips the test, loudly, if Node.js is not installed; fails if the program takes longer
     * than a minute or does not end well.
     */
    public static String run(String program) throws IOException, InterruptedException {
        if (!nodeIsInstalled()) {
            System.err.println(
                    "SKIPPED: the JavaScript was compiled but not run, as Node.js ('node') is not installed");
            abort("Node.js ('node') is not installed");
        }
        // Node.js takes a file for a module only if its name says so.
        Path folder = Files.createTempDirectory("hearsay-engine");
        Path module = Files.copy(SCRIPT, folder.resolve("engine.mjs"));
        Path main =
                Files.writeString(folder.resolve("main.mjs"), "import * as engine from './engine.mjs';\n" + program);
        try {
            return command("node", main.toString()).trim();
        } finally {
            Files.delete(module);
            Files.delete(main);
            Files.delete(folder);
        }
    }

    private static boolean nodeIsInstalled() throws InterruptedException {
        try {
            command("node", "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String command(String... command) throws IOException, InterruptedException {
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
