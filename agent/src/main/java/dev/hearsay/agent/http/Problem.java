package dev.hearsay.agent.http;

import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused; the client is told as {@code {"error": {...}}}.
 */
final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;
    private int retryAfterSeconds;

    /**
     * A refusal.
     *
     * @param status of HTTP
     * @param code a word for programs, in lower case with underscores
     * @param message for a person: what was wrong, where, and what to do
     * @param field the field or parameter that was wrong, if it was one
     */
    Problem(int status, String code, String message, @Nullable String field) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    /** 400 about a field or a parameter. */
    static Problem invalid(String field, String rule) {
        return new Problem(400, "invalid_field", field + ": " + rule, field);
    }

    /** The same, with when to come back, in seconds. */
    Problem retryAfter(int seconds) {
        retryAfterSeconds = seconds;
        return this;
    }

    /** When to come back, in seconds; 0 if that is not known. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** As the client sees it. */
    ErrorBody body() {
        return new ErrorBody(new ErrorBody.Details(status, code, String.valueOf(getMessage()), field));
    }

    /**
     * What every refusal looks like.
     *
     * @param error why
     */
    record ErrorBody(@Doc("Why") Details error) {
        /** The parts of a refusal; see {@link Problem}. */
        record Details(
                @Doc("The status of HTTP") int status,
                @Doc("A word for programs") String code,

                @Doc("What was wrong, where, and what to do")
                String message,

                @Doc(value = "The field or parameter that was wrong, if it was one", optional = true) @Nullable String field) {}
    }
}
