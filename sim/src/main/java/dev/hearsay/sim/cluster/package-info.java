/**
 * Clusters for tests of applications: the same {@link dev.hearsay.api.Cluster} as over sockets, in virtual time. The way in is
 * {@link dev.hearsay.sim.cluster.SimulatedClusters}; docs/testing.md shows it. Unlike the engine below it, this package does not run in a
 * browser: it has futures and executors, because applications have them.
 */
@NullMarked
package dev.hearsay.sim.cluster;

import org.jspecify.annotations.NullMarked;
