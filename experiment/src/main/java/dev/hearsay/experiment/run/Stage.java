package dev.hearsay.experiment.run;

import dev.hearsay.core.Prng;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/** The cluster of a run, and who is how: everything that is done to it goes through here, and is noted. */
final class Stage {
    /** How long a process that found nobody waits before it tries to join again, as an agent with retry-join does. */
    private static final long RETRY_NANOS = 5_000_000_000L;

    final Scenario scenario;
    final Simulation sim;
    final Agenda agenda;
    final Wellness wellness;
    final Detections detections;
    final Story story;
    private final List<Incident> faults = new ArrayList<>();
    private final Prng seeds;

    Stage(Scenario scenario, Simulation sim, long seed) {
        this.scenario = scenario;
        this.sim = sim;
        this.agenda = new Agenda();
        int members = scenario.members().count();
        this.wellness = new Wellness(members, scenario.config());
        this.detections = new Detections(members, wellness, this::believesAlive);
        this.story = new Story("n" + scenario.members().watch());
        this.seeds = new Prng(Prng.mix(seed + 0x5EED));
    }

    long now() {
        return sim.now().toNanos();
    }

    SimNode node(int index) {
        return sim.node(index);
    }

    private boolean believesAlive(int observer, int subject) {
        var member = node(observer).sees("n" + subject);
        return member != null && member.state().live();
    }

    /** What the scenario does, for the result. */
    void note(String text) {
        faults.add(new Incident(now() / 1e9, text));
    }

    List<Incident> faults() {
        return List.copyOf(faults);
    }

    /** Does something to each of these that is up; the story tells it of the watched one. Returns those it was done to. */
    BitSet toEach(BitSet members, String text, IntConsumer action) {
        BitSet done = new BitSet();
        members.stream().filter(index -> node(index).isUp()).forEach(index -> {
            tell(index, text);
            action.accept(index);
            done.set(index);
        });
        return done;
    }

    void tell(int member, String text) {
        if (member == scenario.members().watch()) {
            story.add(now(), "** " + text);
        }
    }

    /** Ends processes, or takes the power from their machines. Returns those that were up. */
    BitSet kill(BitSet members, boolean power) {
        return toEach(members, power ? "power off" : "crash", index -> {
            if (power) {
                sim.powerOff(index);
            } else {
                sim.crash(index);
            }
            wellness.down(index);
            detections.gone(index, now());
        });
    }

    /** Starts processes that are down; each joins through one that runs. */
    void start(BitSet members, boolean elsewhere) {
        members.stream().filter(index -> !node(index).isUp()).forEach(index -> {
            tell(index, elsewhere ? "start at another address" : "start");
            if (elsewhere) {
                sim.restartElsewhere(index);
            } else {
                sim.restart(index);
            }
            wellness.up(index, now());
            detections.back(index);
            join(index);
        });
    }

    /**
     * A member joins through another that has run for a while, chosen at random, or through any that runs; it tries again if
     * there is none.
     */
    void join(int member) {
        List<SimNode> running = sim.nodes().stream()
                .filter(node -> node.isUp() && node.index() != member)
                .toList();
        List<SimNode> settled = running.stream()
                .filter(node -> wellness.upSince(node.index(), now() - RETRY_NANOS))
                .toList();
        List<SimNode> seedNodes = settled.isEmpty() ? running : settled;
        if (seedNodes.isEmpty()) {
            retry(member);
        } else {
            sim.join(member, seedNodes.get(seeds.below(seedNodes.size())).index());
        }
    }

    /** A join has failed. */
    void retry(int member) {
        long since = now();
        agenda.at(since + RETRY_NANOS, () -> {
            if (wellness.upSince(member, since) && node(member).members().live() <= 1) {
                join(member);
            }
        });
    }
}
