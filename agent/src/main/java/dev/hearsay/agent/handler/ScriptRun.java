package dev.hearsay.agent.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a script by {@code /bin/sh -c}, on the caller's thread. Whatever the script does, the run ends within its
 * timeout: then the script is killed, with all processes that it started and that have not detached themselves. Of its output
 * (both streams) the last {@value #OUTPUT_BYTES} bytes are kept, as in Serf, and the rest is read and forgotten. What processes
 * print that outlive the script is not waited for.
 */
final class ScriptRun {
    /** How much of the output is kept (Serf's {@code maxBufSize}). */
    static final int OUTPUT_BYTES = 8 * 1024;

    /** What fits into any pipe at once. A longer input comes from a file, so that no thread has to wait for the script. */
    private static final int PIPE_BYTES = 4096;
    /** How often output is collected. The end of the script is noticed at once, whatever this is. */
    private static final long POLL_MILLIS = 10;

    private final String script;
    private final Map<String, String> environment;
    private final byte[] input;
    private final Tail output = new Tail();

    /**
     * A run to come.
     *
     * @param environment what the script finds besides the agent's own environment
     * @param input what it can read from its standard input
     */
    ScriptRun(String script, Map<String, String> environment, byte[] input) {
        this.script = script;
        this.environment = environment;
        this.input = input;
    }

    /**
     * How it ended.
     *
     * @param exitCode meaningless if it was killed
     * @param killed whether it took too long
     */
    record Ended(int exitCode, boolean killed) {}

    /**
     * Runs it.
     *
     * @param slow called once, if it runs longer than {@code slowAfter}
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted; the script is killed
     */
    Ended run(Duration timeout, Duration slowAfter, Runnable slow) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", script)).redirectErrorStream(true);
        try {
            builder.environment().putAll(environment);
        } catch (IllegalArgumentException e) {
            throw new IOException("a name or a tag cannot be put into its environment: " + e.getMessage(), e);
        }
        if (input.length <= PIPE_BYTES) {
            Process process = builder.start();
            write(process);
            return watch(process, timeout, slowAfter, slow);
        }
        Path file = Files.createTempFile("hearsay-event-", "");
        try {
            Files.write(file, input);
            return watch(builder.redirectInput(file.toFile()).start(), timeout, slowAfter, slow);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What it printed, the last {@value #OUTPUT_BYTES} bytes. */
    byte[] output() {
        return output.content();
    }

    /** How much it printed. */
    long outputBytes() {
        return output.total;
    }

    private void write(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            // It has closed its input, or has ended already: it did not want to read.
            return;
        }
    }

    private Ended watch(Process process, Duration timeout, Duration slowAfter, Runnable slow)
            throws InterruptedException {
        long start = System.nanoTime();
        boolean warned = false;
        try (InputStream out = process.getInputStream()) {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                output.readAvailable(out);
                long ran = System.nanoTime() - start;
                if (ran > timeout.toNanos()) {
                    kill(process);
                    return new Ended(-1, true);
                }
                if (!warned && ran > slowAfter.toNanos()) {
                    warned = true;
                    slow.run();
                }
            }
            output.readAvailable(out);
        } catch (IOException e) {
            // The pipe is gone: nothing more to read. How it ended counts all the same.
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                kill(process);
                return new Ended(-1, true);
            }
        } catch (InterruptedException e) {
            kill(process);
            throw e;
        }
        return new Ended(process.exitValue(), false);
    }

    /** The children are looked up while their parent lives: afterwards nothing tells whose they were. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        for (ProcessHandle child : children) {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The last bytes of a stream. */
    private static final class Tail {
        private final byte[] ring = new byte[OUTPUT_BYTES];
        private final byte[] chunk = new byte[OUTPUT_BYTES];
        private long total;

        /** Takes what is there, without waiting; not more than a pipe holds, so that a flood ends some time. */
        void readAvailable(InputStream from) throws IOException {
            for (int round = 0; round < 16 && from.available() > 0; round++) {
                int length = from.read(chunk, 0, Math.min(chunk.length, from.available()));
                for (int i = 0; i < length; i++) {
                    ring[(int) (total++ % ring.length)] = chunk[i];
                }
            }
        }

        byte[] content() {
            byte[] content = new byte[(int) Math.min(total, ring.length)];
            for (int i = 0; i < content.length; i++) {
                content[i] = ring[(int) ((total - content.length + i) % ring.length)];
            }
            return content;
        }
    }
}
