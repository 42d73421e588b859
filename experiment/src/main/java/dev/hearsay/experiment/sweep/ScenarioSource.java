package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.scenario.ReadyScenarios;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a scenario that somebody named.
 *
 * @param name what to call it in messages
 * @param text what is in it
 */
record ScenarioSource(String name, String text) {
    /** Longest file that is read, in bytes: more than any scenario. */
    private static final long MOST_BYTES = 8 << 20;

    /**
     * A file, or else a scenario that comes with Hearsay.
     *
     * @throws SweepException if it is neither
     */
    static ScenarioSource of(String word) throws SweepException {
        Path file = Path.of(word);
        if (!Files.exists(file) && ReadyScenarios.names().contains(word)) {
            return new ScenarioSource(word + ".yaml", ReadyScenarios.file(word));
        }
        if (!Files.isRegularFile(file)) {
            throw new SweepException("there is no file '" + word
                    + "', and no scenario of that name comes with Hearsay: see 'hearsay sim list'");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new SweepException(word + " is longer than " + MOST_BYTES + " bytes: that is no scenario");
            }
            return new ScenarioSource(word, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new SweepException(word + " is not UTF-8: a scenario is a YAML file");
        } catch (IOException e) {
            throw new SweepException("cannot read " + word + ": " + e);
        }
    }
}
