package dev.hearsay.web.lab;

import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;

/** Nodes that have been started again join through the first that runs, and try again after a while if that fails, as an agent with {@code -retry-join} does. */
final class Joining {
    private final Simulation sim;
    private final double pauseNanos;

    /** Who tries again when, the first of them first: each waits equally long. */
    private final Deque<Attempt> attempts = new ArrayDeque<>();

    private record Attempt(int node, double at) {}

    Joining(Simulation sim, double pauseNanos) {
        this.sim = sim;
        this.pauseNanos = pauseNanos;
    }

    /** The node joins now; if nobody else runs, later. */
    void join(int node) {
        for (SimNode other : sim.nodes()) {
            if (other.index() != node && other.isUp() && !other.isPaused()) {
                sim.join(node, other.index());
                return;
            }
        }
        failed(node);
    }

    /** The node has joined nobody. */
    void failed(int node) {
        attempts.add(new Attempt(node, sim.now().toNanos() + pauseNanos));
    }

    /** Those join again who have waited for long enough, and still run and know nobody. */
    void tryAgain() {
        while (!attempts.isEmpty() && attempts.getFirst().at <= sim.now().toNanos()) {
            SimNode node = sim.node(attempts.removeFirst().node);
            if (node.isUp() && !node.isPaused() && node.members().live() == 1) {
                join(node.index());
            }
        }
    }
}
