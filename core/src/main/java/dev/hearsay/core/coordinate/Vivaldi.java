package dev.hearsay.core.coordinate;

import dev.hearsay.core.Prng;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the coordinate of one node: each measured round trip pulls it towards the other's or pushes it away, as a spring
 * between both would, and the more so the surer the other is (Dabek et al., "Vivaldi: A Decentralized Network Coordinate
 * System", SIGCOMM 2004, figure 3 and section 5.4 on heights). The filter, the adjustment and the gravity, and every constant
 * without another source, are those of Serf's coordinate client.
 *
 * <p>Not thread-safe. Equal seeds and equal observations give equal coordinates.
 */
public final class Vivaldi {
    /** Longest round trip that is believed: nanoseconds. Serf's {@code maxRTT}. */
    public static final long MAX_ROUND_TRIP_NANOS = 10_000_000_000L;

    /**
     * Farthest that another member may say it is from the origin, height and adjustment included: seconds. Ours; Serf believes
     * every finite number. An honest member stays within a few of the longest round trips; one that is not could throw everybody
     * who measures it so far away that gravity makes it worse.
     */
    public static final double FARTHEST = 100;

    /** How much an observation counts for the error: Vivaldi's c_e. */
    private static final double ERROR_WEIGHT = 0.25;

    /** How far an observation moves the point: Vivaldi's c_c. */
    private static final double MOVE_WEIGHT = 0.25;

    /** How many observations the adjustment is the mean of (Lee et al., "On Suitability of Euclidean Embedding", 2010). */
    private static final int ADJUSTMENT_WINDOW = 20;

    /** At so many seconds from the origin, gravity pulls by one second (Ledlie et al. 2007: rho). */
    private static final double GRAVITY_RHO = 150;

    /** What is below counts as nothing: seconds for times and distances; also the least sum of two errors. */
    private static final double NOTHING = 1.0e-6;

    private static final double NANOS = 1.0e9;

    private final Prng prng;
    private final Coordinate origin;
    private final LatencyFilter filter = new LatencyFilter();

    /** The last observations: seconds by which they were longer than the raw distance. */
    private final double[] misses = new double[ADJUSTMENT_WINDOW];

    private int nextMiss;
    private Coordinate own;
    private int resets;

    /** Begins at the origin, sure of nothing. */
    public Vivaldi(Prng prng) {
        this(prng, Coordinate.ORIGIN);
    }

    /** Begins at that coordinate, in a space of as many dimensions. */
    public Vivaldi(Prng prng, Coordinate start) {
        this.prng = prng;
        this.own = start;
        this.origin = Coordinate.of(new double[start.dimensions()], Coordinate.MAX_ERROR, 0, Coordinate.MIN_HEIGHT);
    }

    /** Where this node is, as far as it knows. */
    public Coordinate own() {
        return own;
    }

    /** How often the own coordinate came to numbers that are not finite and began anew. */
    public int resets() {
        return resets;
    }

    /**
     * A ping to that member took so long, and its ack carried its coordinate.
     *
     * @param member its name
     * @param nanos the round trip
     * @return why the observation was not taken, or null if it was
     */
    public @Nullable Rejection observe(String member, Coordinate other, long nanos) {
        if (!own.compatible(other)) {
            return Rejection.DIMENSIONS;
        }
        if (!believable(other)) {
            return Rejection.COORDINATE;
        }
        if (nanos < 0 || nanos > MAX_ROUND_TRIP_NANOS) {
            return Rejection.ROUND_TRIP;
        }
        double seconds = filter.median(member, nanos) / NANOS;
        spring(other, seconds);
        adjust(other, seconds);
        double away = origin.distance(own) / GRAVITY_RHO;
        own = pushed(origin, -away * away, own.error());
        if (!own.valid()) {
            resets++;
            own = origin;
            // They are not finite either, and would spoil the next twenty.
            Arrays.fill(misses, 0);
        }
        return null;
    }

    /** The member is gone: the round trips to it are forgotten. */
    public void forget(String member) {
        filter.forget(member);
    }

    private boolean believable(Coordinate other) {
        return other.valid()
                && other.error() >= 0
                && other.height() >= 0
                && origin.rawDistance(other) + Math.abs(other.adjustment()) <= FARTHEST;
    }

    private void spring(Coordinate other, double seconds) {
        double distance = own.distance(other);
        double measured = Math.max(seconds, NOTHING);
        double wrong = Math.abs(distance - measured) / measured;
        double weight = own.error() / Math.max(own.error() + other.error(), NOTHING);
        double error = ERROR_WEIGHT * weight * wrong + own.error() * (1 - ERROR_WEIGHT * weight);
        own = pushed(other, MOVE_WEIGHT * weight * (measured - distance), Math.min(error, Coordinate.MAX_ERROR));
    }

    private void adjust(Coordinate other, double seconds) {
        misses[nextMiss] = seconds - own.rawDistance(other);
        nextMiss = (nextMiss + 1) % ADJUSTMENT_WINDOW;
        double sum = 0;
        for (double miss : misses) {
            sum += miss;
        }
        // Half of the mean: the other adds the other half.
        own = Coordinate.of(own.vector(), own.error(), sum / (2 * ADJUSTMENT_WINDOW), own.height());
    }

    /** The own coordinate, pushed away from the other by so many seconds; towards it if the force is negative. */
    private Coordinate pushed(Coordinate other, double force, double error) {
        double[] direction = new double[own.dimensions()];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = own.at(i) - other.at(i);
        }
        double apart = length(direction);
        double height = own.height();
        if (apart > NOTHING) {
            height = Math.max((height + other.height()) * force / apart + height, Coordinate.MIN_HEIGHT);
            scale(direction, 1 / apart);
        } else {
            anyDirection(direction);
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = own.at(i) + direction[i] * force;
        }
        return Coordinate.of(direction, error, own.adjustment(), height);
    }

    /** Those in the same place part in a direction left to chance. */
    private void anyDirection(double[] direction) {
        for (int i = 0; i < direction.length; i++) {
            // From -0.5 to 0.5, of integers: the same on every JVM and in a browser.
            direction[i] = prng.nextInt() * 0x1p-32;
        }
        double length = length(direction);
        if (length > NOTHING) {
            scale(direction, 1 / length);
        } else {
            direction[0] = 1;
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double part : vector) {
            squares += part * part;
        }
        return Math.sqrt(squares);
    }

    /** Why an observation was not taken. */
    public enum Rejection {
        /** The other's coordinate has another number of dimensions. */
        DIMENSIONS,
        /** The other's coordinate is not finite, has a negative error or height, or is farther than {@link #FARTHEST}. */
        COORDINATE,
        /** The round trip is negative or longer than {@link #MAX_ROUND_TRIP_NANOS}. */
        ROUND_TRIP
    }
}
