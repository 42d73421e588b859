/** Sick members of a simulated cluster: Lifeguard's experiment, and storms of garbage collection. */
@NullMarked
package dev.hearsay.bench.lifeguard;

import org.jspecify.annotations.NullMarked;
