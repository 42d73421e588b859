/**
 * Scripts that run when something happens in the cluster (Serf's event handlers).
 *
 * <p>{@link dev.hearsay.agent.handler.HandlerSpec} says which script hears what. Events come from the cluster, go through
 * {@link dev.hearsay.agent.handler.Coalescer}, and wait in a queue for each handler; {@link
 * dev.hearsay.agent.handler.ScriptRun} runs one script for one event.
 */
@NullMarked
package dev.hearsay.agent.handler;

import org.jspecify.annotations.NullMarked;
