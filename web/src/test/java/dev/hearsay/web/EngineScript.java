package dev.hearsay.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The engine as JavaScript, run by Node.js. */
public final class EngineScript {
    /** What the build has made. */
    public static final Path SCRIPT =
            Path.of("target", "classes", "dev", "hearsay", "web", "site", "engine", "engine.js");

    private EngineScript() {}

    /**
     * What a program prints that has the engine's module as {@code engine}. Skips the test, loudly, if Node.js is not installed; fails if the program takes longer
     * than two minutes or does not end well.
     */
    public static String run(String program) throws IOException, InterruptedException {
        NodeJs.required();
        // Node.js takes a file for a module only if its name says so.
        Path folder = Files.createTempDirectory("hearsay-engine");
        Path module = Files.copy(SCRIPT, folder.resolve("engine.mjs"));
        Path main =
                Files.writeString(folder.resolve("main.mjs"), "import * as engine from './engine.mjs';\n" + program);
        try {
            return NodeJs.run(folder, List.of("node", main.toString())).trim();
        } finally {
            Files.delete(module);
            Files.delete(main);
            Files.delete(folder);
        }
    }
}
