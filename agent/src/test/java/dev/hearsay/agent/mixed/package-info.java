/**
 * Clusters of which one half are our agents and the other the real Serf's, as processes, while their members come, go and
 * stall.
 */
@NullMarked
package dev.hearsay.agent.mixed;

import org.jspecify.annotations.NullMarked;
