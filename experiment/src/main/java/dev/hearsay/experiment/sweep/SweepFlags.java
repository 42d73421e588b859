package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioException;
import dev.hearsay.experiment.scenario.ScenarioFile;
import dev.hearsay.experiment.scenario.Variation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a sweep is asked for with, on whichever command line: {@code hearsay sim sweep} and the program that Spark runs have the same
 * flags, since both have these.
 */
public final class SweepFlags {
    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "SCENARIO",
            description = "A file, or the name of one that comes with Hearsay (hearsay sim list).")
    private final List<String> words = new ArrayList<>();

    @Option(
            names = "-vary",
            order = 1,
            paramLabel = "PATH=V,V,...",
            description =
                    "Runs the scenario with each of these values, as network.loss=0%%,5%% or config.gossipFanout=2..4. "
                            + "Repeated, all combinations are run.")
    private final List<String> vary = new ArrayList<>();

    @Option(
            names = "-set",
            order = 2,
            paramLabel = "PATH=VALUE",
            description = "Puts another value into the scenario for all runs. May be repeated.")
    private final List<String> set = new ArrayList<>();

    @Option(
            names = "-seeds",
            order = 3,
            paramLabel = "SEEDS",
            description =
                    "Runs each combination with these seeds: a number of them, as 20, or 1..20, or 3,7,9. Default: 20.")
    private String seeds = "20";

    @Option(
            names = "-out",
            order = 4,
            paramLabel = "DIR",
            description =
                    "Where the runs are kept, and in the end the results. A sweep that was interrupted goes on there.")
    private String out = "";

    @Option(
            names = "-metrics",
            order = 5,
            paramLabel = "NAME,...",
            description = "What the table and the page show. Default: what matters most of what was measured.")
    private String metrics = "";

    @Option(names = "-threads", order = 6, paramLabel = "N", description = "How many runs at once. Default: all cores.")
    private String threads = "";

    @Option(
            names = "-shard",
            order = 7,
            paramLabel = "I/N",
            description =
                    "Does every N-th run only, I from 0 to N-1; 'hearsay sim merge' puts all together. env/N takes I from "
                            + Shard.INDEX_VARIABLE + ".")
    private String shard = "";

    /** Which sweep is meant, with the scenario as {@code -set} has it. */
    public Plan plan() throws SweepException {
        if (words.size() != 1) {
            throw new SweepException("one scenario must be given: a file, or a name of 'hearsay sim list'; not "
                    + (words.isEmpty() ? "none" : words.size()));
        }
        ScenarioSource source = ScenarioSource.of(words.get(0));
        List<Axis> axes = new ArrayList<>();
        for (String text : vary) {
            axes.add(Axis.parse(text));
        }
        List<Variation> fixed = new ArrayList<>();
        for (String text : set) {
            try {
                fixed.add(Variation.parse(text));
            } catch (IllegalArgumentException e) {
                throw new SweepException("-set " + text + " must be PATH=VALUE, such as network.loss=5%");
            }
        }
        try {
            Scenario scenario = ScenarioFile.read(source.name(), source.text(), fixed);
            return Plan.of(scenario.name(), scenario.text(), axes, Seeds.parse(seeds));
        } catch (ScenarioException e) {
            throw new SweepException(String.valueOf(e.getMessage()));
        }
    }

    /** Where it is kept. */
    public Path folder() throws SweepException {
        if (out.isBlank()) {
            throw new SweepException("--out must be given: the folder where the runs are kept");
        }
        return Path.of(out);
    }

    /** What to show; empty for what is usual. */
    public Optional<List<String>> metrics() throws SweepException {
        return metrics.isEmpty() ? Optional.empty() : Optional.of(SweepTable.metrics(metrics));
    }

    /** How many runs at once. */
    public int threads() throws SweepException {
        if (threads.isEmpty()) {
            return Runtime.getRuntime().availableProcessors();
        }
        int number = threads.matches("\\d{1,6}") ? Integer.parseInt(threads) : 0;
        if (number < 1 || number > LocalEngine.MOST_THREADS) {
            throw new SweepException("--threads " + threads + " must be 1 to " + LocalEngine.MOST_THREADS);
        }
        return number;
    }

    /**
     * Which part.
     *
     * @param environment of the process
     */
    public Shard shard(Map<String, String> environment) throws SweepException {
        return shard.isEmpty() ? Shard.WHOLE : Shard.parse(shard, environment);
    }

    /** The same once more, as arguments. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        vary.forEach(text -> arguments.add("-vary=" + text));
        set.forEach(text -> arguments.add("-set=" + text));
        add(arguments, "-seeds", seeds);
        add(arguments, "-out", out);
        add(arguments, "-metrics", metrics);
        add(arguments, "-threads", threads);
        add(arguments, "-shard", shard);
        arguments.addAll(words);
        return arguments;
    }

    private static void add(List<String> arguments, String name, String value) {
        if (!value.isEmpty()) {
            arguments.add(name + "=" + value);
        }
    }
}
