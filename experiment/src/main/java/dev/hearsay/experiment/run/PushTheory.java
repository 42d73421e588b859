package dev.hearsay.experiment.run;

import dev.hearsay.core.Prng;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.epidemic.Theory;

/**
 * How many members push in rounds is expected to reach, with the scenario's fan-out, loss and latency: who fires an event mails it to so
 * many at once ({@link Gossip#MAIL}, if news is forwarded at all before the tick); then whoever has heard tells so many others in
 * each round, and a round takes the time until news is forwarded and the mean time on the way.
 */
final class PushTheory {
    private static final int ROUNDS = 64;
    private static final int LATENCIES = 1024;

    private final double[] curve;
    private final double roundNanos;
    private final double mailNanos;
    private final double mailed;
    private final double roundsSaved;

    PushTheory(Scenario scenario) {
        Network network = scenario.network().base();
        int members = scenario.members().count();
        double loss = Math.min(network.loss(), 0.99);
        int fanout = scenario.config().gossipFanout();
        curve = members < 2 || fanout < 1 ? new double[] {members} : Theory.pushCurve(members, fanout, loss, ROUNDS);
        long wait = scenario.config().forwardDelayNanos();
        double latency = Math.max(1, meanLatency(network));
        roundNanos = (wait == 0 ? scenario.config().gossipIntervalNanos() : wait) + latency;
        mailed = wait == 0 ? 1 : Math.min(members, 1 + Gossip.MAIL * (1 - loss));
        mailNanos = wait == 0 ? 0 : latency;
        roundsSaved = roundOf(mailed);
    }

    private static double meanLatency(Network network) {
        double sum = 0;
        for (int i = 0; i < LATENCIES; i++) {
            sum += network.latency().nanos(Prng.mix(i + 1L));
        }
        return sum / LATENCIES;
    }

    /** In which round, perhaps between two, so many are informed. */
    private double roundOf(double informed) {
        for (int round = 1; round < curve.length; round++) {
            if (curve[round] >= informed) {
                return round - 1 + (informed - curve[round - 1]) / (curve[round] - curve[round - 1]);
            }
        }
        return curve.length - 1.0;
    }

    /** The members informed so many nanoseconds after the first; between rounds in proportion. */
    double informed(long nanos) {
        if (nanos < mailNanos) {
            return 1 + (mailed - 1) * nanos / mailNanos;
        }
        double rounds = Math.min(roundsSaved + (nanos - mailNanos) / roundNanos, curve.length - 1.0);
        int before = (int) rounds;
        int after = Math.min(before + 1, curve.length - 1);
        return curve[before] + (curve[after] - curve[before]) * (rounds - before);
    }
}
