package dev.hearsay.agent.cli;

import dev.hearsay.agent.demo.Demo;
import dev.hearsay.agent.demo.DemoSettings;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        customSynopsis = "hearsay demo [options]",
        description = {
            "",
            "Starts agents on loopback addresses, each a process of its own, and shows what each knows of the others: how soon "
                    + "all hear an event and answer a query, and what happens when one is killed, comes back, and one leaves. Its dashboard opens in the browser. Then they stay up, so that you can try commands, until Ctrl-C. "
                    + "Nothing is left behind.",
            ""
        },
        footer = {"", "Examples:", "  hearsay demo", "  hearsay demo --once | tee story.txt"})
final class DemoCommand implements Callable<Integer> {
    @Option(names = "-nodes", paramLabel = "N", description = "How many agents, 3 to 20. Default: 5.")
    private String nodes = "5";

    @Option(
            names = "-base-port",
            paramLabel = "PORT",
            description = "Where members listen; commands listen one above. Default: 7946.")
    private String basePort = "7946";

    @Option(names = "-once", description = "Exits when the story is told.")
    private boolean once;

    @Option(names = "-no-open", description = "Does not open the dashboard in a browser; -once does not either.")
    private boolean silent;

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    private final PrintStream out;
    private final PrintStream err;

    DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        DemoSettings settings = new DemoSettings(
                Values.number("--nodes", nodes, 3, 20),
                Values.number("--base-port", basePort, 1024, 65_000),
                once,
                !silent && !once);
        return new Demo(settings, out, err).run();
    }
}
