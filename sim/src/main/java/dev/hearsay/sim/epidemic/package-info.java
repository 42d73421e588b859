/**
 * The field's models of gossip in synchronous cycles, and what is known about them in closed form: what production is
 * measured against. Nothing of the production protocol runs here.
 *
 * <p>{@link dev.hearsay.sim.epidemic.Theory} has the formulas. Everything is single-threaded, deterministic for a seed on
 * every JVM, and compiles to JavaScript.
 */
@NullMarked
package dev.hearsay.sim.epidemic;

import org.jspecify.annotations.NullMarked;
