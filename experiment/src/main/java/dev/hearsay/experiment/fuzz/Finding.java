package dev.hearsay.experiment.fuzz;

/**
 * A scenario that fails.
 *
 * @param number of the scenario among those of the seed of all, from 0
 * @param text the scenario file
 * @param seed with which it fails
 * @param failure what goes wrong
 */
public record Finding(long number, String text, long seed, Failure failure) {}
