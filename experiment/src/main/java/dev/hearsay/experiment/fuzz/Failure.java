package dev.hearsay.experiment.fuzz;

/**
 * What went wrong in a run.
 *
 * @param kind the message without what differs from run to run: two failures of one kind are taken to have one cause
 * @param message what happened, with the last inputs if an invariant was broken
 * @param seconds of virtual time at which it showed
 * @param member name of the member at which it showed; empty if it is about all
 */
public record Failure(String kind, String message, double seconds, String member) {}
