/**
 * What every driver shares, not for applications: it makes a {@link dev.hearsay.api.Cluster} of a node of the core, whether that runs over
 * sockets or in virtual time. The driver gives a {@link dev.hearsay.api.node.NodeLoop} and is told through
 * {@link dev.hearsay.api.node.NodeHost}; everything in between, from the queues of listeners to Serf's own queries, is here, so that an
 * application meets the same code under both. Nothing here has threads, sockets or files of its own. These types may change in any release.
 */
@NullMarked
package dev.hearsay.api.node;

import org.jspecify.annotations.NullMarked;
