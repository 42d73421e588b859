/** What every {@link dev.hearsay.api.Cluster} does, tried with each implementation. */
@NullMarked
package dev.hearsay.agent.cluster;

import org.jspecify.annotations.NullMarked;
