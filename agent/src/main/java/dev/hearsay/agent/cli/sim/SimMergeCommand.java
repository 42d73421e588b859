package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.Terminal;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.experiment.sweep.Merge;
import dev.hearsay.experiment.sweep.Merge.Merged;
import dev.hearsay.experiment.sweep.SweepException;
import dev.hearsay.experiment.sweep.SweepTable;
import dev.hearsay.experiment.sweep.SweepTool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearsay sim merge}. */
@Command(
        name = "sim merge",
        sortOptions = false,
        customSynopsis = "hearsay sim merge [options] DIR...",
        description = {
            "",
            "Puts together what the shards of a sweep did (hearsay sim sweep -shard=I/N): the files are then the same, byte for byte, as if "
                    + "one machine had done all. Refuses what is not of one sweep.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim merge sweep",
            "  hearsay sim merge from-a from-b/runs-1-of-2.jsonl -out=all",
            "",
            "Exits with 0, 2 if some runs did not come out as expected, 1 if runs are missing or there is something wrong with the input."
        })
final class SimMergeCommand extends SimTask {
    @Option(
            names = "-out",
            order = 1,
            paramLabel = "DIR",
            description = "Where the results go. Default: the folder, if only one is given.")
    private String folder = "";

    @Option(names = "-partial", order = 2, description = "Writes results though runs are missing; they say how many.")
    private boolean partial;

    @Option(
            names = "-metrics",
            order = 3,
            paramLabel = "NAME,...",
            description = "What the table shows. Default: what matters most of what was measured.")
    private String metrics = "";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "DIR",
            description = "Folders of shards, or their files of runs beside sweep.json.")
    private final List<String> places = new ArrayList<>();

    SimMergeCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException, IOException {
        if (places.isEmpty()) {
            throw new UsageException("the folders of the shards must be given");
        }
        boolean one = places.size() == 1 && Files.isDirectory(Path.of(places.get(0)));
        if (folder.isEmpty() && !one) {
            throw new UsageException("-out must be given: the folder where the results go");
        }
        try {
            List<String> shown = metrics.isEmpty() ? List.of() : SweepTable.metrics(metrics);
            Merged merged = Merge.of(places.stream().map(Path::of).toList());
            merged.notes().forEach(note -> err.println("Note: " + note + "."));
            String missing = merged.missing();
            if (!missing.isEmpty()) {
                err.println((partial ? "Note: " : "Error: ") + missing);
                if (!partial) {
                    err.println("Run their shards, or take -partial to go on without them.");
                    return BAD_INPUT;
                }
            }
            Path target = Path.of(folder.isEmpty() ? places.get(0) : folder);
            Files.createDirectories(target);
            return new SweepTool(out, err, Terminal.err()).finish(target, merged.results(), shown);
        } catch (SweepException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("Error: " + line));
            return BAD_INPUT;
        }
    }
}
