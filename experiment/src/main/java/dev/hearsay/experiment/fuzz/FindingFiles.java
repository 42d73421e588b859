package dev.hearsay.experiment.fuzz;

import dev.hearsay.experiment.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Findings as a person reads them, and keeps them. */
public final class FindingFiles {
    private static final double A_LITTLE_SECONDS = 0.001;
    private static final double MILLIS = 1_000;

    private FindingFiles() {}

    /**
     * Writes {@code finding-N.yaml}, the reduced scenario, {@code finding-N.txt}, what goes wrong and how to see it again, and
     * {@code finding-N-original.yaml}, the scenario as it was found.
     *
     * @param folder made if it is not there
     * @param number of the finding, from 1
     * @return the reduced scenario's file
     */
    public static Path write(Path folder, int number, Finding found, Reducer.Reduced reduced) throws IOException {
        Files.createDirectories(folder);
        String name = "finding-" + number;
        Path file = folder.resolve(name + ".yaml");
        String comment = "# " + headline(reduced.failure()) + "\n";
        Files.writeString(file, comment + reduced.text(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve(name + "-original.yaml"), found.text(), StandardCharsets.UTF_8);
        String text = text(file.toString(), found, reduced);
        Files.writeString(folder.resolve(name + ".txt"), text, StandardCharsets.UTF_8);
        return file;
    }

    /** The first line of what went wrong. */
    public static String headline(Failure failure) {
        return failure.message().lines().findFirst().orElse(failure.kind());
    }

    /** The whole story: the scenario, how to see it again, what went wrong. */
    public static String text(String file, Finding found, Reducer.Reduced reduced) {
        return headline(reduced.failure()) + "\n\nScenario " + found.number() + ", reduced in " + reduced.runs()
                + " runs"
                + (reduced.complete() ? "" : " (the time was up: perhaps more can go)") + ":\n\n"
                + reduced.text().indent(4) + "\nTo see it again:\n    " + replay(file, reduced) + "\n\n"
                + reduced.failure().message() + "\n";
    }

    /** The command that shows it, up to a little after it has shown. */
    public static String replay(String file, Reducer.Reduced reduced) {
        Failure failure = reduced.failure();
        double until = failure.seconds() + A_LITTLE_SECONDS;
        double end = ScenarioFile.read(file, reduced.text()).duration().toMillis() / MILLIS;
        return "hearsay sim replay " + file + " --seed " + reduced.seed()
                + (until > end ? "" : String.format(Locale.ROOT, " --until %.3fs", until))
                + (failure.member().isEmpty() ? "" : " --node " + failure.member());
    }
}
