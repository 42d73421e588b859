package dev.hearsay.sim;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.util.List;

/** Whether nodes see the cluster as it is. */
public final class Agreement {
    private Agreement() {}

    /**
     * Whether every node that runs knows all others that run as alive, none of them as suspect, and nobody else as live: what
     * {@link Simulation#awaitAgreement} waits for. Costs a look at each entry of each table, up to the first that is wrong.
     */
    public static boolean holds(Simulation sim) {
        for (SimNode node : sim.nodes()) {
            if (runs(node) && misses(node, sim.nodes())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the node misses one that runs, suspects one, or believes one alive that does not run. */
    static boolean misses(SimNode node, List<SimNode> nodes) {
        int running = 0;
        for (SimNode other : nodes) {
            running += runs(other) ? 1 : 0;
        }
        MemberTable table = node.members();
        if (table.live() != running) {
            return true;
        }
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            if (member.state().live() && (member.state() != MemberState.ALIVE || !runs(member.name(), nodes))) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a node of that name, and it runs: an adversary may have invented the member. */
    private static boolean runs(String name, List<SimNode> nodes) {
        int index = SimNode.indexOf(name);
        return index >= 0 && index < nodes.size() && runs(nodes.get(index));
    }

    private static boolean runs(SimNode node) {
        return node.isUp() && !node.isPaused();
    }
}
