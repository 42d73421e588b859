package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.validation.Section;
import dev.hearsay.experiment.validation.Trials;
import dev.hearsay.experiment.validation.Validation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
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
public final class ValidateCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 1_024;
    private static final long DEFAULT_SEED = 1;

    @Option(names = "-out", paramLabel = "FILE", description = "Where to write the page. Default: the output.")
    private String file = "";

    @Option(names = "-quick", description = "Takes seconds instead of minutes, with rough figures and small clusters.")
    private boolean quick;

    @Option(
            names = "-section",
            paramLabel = "NAME",
            description = "Only this section; may be given more than once. An unknown name lists all.")
    private final List<String> names = new ArrayList<>();

    @Option(names = "-seed", paramLabel = "N", description = "Of everything random. Default: 1.")
    private String seed = "" + DEFAULT_SEED;

    @Option(names = "-threads", paramLabel = "N", description = "How many runs at once. Default: one for each core.")
    private String threads = "" + Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    private final PrintStream out;
    private final PrintStream err;

    /** A command that writes there. */
    public ValidateCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws UsageException {
        List<Section> sections = sections();
        long number = seed();
        int atOnce = Values.number("-threads", threads, 1, MOST_THREADS);
        long begun = System.nanoTime();
        String page;
        try (Trials trials = new Trials(quick, number, atOnce, new Line(err, sections.size(), System::nanoTime))) {
            page = Validation.page(sections, trials, command(number));
        }
        err.printf("%nDone in %d s%n", (System.nanoTime() - begun) / 1_000_000_000L);
        if (file.isEmpty()) {
            out.print(page);
            return 0;
        }
        try {
            Files.writeString(Path.of(file), page, StandardCharsets.UTF_8);
            err.println("Written: " + file);
            return 0;
        } catch (FileSystemException e) {
            err.println("Error: cannot write " + file + ": "
                    + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()));
        } catch (IOException e) {
            err.println("Error: cannot write " + file + ": " + e.getMessage());
        }
        // What took minutes is not lost with the file.
        out.print(page);
        return 1;
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

    private long seed() throws UsageException {
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw UsageException.invalid("-seed", seed, "must be a whole number");
        }
    }

    /** What repeats this, for the page; the number of threads changes nothing. */
    private String command(long number) {
        StringBuilder text = new StringBuilder("hearsay sim validate");
        names.forEach(name -> text.append(" --section ").append(name));
        text.append(quick ? " --quick" : "");
        text.append(number == DEFAULT_SEED ? "" : " --seed " + number);
        return text.append(file.isEmpty() ? "" : " --out " + file).toString();
    }

    /** One line that says how far it is: again and again the same one, and a new one for each section. */
    private static final class Line implements Trials.Progress {
        private static final long REDRAW_NANOS = 200_000_000L;

        private final PrintStream err;
        private final int sections;
        private final LongSupplier nanos;
        private final long begun;
        private String current = "";
        private int number;
        private long next;

        Line(PrintStream err, int sections, LongSupplier nanos) {
            this.err = err;
            this.sections = sections;
            this.nanos = nanos;
            begun = nanos.getAsLong();
        }

        @Override
        public void at(String section, int runs) {
            long now = nanos.getAsLong();
            boolean changed = !section.equals(current);
            if (!changed && now - next < 0) {
                return;
            }
            if (changed) {
                current = section;
                number++;
                err.print(number > 1 ? "\n" : "");
            }
            next = now + REDRAW_NANOS;
            err.printf(
                    "\r%d of %d: %s, %,d runs, %d s", number, sections, section, runs, (now - begun) / 1_000_000_000L);
            err.flush();
        }
    }
}
