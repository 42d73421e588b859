package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.agent.cli.Values;
import dev.hearsay.experiment.scenario.ReadyScenarios;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import dev.hearsay.experiment.scenario.Variation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that is given a scenario, and what to change in it. */
abstract class ScenarioTask extends SimTask {
    /** Longest file that is read, in bytes: more than any scenario that {@link ScenarioFile} takes. */
    private static final int MAX_BYTES = 8 << 20;

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "-seed",
            order = 1,
            paramLabel = "N",
            description = "Of everything random. Default: the scenario's own, or 1.")
    String seed = "";

    @Option(
            names = "-set",
            order = 2,
            paramLabel = "PATH=VALUE",
            description =
                    "Puts another value into the scenario, as network.loss=5%% or faults.0.at=90s. May be repeated.")
    private final List<String> variations = new ArrayList<>();

    @Option(names = "-members", order = 3, paramLabel = "N", description = "Short for -set cluster.members=N.")
    private String members = "";

    @Option(names = "-duration", order = 4, paramLabel = "TIME", description = "Short for -set duration=TIME.")
    private String duration = "";

    @Option(
            names = "-watch",
            order = 5,
            paramLabel = "NAME",
            description = "Whose story the result tells, as n7. Short for -set cluster.watch=NAME.")
    private String watch = "";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "SCENARIO",
            description = {
                "A file, '-' for the standard input, or the name of one that comes with Hearsay (hearsay sim list)."
            })
    private final List<String> words = new ArrayList<>();

    ScenarioTask(PrintStream out, PrintStream err) {
        super(out, err);
    }

    /** The one word that must be given. */
    final String word() throws UsageException {
        if (words.size() != 1) {
            throw new UsageException("one scenario must be given: a file, '-', or a name of 'hearsay sim list'; not "
                    + (words.isEmpty() ? "none" : words.size()));
        }
        return words.get(0);
    }

    /** The scenario that is asked for, with all variations. */
    final Scenario scenario() throws UsageException, IOException {
        String word = word();
        boolean ready = !word.equals(STANDARD_INPUT)
                && !Files.exists(Path.of(word))
                && ReadyScenarios.names().contains(word);
        return ready
                ? ScenarioFile.read(word + ".yaml", ReadyScenarios.file(word), variations())
                : ScenarioFile.read(word.equals(STANDARD_INPUT) ? "standard input" : word, text(word), variations());
    }

    private String text(String word) throws IOException, UsageException {
        if (word.equals(STANDARD_INPUT)) {
            return text("standard input", System.in);
        }
        Path file = Path.of(word);
        if (!Files.exists(file)) {
            throw new UsageException("there is no file '" + word
                    + "', and no scenario of that name comes with Hearsay: " + "see 'hearsay sim list'");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException("'" + word + "' is a folder: a file is needed");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return text(word, in);
        }
    }

    private static String text(String name, InputStream in) throws IOException, UsageException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new UsageException(name + " is longer than " + MAX_BYTES + " bytes: that is no scenario");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(name + " is not UTF-8: a scenario is a YAML file");
        }
    }

    /** What to change in the scenario: the short forms first, so that -set has the last word. */
    final List<Variation> variations() throws UsageException {
        List<Variation> all = new ArrayList<>();
        shortForm(all, "cluster.members", members);
        shortForm(all, "duration", duration);
        shortForm(all, "cluster.watch", watch);
        for (String text : variations) {
            try {
                all.add(Variation.parse(text));
            } catch (IllegalArgumentException e) {
                throw UsageException.invalid("-set", text, "must be PATH=VALUE, such as network.loss=5%");
            }
        }
        return all;
    }

    private static void shortForm(List<Variation> all, String path, String value) {
        if (!value.isEmpty()) {
            all.add(new Variation(path, value));
        }
    }

    /** The seed that is asked for, or the scenario's. */
    final long seed(Scenario scenario) throws UsageException {
        return seed.isEmpty() ? scenario.seed() : Values.seed("-seed", seed);
    }
}
