package dev.hearsay.agent.conformance;

import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands, Serf's or ours. Ours run inside this process, unless the property {@value #PROGRAM} names a program to run, as
 * ./hearsay.
 */
final class Commands {
    /** Names the program that runs our commands. */
    static final String PROGRAM = "hearsay.program";

    private static final int SECONDS = 60;

    private final boolean ours;

    Commands(boolean ours) {
        this.ours = ours;
    }

    /** Runs it to its end. */
    Outcome run(List<String> args) throws IOException, InterruptedException {
        return ours && System.getProperty(PROGRAM) == null ? inside(args) : process(line(args));
    }

    /** The command as a process. */
    List<String> line(List<String> args) {
        String program = System.getProperty(PROGRAM);
        if (ours && program == null) {
            return AgentProcess.hearsay(args.toArray(new String[0]));
        }
        List<String> line = new ArrayList<>(List.of(ours ? program : "serf"));
        line.addAll(args);
        return line;
    }

    private static Outcome inside(List<String> args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args.toArray(new String[0]));
        return Outcome.of(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8), code);
    }

    private static Outcome process(List<String> line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).start();
        process.getOutputStream().close();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        String out = read(process.getInputStream());
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(line + " does not end");
        }
        return Outcome.of(out + err.join(), process.exitValue());
    }

    private static String read(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
