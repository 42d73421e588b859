package dev.hearsay.experiment.sweep;

/** Something that a sweep cannot be made of, or gone on with. The message is for the person who asked: what, where, which rule. */
public final class SweepException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With that message. */
    public SweepException(String message) {
        super(message);
    }
}
