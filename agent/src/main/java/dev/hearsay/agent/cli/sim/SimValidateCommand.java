package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.Terminal;
import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.validation.Section;
import dev.hearsay.experiment.validation.Trials;
import dev.hearsay.experiment.validation.Validation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay sim validate}. */
@Command(
        name = "sim validate",
        sortOptions = false,
        customSynopsis = "hearsay sim validate [options]",
        description = {
            "",
            "Measures again what the papers about gossip have published, in the simulator, and writes a page of tables: measured "
                    + "beside published, and why where they differ. With all sections it takes minutes on all cores.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay sim validate --quick",
            "  hearsay sim validate --section demers --section phi",
            "  hearsay sim validate --out docs/validation.md"
        })
final class SimValidateCommand extends SimTask {
    private static final int MOST_THREADS = 1_024;
    private static final long DEFAULT_SEED = 1;

    @Option(
            names = "-out",
            order = 1,
            paramLabel = "FILE",
            description = "Where to write the page. Default: the output.")
    private String file = "";

    @Option(
            names = "-quick",
            order = 2,
            description = "Takes seconds instead of minutes, with rough figures and small clusters.")
    private boolean quick;

    @Option(
            names = "-section",
            order = 3,
            paramLabel = "NAME",
            description = "Only this section; may be given more than once. An unknown name lists all.")
    private final List<String> names = new ArrayList<>();

    @Option(names = "-seed", order = 4, paramLabel = "N", description = "Of everything random. Default: 1.")
    private String seed = "" + DEFAULT_SEED;

    @Option(
            names = "-threads",
            order = 5,
            paramLabel = "N",
            description = "How many runs at once, which changes no figure. Default: one for each core.")
    private String threads = "" + Runtime.getRuntime().availableProcessors();

    SimValidateCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    int run() throws UsageException, IOException {
        List<Section> sections = sections();
        long number = Values.seed("-seed", seed);
        int atOnce = Values.number("-threads", threads, 1, MOST_THREADS);
        String page;
        try (ValidationLine line = new ValidationLine(err, Terminal.err(), sections.size(), System::nanoTime);
                Trials trials = new Trials(quick, number, atOnce, line)) {
            page = Validation.page(sections, trials, command(number));
        }
        if (file.isEmpty()) {
            out.print(page);
            return PASSED;
        }
        try {
            Files.writeString(Path.of(file), page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // What took minutes is not lost with the file.
            out.print(page);
            throw e;
        }
        out.println("Written: " + file);
        return PASSED;
    }

    private List<Section> sections() throws UsageException {
        List<Section> sections = new ArrayList<>();
        for (String name : names) {
            try {
                sections.add(Validation.section(name));
            } catch (IllegalArgumentException e) {
                throw UsageException.invalid("-section", name, String.valueOf(e.getMessage()));
            }
        }
        return sections.isEmpty() ? Validation.sections() : sections;
    }

    /** What repeats this, for the page; the number of threads changes nothing. */
    private String command(long number) {
        StringBuilder text = new StringBuilder("hearsay sim validate");
        names.forEach(name -> text.append(" --section ").append(name));
        text.append(quick ? " --quick" : "");
        text.append(number == DEFAULT_SEED ? "" : " --seed " + number);
        return text.append(file.isEmpty() ? "" : " --out " + file).toString();
    }
}
