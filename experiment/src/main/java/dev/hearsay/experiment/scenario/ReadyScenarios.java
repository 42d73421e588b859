package dev.hearsay.experiment.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The scenarios that come with Hearsay. */
public final class ReadyScenarios {
    private static final String FOLDER = "/dev/hearsay/experiment/ready/";

    private ReadyScenarios() {}

    /** Their names, in alphabetical order. */
    public static List<String> names() {
        return text("index.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * The file of that name.
     *
     * @throws IllegalArgumentException if there is none; the message says which there are
     */
    public static String file(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "there is no ready scenario '" + name + "'" + Section.nearest(name, names()));
        }
        return text(name + ".yaml");
    }

    /** The scenario of that name; see {@link #file}. */
    public static Scenario scenario(String name) {
        return ScenarioFile.read(name + ".yaml", file(name));
    }

    private static String text(String file) {
        try (InputStream in = ReadyScenarios.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + file + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FOLDER + file, e);
        }
    }
}
