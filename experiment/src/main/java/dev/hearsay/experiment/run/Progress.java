package dev.hearsay.experiment.run;

/** Hears how far a run is. */
@FunctionalInterface
public interface Progress {
    /** Nobody wants to know. */
    Progress SILENT = (seconds, total, inputs) -> {};

    /**
     * Called once a virtual second, on the thread of the run.
     *
     * @param seconds of virtual time that have passed
     * @param total seconds of virtual time that there will be
     * @param inputs messages, timers and stream results that members have taken
     */
    void at(double seconds, double total, long inputs);
}
