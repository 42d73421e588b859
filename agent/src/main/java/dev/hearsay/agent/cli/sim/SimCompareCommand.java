package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.compare.CompareException;
import dev.hearsay.experiment.compare.Comparison;
import dev.hearsay.experiment.compare.ComparisonJson;
import dev.hearsay.experiment.compare.ComparisonText;
import dev.hearsay.experiment.compare.Side;
import dev.hearsay.experiment.sweep.SweepException;
import dev.hearsay.experiment.sweep.SweepTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay sim compare}. */
@Command(
        name = "sim compare",
        sortOptions = false,
        customSynopsis = "hearsay sim compare [options] BEFORE AFTER",
        description = {
            "",
            "Says what changed from one result to another, for each point and metric, and how sure that is. Runs of the same seed are "
                    + "compared as pairs (Wilcoxon), others as groups (Mann-Whitney); with all tests together (Holm), results that do not "
                    + "differ are called different once in twenty times at most.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim compare main branch",
            "  hearsay sim compare main branch -metrics=detection-all.p99,bytes -least=5%%",
            "",
            "Exits with 0 if nothing got worse, 2 if something did, 1 if there is something wrong with the input."
        })
final class SimCompareCommand extends SimTask {
    private static final double PERCENT = 100;

    @Option(
            names = "-least",
            order = 1,
            paramLabel = "SHARE",
            description =
                    "A change below this share of the value before is negligible, however sure it is. Default: 2%%.")
    private String least = "2%";

    @Option(
            names = "-metrics",
            order = 2,
            paramLabel = "NAME,...",
            description = "Compares these only: fewer tests see smaller changes. Default: all.")
    private String metrics = "";

    @Option(names = "-format", order = 3, paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "BEFORE AFTER",
            description = "Folders of a sweep or of a run, or their results.json or result.json.")
    private final List<String> places = new ArrayList<>();

    SimCompareCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException {
        boolean json = Values.json(format);
        if (places.size() != 2) {
            throw new UsageException("two results must be given, what was before and what is after; not "
                    + (places.isEmpty() ? "none" : places.size()));
        }
        double share = share();
        try {
            Set<String> chosen = metrics.isEmpty() ? Set.of() : new TreeSet<>(SweepTable.metrics(metrics));
            Comparison comparison =
                    Comparison.of(Side.read(Path.of(places.get(0))), Side.read(Path.of(places.get(1))), chosen, share);
            out.print(json ? ComparisonJson.show(comparison) : ComparisonText.show(comparison));
            return comparison.worse() ? FAILED : PASSED;
        } catch (CompareException | SweepException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("Error: " + line));
            return BAD_INPUT;
        }
    }

    private double share() throws UsageException {
        String rule = "must be 0% to 100%, as 2%";
        if (!least.matches("\\d{1,3}(\\.\\d{1,6})?%")) {
            throw UsageException.invalid("-least", least, rule);
        }
        double share = Double.parseDouble(least.substring(0, least.length() - 1)) / PERCENT;
        if (share > 1) {
            throw UsageException.invalid("-least", least, rule);
        }
        return share;
    }
}
