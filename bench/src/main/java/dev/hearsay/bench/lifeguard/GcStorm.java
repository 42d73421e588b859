package dev.hearsay.bench.lifeguard;

import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.core.Prng;
import dev.hearsay.experiment.lifeguard.Variant;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * A cluster of JVMs that collect a lot of garbage: every member stands still every 15 s on average (the gaps are exponential),
 * for 50 ms to 2 s (log-uniform: half of the pauses are below 316 ms). Every 5 minutes a random half of all stands still at
 * the same moment, for 2 s: a machine under several of them. Nobody ever dies, so that each failure told is a false one.
 */
public final class GcStorm {
    private static final double MEAN_GAP_SECONDS = 15;
    private static final double SHORTEST_SECONDS = 0.05;
    private static final double LONGEST_SECONDS = 2;
    private static final double COMMON_EVERY_SECONDS = 300;
    private static final double SECOND = 1e9;

    private final Simulation sim;
    private final Prng random;
    private final PriorityQueue<Change> changes = new PriorityQueue<>(Comparator.comparingLong(Change::at));
    private final long[] pausedUntil;
    private int suspicions;
    private int failures;
    private int pauses;

    /** At that time the member stands still until another, or may go on; -1 stands for the common pause. */
    private record Change(long at, int member, long until) {}

    /**
     * What happened.
     *
     * @param pauses how often a member stood still
     * @param suspicions told, by one observer each
     * @param failures told, by one observer each: all false
     */
    public record Result(int pauses, int suspicions, int failures) {}

    private GcStorm(int members, Config config, long seed) {
        sim = Simulation.of(members).seed(seed).config(config).unchecked().start();
        random = new Prng(Prng.mix(seed));
        pausedUntil = new long[members];
    }

    /** Arguments: members (100), virtual minutes (60), seeds (1). */
    public static void main(String[] args) {
        int members = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int minutes = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        int seeds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        Config blind = Config.lan().toBuilder().measuredHealth(false).build();
        for (int seed = 1; seed <= seeds; seed++) {
            report("hearsay", members, minutes, seed, run(members, Config.lan(), seed, minutes));
            report("hearsay without measured health", members, minutes, seed, run(members, blind, seed, minutes));
            report(
                    "plain SWIM",
                    members,
                    minutes,
                    seed,
                    run(members, Variant.swim(4).config(), seed, minutes));
        }
    }

    private static void report(String what, int members, int minutes, int seed, Result result) {
        System.out.println(String.format(
                Locale.ROOT,
                "{\"system\":\"%s\",\"members\":%d,\"minutes\":%d,\"seed\":%d,\"pauses\":%d,\"suspicions\":%d,"
                        + "\"falseFailures\":%d}",
                what,
                members,
                minutes,
                seed,
                result.pauses,
                result.suspicions,
                result.failures));
    }

    /** Runs a storm. */
    public static Result run(int members, Config config, long seed, int minutes) {
        return new GcStorm(members, config, seed).run(Duration.ofMinutes(minutes));
    }

    private Result run(Duration time) {
        sim.joinAll();
        sim.awaitAgreement(Duration.ofMinutes(10));
        sim.listen(new Simulation.Listener() {
            @Override
            public void onEvent(SimNode node, Event event) {
                suspicions += event instanceof Event.MemberSuspected ? 1 : 0;
                failures += event instanceof Event.MemberFailed ? 1 : 0;
            }
        });
        long end = sim.now().plus(time).toNanos();
        for (int i = 0; i < pausedUntil.length; i++) {
            nextPause(i);
        }
        changes.add(new Change(now() + nanos(COMMON_EVERY_SECONDS), -1, 0));
        while (true) {
            Change change = changes.remove();
            if (change.at >= end) {
                break;
            }
            sim.run(Duration.ofNanos(Math.max(0, change.at - now())));
            apply(change);
        }
        return new Result(pauses, suspicions, failures);
    }

    private void apply(Change change) {
        if (change.member < 0) {
            for (int i = 0; i < pausedUntil.length; i++) {
                if (random.below(2) == 0) {
                    pause(i, now() + nanos(LONGEST_SECONDS));
                }
            }
            changes.add(new Change(now() + nanos(COMMON_EVERY_SECONDS), -1, 0));
        } else if (change.until > 0) {
            pause(change.member, change.until);
            nextPause(change.member);
        } else if (now() >= pausedUntil[change.member]) {
            sim.resume(change.member);
        }
    }

    private void pause(int member, long until) {
        pauses++;
        pausedUntil[member] = Math.max(pausedUntil[member], until);
        sim.pause(member);
        changes.add(new Change(pausedUntil[member], member, 0));
    }

    private void nextPause(int member) {
        long begin = now() + nanos(-MEAN_GAP_SECONDS * StrictMath.log(share()));
        double length = SHORTEST_SECONDS * StrictMath.pow(LONGEST_SECONDS / SHORTEST_SECONDS, share());
        changes.add(new Change(begin, member, begin + nanos(length)));
    }

    /** Above 0, at most 1. */
    private double share() {
        return (random.below(1 << 30) + 1.0) / (1 << 30);
    }

    private long now() {
        return sim.now().toNanos();
    }

    private static long nanos(double seconds) {
        return (long) (seconds * SECOND);
    }
}
