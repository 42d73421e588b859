package dev.hearsay.sim.cluster;

import dev.hearsay.api.node.Callbacks;
import dev.hearsay.sim.InvariantViolation;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Timeline;

/** One process on a machine, from its start to its end: whatever an application does there, it does as long as the process is there. */
final class VirtualProcess {
    private final SimulatedClusters clusters;
    private final Timeline timeline;
    private final SimNode node;
    private final int start;
    private boolean closed;

    VirtualProcess(SimulatedClusters clusters, Timeline timeline, SimNode node) {
        this.clusters = clusters;
        this.timeline = timeline;
        this.node = node;
        this.start = timeline.starts(node) + 1;
    }

    Timeline timeline() {
        return timeline;
    }

    SimNode node() {
        return node;
    }

    /** What the machine's clock has counted, in nanoseconds. */
    long nanos() {
        return timeline.elapsed(node);
    }

    /** Whether it runs, or stands still: one whose node was closed goes on, one that was killed does not. */
    boolean alive() {
        return timeline.starts(node) == start && (node.isUp() || closed);
    }

    /** The application closes its node. */
    void close() {
        closed = true;
        timeline.end(node);
    }

    /** Does it after that time, if the process is still there. */
    void later(long delayNanos, Runnable action) {
        timeline.schedule(node, delayNanos, () -> {
            if (alive()) {
                run(action);
            }
        });
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (InvariantViolation e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** The application has thrown what nobody catches. */
    void failed(Throwable failure) {
        clusters.failed(node, failure);
    }

    /** How the application is called here. */
    Callbacks callbacks() {
        return new Callbacks(action -> later(0, action), (event, failure) -> failed(failure));
    }

    /** Whoever calls a node does so on the thread on which time passes, or while it does not. */
    void enter() {
        clusters.enter();
    }
}
