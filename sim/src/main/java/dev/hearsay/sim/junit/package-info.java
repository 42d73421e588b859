/** Tests of applications with JUnit 5, once for each of several seeds: {@link dev.hearsay.sim.junit.SimulatedTest}. */
@NullMarked
package dev.hearsay.sim.junit;

import org.jspecify.annotations.NullMarked;
