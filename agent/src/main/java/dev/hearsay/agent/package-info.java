/**
 * The agent: a process that holds one node, tells what happens in the cluster, and answers command lines.
 *
 * <p>{@link dev.hearsay.agent.Main} is where every command starts; {@link dev.hearsay.agent.Agent} is the long-running one.
 */
@NullMarked
package dev.hearsay.agent;

import org.jspecify.annotations.NullMarked;
