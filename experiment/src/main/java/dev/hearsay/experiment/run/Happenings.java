package dev.hearsay.experiment.run;

import dev.hearsay.core.Prng;
import dev.hearsay.experiment.scenario.Fault;
import dev.hearsay.experiment.scenario.Fault.Action;
import dev.hearsay.experiment.scenario.NetworkPlan;
import dev.hearsay.experiment.scenario.NetworkPlan.Change;
import dev.hearsay.experiment.scenario.Who;
import dev.hearsay.sim.Cut;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Does what the faults of a scenario say, and undoes it. */
final class Happenings {
    private static final BitSet NOBODY = new BitSet();

    private final Stage stage;
    private final long seed;
    private final List<Change> weather = new ArrayList<>();

    Happenings(Stage stage, long seed) {
        this.stage = stage;
        this.seed = seed;
    }

    /** Puts all faults on the agenda. */
    void schedule() {
        List<Fault> faults = stage.scenario.faults();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            // Each fault has random numbers of its own: to change one leaves the others as they are.
            Prng random = new Prng(Prng.mix(seed ^ Prng.mix(i + 1L)));
            Deed deed = deed(fault, random);
            for (int time = 0; time < fault.when().times(); time++) {
                Duration at = fault.when().at().plus(fault.when().every().multipliedBy(time));
                stage.agenda.at(at.toNanos(), () -> begin(fault, deed));
            }
        }
    }

    /** Something that begins; what it returns ends it. */
    private interface Deed {
        Runnable begin(long until);
    }

    private void begin(Fault fault, Deed deed) {
        stage.note(fault.text());
        long until = stage.now() + fault.when().lasting().toNanos();
        Runnable undo = deed.begin(until);
        if (fault.when().ends()) {
            stage.agenda.at(until, () -> {
                stage.note("end of " + fault.text());
                undo.run();
            });
        }
    }

    private BitSet choose(Who who, BitSet other, Prng random) {
        return who.choose(stage.scenario.members(), other, random);
    }

    private Deed deed(Fault fault, Prng random) {
        Action action = fault.action();
        if (action instanceof Fault.Crash crash) {
            BitSet who = choose(crash.who(), NOBODY, random);
            return until -> starting(stage.kill(who, false));
        } else if (action instanceof Fault.PowerOff off) {
            BitSet who = choose(off.who(), NOBODY, random);
            return until -> starting(stage.kill(who, true));
        } else if (action instanceof Fault.Restart restart) {
            BitSet who = choose(restart.who(), NOBODY, random);
            return until -> {
                stage.start(who, restart.elsewhere());
                return Happenings::nothing;
            };
        } else if (action instanceof Fault.Leave leave) {
            BitSet who = choose(leave.who(), NOBODY, random);
            return until -> starting(stage.toEach(who, "leave", stage.sim::leave));
        } else if (action instanceof Fault.Pause pause) {
            BitSet who = choose(pause.who(), NOBODY, random);
            return until -> pause(who);
        } else if (action instanceof Fault.Block block) {
            BitSet who = choose(block.who(), NOBODY, random);
            return until -> touching(
                    stage.toEach(who, "block", stage.sim::block),
                    members -> stage.toEach(members, "unblock", stage.sim::unblock));
        } else if (action instanceof Fault.BreakStreams streams) {
            BitSet who = choose(streams.who(), NOBODY, random);
            return until -> {
                stage.toEach(who, "streams break", stage.sim::breakStreams);
                return Happenings::nothing;
            };
        }
        return networkDeed(action, random);
    }

    private Deed networkDeed(Action action, Prng random) {
        if (action instanceof Fault.Partition partition) {
            BitSet one = choose(partition.one(), NOBODY, random);
            BitSet other = choose(partition.other(), one, random);
            return until -> cut(stage.sim.cuts()::partition, one, other);
        } else if (action instanceof Fault.Cut cut) {
            BitSet named = cut.from().isRest() ? choose(cut.to(), NOBODY, random) : choose(cut.from(), NOBODY, random);
            BitSet other = cut.from().isRest() ? choose(cut.from(), named, random) : choose(cut.to(), named, random);
            return cut.from().isRest()
                    ? until -> cut(stage.sim.cuts()::oneWay, other, named)
                    : until -> cut(stage.sim.cuts()::oneWay, named, other);
        } else if (action instanceof Fault.Degrade degrade) {
            BitSet who = choose(degrade.who(), NOBODY, random);
            return until -> {
                who.stream().forEach(index -> stage.sim.degrade(index, degrade.in(), degrade.out()));
                return touching(who, members -> members.stream().forEach(index -> stage.sim.degrade(index, 0, 0)));
            };
        } else if (action instanceof Fault.Slow slow) {
            BitSet who = choose(slow.who(), NOBODY, random);
            return until -> {
                who.stream().forEach(index -> stage.sim.slow(index, slow.input()));
                return touching(
                        who, members -> members.stream().forEach(index -> stage.sim.slow(index, Duration.ZERO)));
            };
        } else if (action instanceof Fault.Drift drift) {
            BitSet who = choose(drift.who(), NOBODY, random);
            return until -> {
                who.stream().forEach(index -> stage.sim.drift(index, drift.ppm()));
                return touching(who, members -> members.stream().forEach(index -> stage.sim.drift(index, 0)));
            };
        } else if (action instanceof Fault.Weather now) {
            return until -> weather(now.change());
        } else if (action instanceof Fault.Rolling rolling) {
            BitSet who = choose(rolling.who(), NOBODY, random);
            return until -> {
                new Rolling(stage, who, rolling, until).next(0);
                return Happenings::nothing;
            };
        } else if (action instanceof Fault.Churn churn) {
            BitSet who = choose(churn.who(), NOBODY, random);
            return until -> {
                new Churning(stage, who, churn, random, until).next();
                return Happenings::nothing;
            };
        } else if (action instanceof Fault.Pauses pauses) {
            BitSet who = choose(pauses.who(), NOBODY, random);
            return until -> {
                new Pausing(stage, pauses, random, until).begin(who);
                return Happenings::nothing;
            };
        }
        throw new IllegalStateException("nobody knows how to do " + action);
    }

    /** What is over when it has begun. */
    private static void nothing() {}

    private Runnable starting(BitSet victims) {
        return () -> stage.start(victims, false);
    }

    private Runnable pause(BitSet who) {
        return touching(
                stage.toEach(who, "pause", stage.sim::pause),
                members -> stage.toEach(members, "resume", stage.sim::resume));
    }

    /** From now on something is wrong with these; the action ends it. */
    private Runnable touching(BitSet members, Consumer<BitSet> end) {
        stage.wellness.touch(members);
        return () -> {
            end.accept(members);
            stage.wellness.release(members, stage.now());
        };
    }

    private Runnable cut(BiFunction<Collection<SimNode>, Collection<SimNode>, Cut> how, BitSet from, BitSet to) {
        Cut cut = how.apply(nodes(from), nodes(to));
        BitSet touched = (BitSet) from.clone();
        touched.or(to);
        return touching(touched, members -> cut.heal());
    }

    private List<SimNode> nodes(BitSet indexes) {
        return indexes.stream().mapToObj(stage.sim::node).toList();
    }

    /** The network as the scenario has it, with all changes that hold now, in the order in which they began. */
    private Runnable weather(Change change) {
        weather.add(change);
        becomes();
        return () -> {
            weather.remove(change);
            becomes();
        };
    }

    private void becomes() {
        NetworkPlan plan = stage.scenario.network();
        stage.sim.network(now(plan.base()));
        for (NetworkPlan.Between between : plan.between()) {
            Network there = between.change().change().apply(plan.base());
            stage.sim.network(between.one(), between.other(), now(there));
        }
    }

    private Network now(Network usual) {
        Network network = usual;
        for (Change change : weather) {
            network = change.change().apply(network);
        }
        return network;
    }
}
