/**
 * The second driver of the protocol core: many nodes in virtual time, on a network that fails on demand.
 *
 * <p>{@link dev.hearsay.sim.Simulation} is the way in. It runs the {@link dev.hearsay.core.Node} that production runs,
 * with the sizes that the wire format has, and nothing is left to chance: one seed gives one trace, on every JVM and in a
 * browser. A message's latency and fate are a hash of seed, sender, receiver, kind and number, not draws from one stream,
 * so that a small change to the code stays a small change to the trace.
 *
 * <pre>{@code
 * Simulation sim = Simulation.of(50).seed(7).start();
 * sim.joinAll();
 * sim.awaitAllSee(50, Duration.ofSeconds(10));
 * sim.crash(3);
 * sim.awaitAllSee(49, Duration.ofSeconds(60));
 * }</pre>
 *
 * <p>After every event the {@linkplain dev.hearsay.sim.Invariants invariants} are checked; a violation names the seed,
 * the moment and the last inputs. Everything here is single-threaded and compiles to JavaScript: no threads, no clocks,
 * no reflection.
 */
@NullMarked
package dev.hearsay.sim;

import org.jspecify.annotations.NullMarked;
