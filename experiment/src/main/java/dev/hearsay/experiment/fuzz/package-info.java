/**
 * Looks for scenarios that go wrong: random ones are run one after the other, and what fails is made small.
 *
 * <p>{@link dev.hearsay.experiment.fuzz.RandomScenario} makes scenario files, {@link dev.hearsay.experiment.fuzz.Promise} says what
 * must hold in them whatever happens, {@link dev.hearsay.experiment.fuzz.Fuzzer} runs them, and
 * {@link dev.hearsay.experiment.fuzz.Reducer} takes away what a failure does not need. {@code docs/simulator-fuzz.md} is the guide.
 */
@NullMarked
package dev.hearsay.experiment.fuzz;

import org.jspecify.annotations.NullMarked;
