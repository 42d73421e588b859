package dev.hearsay.agent.cli;

/** A flag or an argument that breaks its rule. The message is one line: the flag, the value and the rule. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** That message. */
    public UsageException(String message) {
        super(message);
    }

    /** A flag's value that breaks its rule. */
    public static UsageException invalid(String flag, String value, String rule) {
        return new UsageException("invalid value '" + value + "' for " + flag + ": " + rule);
    }
}
