package dev.hearsay.agent;

import dev.hearsay.agent.cli.Cli;

/** Where the jar starts. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        // From Java 24 on, the JVM prints a warning when a library uses sun.misc.Unsafe. Both libraries work without
        // it.
        if (Runtime.version().feature() >= 24) {
            System.setProperty("msgpack.universal-buffer", "true");
            System.setProperty("io.netty.noUnsafe", "true");
        }
        System.exit(new Cli(System.out, System.err).run(args));
    }
}
