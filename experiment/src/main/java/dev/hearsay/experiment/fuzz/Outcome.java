package dev.hearsay.experiment.fuzz;

import java.util.Optional;

/**
 * What came of one run.
 *
 * @param failure what went wrong, if anything
 * @param seconds of virtual time that passed
 * @param inputs that the members took
 */
public record Outcome(Optional<Failure> failure, double seconds, long inputs) {}
