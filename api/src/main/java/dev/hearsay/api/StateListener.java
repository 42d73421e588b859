package dev.hearsay.api;

/** Hears what happens to the shared state. What it throws is logged and otherwise ignored. */
@FunctionalInterface
public interface StateListener {
    /** Something has changed. */
    void onChange(StateChange change);

    /** This member is fetching everything from another: so many entries of so many have come. */
    default void onProgress(int entries, int total, boolean complete) {}

    /** Changes were dropped because this listener was too slow: what it knows must be read anew. */
    default void onGap(long dropped) {}
}
