/**
 * How one entry of the shared state spreads among many nodes: {@link dev.hearsay.sim.spread.EntrySpread} is the way in.
 *
 * <p>A node here is the component of the core that shares state, {@link dev.hearsay.core.state.SharedState}, and nothing else: so every
 * decision about the entry is that of production, in each of its modes, and there is room for tens of thousands of nodes where whole ones
 * would be hundreds. All take each other for alive, whatever happens to them: nobody probes anybody. For a cluster in which members
 * notice who is gone, take {@link dev.hearsay.sim.Simulation}; for a user event among millions, {@link dev.hearsay.sim.rumor.RumorSpread}.
 *
 * <p>Time is virtual, a packet's latency and fate are a hash of seed, sender, receiver and number, and nothing is left to chance, as in
 * the whole simulator: one seed gives one trace, on every JVM and in a browser.
 */
@NullMarked
package dev.hearsay.sim.spread;

import org.jspecify.annotations.NullMarked;
