/**
 * Runs a scenario at every point of a grid, with many seeds each: on all cores, in shards, or on an engine of somebody else's.
 *
 * <p>A {@link dev.hearsay.experiment.sweep.Plan} says what is to run, {@link dev.hearsay.experiment.sweep.Sweep} has an
 * {@link dev.hearsay.experiment.sweep.Engine} run what is not there yet, each run leaves a
 * {@link dev.hearsay.experiment.sweep.Row} in a {@link dev.hearsay.experiment.sweep.RunLog}, and
 * {@link dev.hearsay.experiment.sweep.Results} are all rows in order. The results follow from the plan alone: who ran what, when
 * and in which order does not show in them.
 */
@NullMarked
package dev.hearsay.experiment.sweep;

import org.jspecify.annotations.NullMarked;
