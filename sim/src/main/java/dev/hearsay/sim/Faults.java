package dev.hearsay.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the scenario breaks, and whom the {@link Invariants} excuse for that, and for how long. */
final class Faults {
    /**
     * A clock that is wrong by more than this, in millionths, has its node excused. Below, time limits are off by a tenth at
     * most, which they have to spare: a probe waits for many round trips, and a suspicion for several chances to refute it.
     */
    static final double TOLERATED_PPM = 100_000;

    private final Engine engine;

    Faults(Engine engine) {
        this.engine = engine;
    }

    // ---- the network

    Cut partition(Collection<SimNode> some, Collection<SimNode> others) {
        note(-1, "cut " + some + " -> " + others);
        note(-1, "cut " + others + " -> " + some);
        return cut("partition of " + some + " and " + others, some, others, true, false);
    }

    Cut cut(Collection<SimNode> senders, Collection<SimNode> receivers) {
        String text = "cut " + senders + " -> " + receivers;
        note(-1, text);
        return cut(text, senders, receivers, false, false);
    }

    Cut loseRoutes(Collection<SimNode> senders, Collection<SimNode> receivers) {
        String text = "no route " + senders + " -> " + receivers;
        note(-1, text);
        return cut(text, senders, receivers, false, true);
    }

    private Cut cut(
            String text, Collection<SimNode> some, Collection<SimNode> others, boolean bothWays, boolean refuses) {
        Cut cut = new Cut(this, text, some, others, bothWays, refuses);
        engine.links().add(cut);
        some.forEach(this::excuse);
        others.forEach(this::excuse);
        return cut;
    }

    /** Excuses nobody: all others reach both. */
    Cut cutLink(SimNode one, SimNode other) {
        String text = "cut the link between " + one + " and " + other;
        note(-1, text);
        Cut cut = new Cut(this, text, List.of(one), List.of(other), true, false);
        engine.links().add(cut);
        return cut;
    }

    List<Cut> cuts() {
        return engine.links().cuts();
    }

    void heal(Cut cut) {
        if (engine.links().remove(cut)) {
            note(-1, "heal " + cut);
            engine.nodes().stream().filter(node -> cut.touches(node.index())).forEach(this::endExcuse);
        }
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
        engine.carrier().check(next);
        note(-1, "network " + text(next));
        lossMayEnd();
        engine.links().become(next);
    }

    void network(int one, int other, Network next) {
        engine.carrier().check(next);
        note(-1, "network between zones " + one + " and " + other + " " + text(next));
        lossMayEnd();
        engine.links().become(one, other, next);
    }

    /** For the trace: what is the same for equal networks. */
    private static String text(Network network) {
        String text = "loses " + network.loss() + ", duplicates " + network.duplication();
        text += network.reordering() == 0 ? "" : ", reorders " + network.reordering();
        text += network.corruption() == 0 ? "" : ", corrupts " + network.corruption();
        return text
                + (network.bandwidth() == 0
                        ? ""
                        : ", carries " + network.bandwidth() + " bytes a second, queues " + network.queueBytes());
    }

    private void lossMayEnd() {
        Invariants checked = engine.invariants();
        if (checked != null && engine.links().lossy()) {
            checked.lossEnds(engine.now());
        }
    }

    // ---- machines

    void degrade(SimNode node, double lossIn, double lossOut) {
        note(node.index(), "loses " + lossIn + " of what comes in, " + lossOut + " of what goes out");
        boolean before = misjudges(node);
        engine.links().degrade(node, lossIn, lossOut);
        judge(node, before);
    }

    void slow(SimNode node, Duration perInput) {
        Processor.check(perInput);
        note(node.index(), "takes " + perInput.toNanos() + " ns for each input");
        boolean before = misjudges(node);
        engine.slow(node, perInput);
        judge(node, before);
    }

    void drift(SimNode node, double ppm) {
        MachineClock.check(ppm);
        note(node.index(), "its clock gains " + Math.round(ppm * 1_000) + " ns a second");
        boolean before = misjudges(node);
        engine.drift(node, ppm);
        judge(node, before);
    }

    /** Whether something about the machine makes it wrong about others. */
    private boolean misjudges(SimNode node) {
        return engine.links().degraded(node.index()) || node.isSlow() || Math.abs(node.drift()) > TOLERATED_PPM;
    }

    private void judge(SimNode node, boolean before) {
        Invariants checked = engine.invariants();
        if (checked != null && misjudges(node)) {
            checked.excuse(node);
            checked.distrust(node);
        } else if (checked != null && before) {
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
                && !node.isBlocked()
                && !engine.links().touches(node.index())
                && !misjudges(node)) {
            checked.endExcuse(node, engine.now());
        }
    }

    void note(int node, String text) {
        engine.trace().command(engine.now(), node, text);
    }
}
