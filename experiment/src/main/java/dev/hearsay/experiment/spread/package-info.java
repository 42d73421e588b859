/** How soon a write to shared state is visible at all members of a simulated cluster, and what that costs. */
@NullMarked
package dev.hearsay.experiment.spread;

import org.jspecify.annotations.NullMarked;
