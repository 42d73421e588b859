package dev.hearsay.agent.config;

/** A setting that breaks its rule, or a file that cannot be read. The message is one line: where, which setting, which rule. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With that line. */
    public ConfigException(String message) {
        super(message);
    }
}
