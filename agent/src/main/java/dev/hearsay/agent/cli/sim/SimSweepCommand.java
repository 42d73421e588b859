package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.Terminal;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.experiment.sweep.LocalEngine;
import dev.hearsay.experiment.sweep.ScenarioRunner;
import dev.hearsay.experiment.sweep.SweepException;
import dev.hearsay.experiment.sweep.SweepFlags;
import dev.hearsay.experiment.sweep.SweepTool;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearsay sim sweep}. */
@Command(
        name = "sim sweep",
        sortOptions = false,
        customSynopsis = "hearsay sim sweep [options] -out=DIR SCENARIO",
        description = {
            "",
            "Runs a scenario with many seeds at every point of a grid, on all cores, and says what was measured at each. The results do "
                    + "not depend on how many cores there are. Interrupted with Ctrl-C, or by a machine that stops, it goes on with the same command.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim sweep rack-loss -vary=network.loss=0%%,5%%,10%% -vary=cluster.members=50,200 -seeds=20 -out=sweep",
            "  hearsay sim sweep mine.yaml -vary=config.gossipFanout=2..5 -metrics=event-all.p99,bytes -out=fanout",
            "  hearsay sim sweep mine.yaml -seeds=1000 -shard=0/4 -out=sweep      (and 1/4, 2/4, 3/4 elsewhere; then sim merge)",
            "",
            "Exits with 0 if all runs came out as expected, 2 if some did not, 1 if there is something wrong with the input."
        })
final class SimSweepCommand extends SimTask {
    @Mixin
    private final SweepFlags flags = new SweepFlags();

    @Option(
            names = "-engine",
            order = 8,
            paramLabel = "local|spark",
            description =
                    "Who does the runs: this machine, or a Spark cluster, with the spark-submit of SPARK_HOME or PATH. Default: local.")
    private String engine = "local";

    @Option(
            names = "-master",
            order = 9,
            paramLabel = "URL",
            description =
                    "For -engine=spark: which cluster, as spark://host:7077, yarn or local[4]. Default: as Spark is configured.")
    private String master = "";

    private final Map<String, String> environment;

    SimSweepCommand(PrintStream out, PrintStream err) {
        this(out, err, System.getenv());
    }

    SimSweepCommand(PrintStream out, PrintStream err, Map<String, String> environment) {
        super(out, err);
        this.environment = environment;
    }

    @Override
    int run() throws UsageException, IOException {
        try {
            return switch (engine) {
                case "local" -> local();
                case "spark" -> spark();
                default -> throw UsageException.invalid("-engine", engine, "must be local or spark");
            };
        } catch (SweepException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("Error: " + line));
            return BAD_INPUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BAD_INPUT;
        }
    }

    private int local() throws UsageException, SweepException, InterruptedException {
        if (!master.isEmpty()) {
            throw new UsageException("-master is for -engine=spark");
        }
        LocalEngine local = new LocalEngine(ScenarioRunner.of(flags.plan()), flags.threads());
        return new SweepTool(out, err, Terminal.err()).run(flags, local);
    }

    private int spark() throws SweepException, IOException, InterruptedException {
        // What is wrong with the sweep is told here, and not by a cluster some time later.
        flags.plan();
        flags.folder();
        flags.metrics();
        flags.shard(environment);
        return SparkSubmit.find(environment, SparkSubmit.folderOfThisProgram()).run(master, flags.arguments());
    }
}
