package dev.hearsay.experiment.compare;

/** Something that cannot be compared. The message is for the person who asked: what, where, which rule. */
public final class CompareException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With that message. */
    public CompareException(String message) {
        super(message);
    }
}
