/** Runs a scenario once with one seed, and says what was measured. */
@NullMarked
package dev.hearsay.experiment.run;

import org.jspecify.annotations.NullMarked;
