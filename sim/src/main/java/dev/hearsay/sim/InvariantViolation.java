package dev.hearsay.sim;

/** Something happened that must never happen, or what had to happen did not. The message says how to see it again. */
public final class InvariantViolation extends AssertionError {
    private static final long serialVersionUID = 1;

    InvariantViolation(String message) {
        super(message);
    }
}
