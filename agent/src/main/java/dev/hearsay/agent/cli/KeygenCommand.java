package dev.hearsay.agent.cli;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay keygen}. */
@Command(
        name = "keygen",
        customSynopsis = "hearsay keygen",
        description = {
            "",
            "Makes a random key of 32 bytes and prints it in Base64: for AES-256, in the form that -encrypt takes here and in "
                    + "Serf.",
            ""
        })
final class KeygenCommand implements Callable<Integer> {
    private static final int KEY_BYTES = 32;

    private final PrintStream out;

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    KeygenCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        out.println(Base64.getEncoder().encodeToString(key));
        return 0;
    }
}
