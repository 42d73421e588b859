/** Small runs of the benchmarks of shared state. */
@NullMarked
package dev.hearsay.bench.state;

import org.jspecify.annotations.NullMarked;
