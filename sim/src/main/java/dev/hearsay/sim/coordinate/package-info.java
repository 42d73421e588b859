/**
 * How good network coordinates are: landscapes in which every round trip is known, and nodes that find their places in them
 * by nothing but measuring one another. No protocol runs here; {@link dev.hearsay.sim.coordinate.Settling} is the way in.
 */
@NullMarked
package dev.hearsay.sim.coordinate;

import org.jspecify.annotations.NullMarked;
