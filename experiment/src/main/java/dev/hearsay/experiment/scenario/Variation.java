package dev.hearsay.experiment.scenario;

/**
 * Another value for one place of a scenario file, put there before the file is read: {@code network.loss=5%}.
 *
 * @param path keys with dots between them; an item of a list by its number from 0: {@code faults.0.at}
 * @param value YAML: a scalar, or {@code [n1, n2]}, or {@code {least: 1ms, most: 5ms}}
 */
public record Variation(String path, String value) {
    /** Checks that there is a path. */
    public Variation {
        if (path.isBlank() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw new IllegalArgumentException("'" + path + "' is not a path: must be keys with dots between them");
        }
    }

    /**
     * Reads {@code path=value}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static Variation parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not a variation: must be PATH=VALUE");
        }
        return new Variation(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    @Override
    public String toString() {
        return path + "=" + value;
    }
}
