package dev.hearsay.examples.alertmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that ends with the test, and what it has printed. */
class Program implements AutoCloseable {
    private final Process process;
    private final Path output;

    Program(Path folder, List<String> command) throws IOException {
        output = Files.createTempFile(folder, "output", ".txt");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** What it has printed so far. */
    final String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new IllegalStateException("what a process printed is gone", e);
        }
    }

    final boolean running() {
        return process.isAlive();
    }

    /** SIGTERM; returns the exit code. */
    final int stop() throws InterruptedException {
        process.destroy();
        return end();
    }

    /** SIGKILL; waits until it is gone. */
    final void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end; returns the exit code. */
    final int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end, but says: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
