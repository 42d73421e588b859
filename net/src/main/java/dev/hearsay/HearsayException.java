package dev.hearsay;

import org.jspecify.annotations.Nullable;

/** A node could not be started. The message is one line for a person and says what to change. */
public final class HearsayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with a one-line message. */
    public HearsayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
