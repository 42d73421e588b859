/**
 * The papers' figures measured again: the models of {@code sim.epidemic} and the production code side by side with what was
 * published. {@link dev.hearsay.experiment.validation.Validation} runs everything and writes {@code docs/validation.md}.
 */
@NullMarked
package dev.hearsay.experiment.validation;

import org.jspecify.annotations.NullMarked;
