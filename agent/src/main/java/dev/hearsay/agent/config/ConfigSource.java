package dev.hearsay.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where an agent's settings come from: files, and flags on top. Can be read again, for a reload.
 *
 * <p>Order: the defaults, the files as they are named on the command line, the flags. A path that is a directory stands for
 * the files in it that end in {@code .json}, {@code .yaml} or {@code .yml}, by name.
 */
public final class ConfigSource {
    private final List<String> paths;
    private final Map<Setting, List<String>> flags;

    /**
     * What a command line says.
     *
     * @param paths files and directories
     * @param flags the texts behind each flag, in order; for a switch "true" or "false"
     */
    public ConfigSource(List<String> paths, Map<Setting, List<String>> flags) {
        this.paths = List.copyOf(paths);
        this.flags = flags.isEmpty() ? Map.of() : new EnumMap<>(flags);
    }

    /**
     * Reads the files and puts everything together.
     *
     * @throws ConfigException if a file cannot be read or a setting breaks its rule
     */
    public AgentSettings read() throws ConfigException {
        Draft draft = Draft.ofDefaults();
        for (String path : paths) {
            for (Path file : files(path)) {
                for (Given given : ConfigFile.read(file)) {
                    draft.take(given);
                }
            }
        }
        for (Map.Entry<Setting, List<String>> flag : flags.entrySet()) {
            draft.take(Given.flag(flag.getKey(), flag.getValue()));
        }
        return new Settling(draft).settle();
    }

    /** The file, or those in the directory. */
    private static List<Path> files(String text) throws ConfigException {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + text + "' is no name of a file: " + e.getReason());
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return new ArrayList<>(
                    inside.filter(ConfigSource::isConfig).sorted().toList());
        } catch (IOException e) {
            throw new ConfigException(path + ": the directory cannot be read: " + e.getMessage());
        }
    }

    private static boolean isConfig(Path file) {
        boolean named = file.toString().toLowerCase(Locale.ROOT).endsWith(".json") || ConfigFile.isYaml(file);
        return named && !Files.isDirectory(file);
    }
}
