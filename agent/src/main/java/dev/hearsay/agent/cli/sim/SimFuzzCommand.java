package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.Terminal;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.fuzz.Finding;
import dev.hearsay.experiment.fuzz.FindingFiles;
import dev.hearsay.experiment.fuzz.Fuzzer;
import dev.hearsay.experiment.fuzz.RandomScenario;
import dev.hearsay.experiment.fuzz.Reducer;
import dev.hearsay.experiment.fuzz.SimulatorRunner;
import dev.hearsay.experiment.run.Metric.Unit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay sim fuzz}. */
@Command(
        name = "sim fuzz",
        sortOptions = false,
        customSynopsis = "hearsay sim fuzz [options]",
        description = {
            "",
            "Makes random scenarios and runs them: clusters of any kind, with faults that overlap. All invariants are checked after every "
                    + "input, and in the end all members must agree. What goes wrong is made as small as possible, and kept as a scenario "
                    + "to run.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim fuzz -runs=200",
            "  hearsay sim fuzz -minutes=60 -keep-going -out=findings",
            "",
            "Exits with 0 if nothing went wrong, 2 if something did, 1 if there is something wrong with the input."
        })
final class SimFuzzCommand extends SimTask {
    private static final int MOST_RUNS = 1_000_000_000;
    private static final int MOST_MINUTES = 100_000;
    private static final int MOST_THREADS = 1_024;
    private static final int MOST_REDUCING_RUNS = 5_000;

    /** A seed that can be typed. */
    private static final int SEEDS = 1_000_000;

    @Option(names = "-runs", order = 1, paramLabel = "N", description = "Most scenarios. Default: 1000.")
    private String runs = "1000";

    @Option(
            names = "-minutes",
            order = 2,
            paramLabel = "N",
            description = "After this, no further scenario begins. 0: as many as -runs says. Default: 0.")
    private String minutes = "0";

    @Option(
            names = "-seed",
            order = 3,
            paramLabel = "N",
            description = "Decides all scenarios. Default: another one each time, which is printed.")
    private String seed = "";

    @Option(
            names = "-members",
            order = 4,
            paramLabel = "N",
            description = "Most members of a cluster, 2 to 1000. Default: 50.")
    private String members = "50";

    @Option(
            names = "-threads",
            order = 5,
            paramLabel = "N",
            description = "How many scenarios run at the same time. Default: one for each processor.")
    private String threads = "";

    @Option(
            names = "-keep-going",
            order = 6,
            description = "Goes on after the first failure, and keeps one for each kind.")
    private boolean keepGoing;

    @Option(
            names = "-reduce",
            order = 7,
            paramLabel = "TIME",
            description = "How long each failure may be made smaller; 0: not at all. Default: 2m.")
    private String reduce = "2m";

    @Option(
            names = "-out",
            order = 8,
            paramLabel = "DIR",
            description = "Where failures are kept, made when the first comes. Default: findings.")
    private String folder = "findings";

    @Parameters(arity = "0..*", hidden = true)
    private final List<String> words = new ArrayList<>();

    SimFuzzCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException, IOException {
        Fuzzer.Plan plan = plan();
        Duration reducing = Values.durationOrZero("-reduce", reduce);
        Path kept = Path.of(folder);
        if (Files.exists(kept.resolve("finding-1.yaml"))) {
            throw UsageException.invalid("-out", folder, "has findings already, which are not replaced");
        }
        out.println("Seed " + plan.seed() + ", at most " + plan.members() + " members");
        try (FuzzLine line = new FuzzLine(err, Terminal.err(), plan.runs(), System::nanoTime)) {
            SimulatorRunner runner = new SimulatorRunner();
            Fuzzer.Result result = new Fuzzer(runner, plan).run(line::at);
            int number = 0;
            for (Finding finding : result.findings()) {
                Reducer.Reduced reduced = Reducer.reduce(
                        runner, finding, reducing, reducing.isZero() ? 0 : MOST_REDUCING_RUNS, line::reducing);
                Path file = FindingFiles.write(kept, ++number, finding, reduced);
                line.clear();
                out.println();
                out.print(FindingFiles.text(file.toString(), finding, reduced));
            }
            line.clear();
            out.println(summary(result));
            return result.findings().isEmpty() ? PASSED : FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private Fuzzer.Plan plan() throws UsageException {
        if (!words.isEmpty()) {
            throw new UsageException("'" + words.get(0) + "': scenarios are made here, none can be given");
        }
        int time = Values.number("-minutes", minutes, 0, MOST_MINUTES);
        long most = Values.number("-runs", runs, 1, MOST_RUNS);
        return new Fuzzer.Plan(
                seed(),
                most,
                Duration.ofMinutes(time),
                Values.number("-members", members, RandomScenario.FEWEST, RandomScenario.MOST),
                threads.isEmpty()
                        ? Runtime.getRuntime().availableProcessors()
                        : Values.number("-threads", threads, 1, MOST_THREADS),
                keepGoing);
    }

    private long seed() throws UsageException {
        return seed.isEmpty() ? new SecureRandom().nextInt(SEEDS) : Values.seed("-seed", seed);
    }

    private String summary(Fuzzer.Result result) {
        Fuzzer.State state = result.state();
        int found = result.findings().size();
        String failed = found == 0
                ? "nothing went wrong"
                : (found == 1 ? "1 failure" : found + " kinds of failures") + ", in " + folder;
        return Unit.COUNT.show((double) state.runs()) + " scenarios, "
                + Unit.SECONDS.show(Math.rint(state.virtualSeconds()))
                + " of virtual time, " + Unit.COUNT.show((double) state.inputs()) + " inputs in "
                + Unit.SECONDS.show(Math.rint(state.seconds())) + ": " + failed;
    }
}
