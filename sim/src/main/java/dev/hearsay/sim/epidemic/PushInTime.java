package dev.hearsay.sim.epidemic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * {@link Theory#pushInTime}. Whoever is informed at the h-th hop, k intervals after the first member was, is so at time k interval + h latency: these are all the
 * moments there are, and what happens at one follows from earlier ones.
 */
final class PushInTime {
    private static final double NEARLY_NONE = 1e-9;

    private final int n;
    private final int rounds;
    private final double interval;
    private final double latency;
    private final double missedByOne;

    /** How many were informed at interval k and hop h. */
    private final double[][] fresh = new double[Theory.MOST_INTERVALS + 1][];

    /** A moment. */
    private record Moment(int interval, int hop, double at) {}

    PushInTime(int n, int fanout, double loss, int rounds, double interval, double latency) {
        this.n = n;
        this.rounds = rounds;
        this.interval = interval;
        this.latency = latency;
        missedByOne = 1 - StrictMath.min(fanout, n - 1) * (1 - loss) / (n - 1);
        for (int k = 0; k < fresh.length; k++) {
            fresh[k] = new double[k + 1];
        }
    }

    double[] curve() {
        double[] curve = new double[2 * moments().size() + 2];
        curve[1] = 1;
        fresh[0][0] = 1;
        double informed = 1;
        int points = 1;
        for (Moment moment : moments()) {
            double calls = calling(moment.interval, moment.hop - 1);
            double newly = (n - informed) * (1 - StrictMath.pow(missedByOne, calls));
            fresh[moment.interval][moment.hop] = newly;
            if (newly > NEARLY_NONE) {
                informed += newly;
                curve[2 * points] = moment.at;
                curve[2 * points + 1] = informed;
                points++;
            }
            if (n - informed < 0.5) {
                break;
            }
        }
        return Arrays.copyOf(curve, 2 * points);
    }

    /** How many of those informed at that hop send at that interval. */
    private double calling(int at, int hop) {
        double calling = 0;
        for (int k = Math.max(hop, at - rounds); k < at; k++) {
            calling += fresh[k][hop];
        }
        return calling;
    }

    private List<Moment> moments() {
        List<Moment> moments = new ArrayList<>();
        for (int k = 1; k < fresh.length; k++) {
            for (int h = 1; h <= k; h++) {
                moments.add(new Moment(k, h, k * interval + h * latency));
            }
        }
        moments.sort(Comparator.comparingDouble(Moment::at).thenComparingInt(Moment::interval));
        return moments;
    }
}
