package dev.hearsay.api;

/** A write is refused because too many wait for the disk. It may be tried again after a moment; nothing has been changed. */
public final class StoreOverrun extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** With a text for a person. */
    public StoreOverrun(String message) {
        super(message);
    }
}
