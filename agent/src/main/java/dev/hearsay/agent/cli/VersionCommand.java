package dev.hearsay.agent.cli;

import dev.hearsay.agent.Version;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay version}. */
@Command(
        name = "version",
        customSynopsis = "hearsay version",
        description = {"", "Prints the version of Hearsay and of the protocols it speaks.", ""})
final class VersionCommand implements Callable<Integer> {
    private final PrintStream out;

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    VersionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.println("Hearsay " + Version.text());
        out.println("Agent Protocol: 5 (Understands back to: 2)");
        return 0;
    }
}
