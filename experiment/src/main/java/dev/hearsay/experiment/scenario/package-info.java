/**
 * What is to happen in an experiment, and how it is read from a YAML file.
 *
 * <p>{@link dev.hearsay.experiment.scenario.ScenarioFile} reads; everything that is wrong with a file is told at once, each mistake
 * with its line, key, value and rule. {@code docs/scenarios.md} is the schema for people.
 */
@NullMarked
package dev.hearsay.experiment.scenario;

import org.jspecify.annotations.NullMarked;
