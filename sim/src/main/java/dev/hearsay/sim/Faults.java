package dev.hearsay.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the scenario breaks in the network, and whom the {@link Invariants} excuse for that, and for how long. */
final class Faults {
    private final Engine engine;

    Faults(Engine engine) {
        this.engine = engine;
    }

    void cut(Collection<SimNode> senders, Collection<SimNode> receivers) {
        note(-1, "cut " + senders + " -> " + receivers);
        engine.links().cut(senders, receivers, false);
        senders.forEach(this::excuse);
        receivers.forEach(this::excuse);
    }

    void loseRoutes(Collection<SimNode> senders, Collection<SimNode> receivers) {
        note(-1, "no route " + senders + " -> " + receivers);
        engine.links().cut(senders, receivers, true);
        senders.forEach(this::excuse);
        receivers.forEach(this::excuse);
    }

    void cutLink(SimNode one, SimNode other) {
        note(-1, "cut the link between " + one + " and " + other);
        engine.links().cut(List.of(one), List.of(other), false);
        engine.links().cut(List.of(other), List.of(one), false);
    }

    void heal() {
        note(-1, "heal");
        List<SimNode> victims = new ArrayList<>();
        for (SimNode node : engine.nodes()) {
            if (engine.links().touches(node.index())) {
                victims.add(node);
            }
        }
        engine.links().healAll();
        victims.forEach(this::endExcuse);
    }

    void network(Network next) {
        note(-1, "network loses " + next.loss() + ", duplicates " + next.duplication());
        Invariants checked = engine.invariants();
        if (checked != null && engine.links().network().loss() > 0) {
            checked.lossEnds(engine.now());
        }
        engine.links().become(next);
    }

    void degrade(SimNode node, double lossIn, double lossOut) {
        note(node.index(), "loses " + lossIn + " of what comes in, " + lossOut + " of what goes out");
        engine.links().degrade(node, lossIn, lossOut);
        Invariants checked = engine.invariants();
        if (checked == null) {
            return;
        }
        if (engine.links().degraded(node.index())) {
            checked.excuse(node);
            checked.distrust(node);
        } else {
            endExcuse(node);
            checked.trust(node, engine.now());
        }
    }

    void excuse(SimNode node) {
        Invariants checked = engine.invariants();
        if (checked != null) {
            checked.excuse(node);
        }
    }

    /** The excuse ends with the last thing that was wrong with the node. */
    void endExcuse(SimNode node) {
        Invariants checked = engine.invariants();
        if (checked != null
                && !node.isPaused()
                && !engine.links().touches(node.index())
                && !engine.links().degraded(node.index())) {
            checked.endExcuse(node, engine.now());
        }
    }

    void note(int node, String text) {
        engine.trace().command(engine.now(), node, text);
    }
}
