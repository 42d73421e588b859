package dev.hearsay.core.detector;

import dev.hearsay.core.HeartbeatConfig;
import java.util.Arrays;

/**
 * How long one member has taken from heartbeat to heartbeat, and how suspicious its silence is: the phi accrual failure
 * detector (Hayashibara, Défago, Yared, Katayama, SRDS 2004, section 4), with a normal fit.
 *
 * <pre>
 *   phi(t) = -log10 P(the next heartbeat comes later than t after the last)
 *          = -log10 Q((t - mean - acceptable pause) / max(standard deviation, least deviation))
 * </pre>
 *
 * where Q is the upper tail of the standard normal distribution. Who suspects at phi is wrong once in 10^phi heartbeats, if
 * the times between them are normal. The acceptable pause is Akka's: what a garbage collection takes is not in the sample.
 *
 * <p>It keeps the last times in units of 100 µs, and their sums as integers, so that they do not drift. Whether phi has reached
 * a threshold is asked as whether a {@linkplain #limit time} has passed, which needs no logarithm.
 */
public final class PhiAccrual {
    private static final long UNIT_NANOS = 100_000;

    /** Longest time kept, almost 2 hours, in units: the sum of the squares of so many of a whole window fits into 64 bits. */
    private static final int MAX_UNITS = 1 << 26;

    private static final int FIRST_PLACES = 8;

    private final int window;
    private int[] times;
    private int size;
    private int next;
    private long sum;
    private long squares;

    /**
     * Nothing is known yet: takes a first estimate for two times, a quarter below and a quarter above it, as Akka does.
     *
     * @param window how many times are kept, 2 to {@value HeartbeatConfig#MAX_WINDOW}
     * @param firstEstimateNanos from heartbeat to heartbeat
     */
    public PhiAccrual(int window, long firstEstimateNanos) {
        this.window = window;
        this.times = new int[Math.min(window, FIRST_PLACES)];
        heard(firstEstimateNanos - firstEstimateNanos / 4);
        heard(firstEstimateNanos + firstEstimateNanos / 4);
    }

    /** So many nanoseconds lay between two heartbeats. */
    public void heard(long nanos) {
        int time = (int) Math.max(0, Math.min(MAX_UNITS, nanos / UNIT_NANOS));
        if (size < window) {
            if (size == times.length) {
                times = Arrays.copyOf(times, Math.min(window, 2 * size));
            }
            size++;
        } else {
            sum -= times[next];
            squares -= (long) times[next] * times[next];
        }
        times[next] = time;
        next = (next + 1) % window;
        sum += time;
        squares += (long) time * time;
    }

    /** The mean of the times kept, in nanoseconds. */
    public double mean() {
        return (double) sum / size * UNIT_NANOS;
    }

    /** Their standard deviation, in nanoseconds. */
    public double deviation() {
        double mean = (double) sum / size;
        return Math.sqrt(Math.max(0, (double) squares / size - mean * mean)) * UNIT_NANOS;
    }

    /** Phi after so much silence: 0 and more. All in nanoseconds; the least deviation is above 0. */
    public double phi(long silence, long acceptablePause, long leastDeviation) {
        return NormalTail.phi(
                ((double) (silence - acceptablePause) - mean()) / Math.max(deviation(), (double) leastDeviation));
    }

    /**
     * After how much silence phi reaches the threshold that {@link #deviations} was asked for; all in nanoseconds, rounded
     * up.
     */
    public long limit(double deviations, long acceptablePause, long leastDeviation) {
        double beyond = deviations * Math.max(deviation(), (double) leastDeviation);
        return acceptablePause + (long) Math.ceil(mean() + beyond);
    }

    /** How many deviations above the mean phi has that value: to be asked once, in steps of 1/1024; 0 below 0.301. */
    public static double deviations(double phi) {
        return NormalTail.deviations(phi);
    }
}
