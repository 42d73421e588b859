package dev.hearsay.agent.cli;

import dev.hearsay.core.state.StateConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command about values: text, Base64, or what a file has. */
abstract class ValueCommand extends SharedCommand {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "-base64",
            order = 11,
            description = "Values are bytes: takes those of the command line as Base64, and shows them so.")
    boolean base64;

    @Option(
            names = "-file",
            order = 12,
            paramLabel = "FILE",
            description =
                    "Takes the value from this file, byte for byte, not from the command line. -: standard input.")
    private String file = "";

    ValueCommand(String name, List<Verb> verbs, PrintStream out, PrintStream err) {
        super(name, verbs, out, err);
    }

    @Override
    boolean valueByFlag() {
        return !file.isEmpty();
    }

    /** Refuses -file with verbs that take no value. */
    final void fileOnly(String... verbs) throws UsageException {
        only("-file", !file.isEmpty(), verbs);
    }

    /** The value that stands behind so many words, or in a file. */
    final byte[] value(int at) throws UsageException {
        if (file.isEmpty()) {
            return base64 ? decoded(arg(at)) : arg(at).getBytes(StandardCharsets.UTF_8);
        }
        if (base64) {
            throw new UsageException("-file and -base64 exclude each other: a file is taken as it is");
        }
        try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(StateConfig.MOST_VALUE_BYTES + 1);
            if (bytes.length > StateConfig.MOST_VALUE_BYTES) {
                throw UsageException.invalid("-file", file, "has more than " + StateConfig.MOST_VALUE_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw UsageException.invalid("-file", file, "there is no such file");
        } catch (IOException | InvalidPathException e) {
            throw UsageException.invalid("-file", file, "it cannot be read: " + e.getMessage());
        }
    }

    private static byte[] decoded(String text) throws UsageException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("invalid value '" + text + "' with -base64: must be Base64");
        }
    }

    /** Prints a value alone, so that a script can take it as it is; what is no text in Base64, with a note for people. */
    final void showValue(byte[] value) throws IOException {
        if (base64) {
            out.println(Shown.base64(value));
        } else if (Shown.text(value) == null) {
            out.println(Shown.base64(value));
            err.println("Note: the value is no text in UTF-8, and shown in Base64");
        } else {
            out.write(value);
            out.println();
        }
    }

    /** A value in a line with others. */
    final String cell(byte[] value) {
        return Shown.cell(value, base64);
    }

    /** A value in JSON. */
    final Map<String, Object> value(byte[] value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        Shown.put(entry, "value", value, base64);
        return entry;
    }

    /** A key and its value in JSON. */
    final Map<String, Object> entry(byte[] key, byte[] value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        Shown.put(entry, "key", key, false);
        Shown.put(entry, "value", value, base64);
        return entry;
    }
}
