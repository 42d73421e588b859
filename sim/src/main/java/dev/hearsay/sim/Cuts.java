package dev.hearsay.sim;

import java.util.Collection;
import java.util.List;

/**
 * Cuts the network so that each cut can be healed by itself, where several overlap. Two members are connected again when the
 * last cut between them is healed; {@link Simulation#heal} heals all.
 */
public final class Cuts {
    private final Simulation sim;
    private final Faults faults;

    Cuts(Simulation sim, Faults faults) {
        this.sim = sim;
        this.faults = faults;
    }

    /** As {@link Simulation#partition}. */
    public Cut partition(Collection<SimNode> some, Collection<SimNode> others) {
        return faults.partition(some, others);
    }

    /** As {@link Simulation#cut}. */
    public Cut oneWay(Collection<SimNode> senders, Collection<SimNode> receivers) {
        return faults.cut(senders, receivers);
    }

    /** As {@link Simulation#loseRoutes}. */
    public Cut routes(Collection<SimNode> senders, Collection<SimNode> receivers) {
        return faults.loseRoutes(senders, receivers);
    }

    /** As {@link Simulation#cutLink}. */
    public Cut link(int one, int other) {
        return faults.cutLink(sim.node(one), sim.node(other));
    }

    /** What is cut now, in the order in which it was made. */
    public List<Cut> now() {
        return faults.cuts();
    }
}
