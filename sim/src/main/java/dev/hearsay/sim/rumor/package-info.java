/**
 * How one rumor spreads among up to eight million nodes: {@link dev.hearsay.sim.rumor.RumorSpread} is the way in.
 *
 * <p>A node here is put together from the components of the core that spread a user event ({@link
 * dev.hearsay.core.event.UserEvents}, {@link dev.hearsay.core.dissemination.Dissemination}, {@link
 * dev.hearsay.core.dissemination.Gossip}, {@link dev.hearsay.core.dissemination.Forwarding}), wired as {@link
 * dev.hearsay.core.Node} wires them, without what probes, suspects and repairs. So every decision is that of production;
 * what is missing is the traffic of the rest. For a cluster in which members fail, take {@link dev.hearsay.sim.Simulation}.
 */
@NullMarked
package dev.hearsay.sim.rumor;

import org.jspecify.annotations.NullMarked;
