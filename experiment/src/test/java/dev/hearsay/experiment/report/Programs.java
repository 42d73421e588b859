package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs that tests run, where they are installed. */
final class Programs {
    private Programs() {}

    /** The program's name, if it is installed; otherwise the test ends here, and says so. */
    static String installed(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor(60, TimeUnit.SECONDS);
            return program;
        } catch (IOException e) {
            System.err.println("SKIPPED: '" + program + "' is not installed");
            return abort("'" + program + "' is not installed");
        }
    }

    /** What the command prints to its standard output. Fails if it takes longer than two minutes or does not end well. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("hearsay-report", ".out");
        Path errors = Files.createTempFile("hearsay-report", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(errors, StandardCharsets.UTF_8);
            assertTrue(ended, "no end after two minutes: " + said);
            assertEquals(0, process.exitValue(), said);
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
