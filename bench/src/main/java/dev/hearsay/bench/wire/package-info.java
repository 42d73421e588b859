/**
 * What a message costs on its way through the codec and the core: nanoseconds, and bytes allocated, on one thread. Measured
 * with JMH; {@code bench/run wire} starts {@link dev.hearsay.bench.wire.WireBench}.
 */
@NullMarked
package dev.hearsay.bench.wire;

import org.jspecify.annotations.NullMarked;
