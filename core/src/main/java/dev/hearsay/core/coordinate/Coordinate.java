package dev.hearsay.core.coordinate;

import java.util.Arrays;

/**
 * A place in a space in which distances are round trips: seconds. A point in {@value #DIMENSIONS} dimensions, a height above
 * it (the way from a machine to the network's core, which every path has to go), and an adjustment for what fits into no
 * such space. Immutable.
 */
public final class Coordinate {
    /** Dimensions of Serf's coordinates. */
    public static final int DIMENSIONS = 8;

    /** How sure a member is of its coordinate when it has measured nothing: not at all. Serf's {@code VivaldiErrorMax}. */
    public static final double MAX_ERROR = 1.5;

    /** Least height: a machine is never right at the core. Seconds. */
    public static final double MIN_HEIGHT = 1.0e-5;

    /** Where every member begins. */
    public static final Coordinate ORIGIN = new Coordinate(new double[DIMENSIONS], MAX_ERROR, 0, MIN_HEIGHT);

    private static final double NANOS = 1.0e9;

    private final double[] vector;
    private final double error;
    private final double adjustment;
    private final double height;

    private Coordinate(double[] vector, double error, double adjustment, double height) {
        this.vector = vector;
        this.error = error;
        this.adjustment = adjustment;
        this.height = height;
    }

    /**
     * Makes a coordinate; the vector is copied.
     *
     * @param vector of any number of dimensions, seconds
     * @param error the member's own estimate of its relative error, from 0, which is sure, to {@value #MAX_ERROR}
     * @param adjustment added to distances, seconds; may be negative
     * @param height seconds
     */
    public static Coordinate of(double[] vector, double error, double adjustment, double height) {
        return new Coordinate(vector.clone(), error, adjustment, height);
    }

    /** How many dimensions the point has. */
    public int dimensions() {
        return vector.length;
    }

    /** The point's place in that dimension: seconds. */
    public double at(int dimension) {
        return vector[dimension];
    }

    /** A copy of the point: seconds. */
    public double[] vector() {
        return vector.clone();
    }

    /** Relative error as the member estimates it itself. */
    public double error() {
        return error;
    }

    /** Added to distances: seconds. */
    public double adjustment() {
        return adjustment;
    }

    /** Above the point: seconds. */
    public double height() {
        return height;
    }

    /** Whether all its numbers are finite; others come only from broken or hostile members. */
    public boolean valid() {
        double sum = error + adjustment + height;
        for (double part : vector) {
            sum += part;
        }
        // Infinities and NaN survive every addition.
        return !Double.isNaN(sum) && !Double.isInfinite(sum);
    }

    /** Whether a distance between both means anything. */
    public boolean compatible(Coordinate other) {
        return vector.length == other.vector.length;
    }

    /** Estimated round trip between two members: nanoseconds, 0 or more. Both must be {@link #compatible}. */
    public long distanceNanos(Coordinate other) {
        return (long) (distance(other) * NANOS);
    }

    /** The same in seconds. */
    double distance(Coordinate other) {
        double raw = rawDistance(other);
        double adjusted = raw + adjustment + other.adjustment;
        return adjusted > 0 ? adjusted : raw;
    }

    /** Without the adjustments: seconds. */
    double rawDistance(Coordinate other) {
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            double apart = vector[i] - other.vector[i];
            squares += apart * apart;
        }
        return Math.sqrt(squares) + height + other.height;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Coordinate other
                && Arrays.equals(vector, other.vector)
                && Double.compare(error, other.error) == 0
                && Double.compare(adjustment, other.adjustment) == 0
                && Double.compare(height, other.height) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new double[] {Arrays.hashCode(vector), error, adjustment, height});
    }

    /** The point, the height and the error, in milliseconds. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (double part : vector) {
            text.append(text.length() == 1 ? "" : ", ").append(part * 1000);
        }
        return text.append(") ms, height ")
                .append(height * 1000)
                .append(" ms, error ")
                .append(error)
                .toString();
    }
}
