package dev.hearsay.sim.cluster;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.sim.SimNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether all applications see the cluster as it is. */
final class Agreement {
    private Agreement() {}

    /** Whether all that run, and have not left, know all of those as alive and nobody else as live. */
    static boolean holds(List<SimNode> nodes, Function<SimNode, ? extends Cluster> clusters) {
        SortedSet<String> running = new TreeSet<>();
        for (SimNode node : nodes) {
            if (runs(node, clusters)) {
                running.add(node.name());
            }
        }
        for (SimNode node : nodes) {
            if (runs(node, clusters) && !live(clusters.apply(node)).equals(running)) {
                return false;
            }
        }
        return true;
    }

    private static boolean runs(SimNode node, Function<SimNode, ? extends Cluster> clusters) {
        return node.isUp() && !node.isPaused() && clusters.apply(node).self().status() == ClusterMember.Status.ALIVE;
    }

    /** Whoever is suspected makes the set differ. */
    private static SortedSet<String> live(Cluster cluster) {
        SortedSet<String> live = new TreeSet<>();
        for (ClusterMember member : cluster.members()) {
            if (member.status() == ClusterMember.Status.ALIVE) {
                live.add(member.name());
            } else if (member.status().live()) {
                live.add(member.status().text() + " " + member.name());
            }
        }
        return live;
    }
}
